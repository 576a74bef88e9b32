import { flawsIn } from './editor-flaws';

const lines = (body: string): string[] => flawsIn(body).map((flaw) => flaw.split('：')[0] ?? '');

describe('the flaws of a text', () => {
  it('are told all at once, each with its line', () => {
    const body = [
      '## 日時',
      '',
      '[ここ](javascript:alert(1))と、[あちら](ftp://a.example/)',
      '',
      '![地図](https://a.example/map.png)',
      '',
      '[よい](https://a.example/)',
    ].join('\n');
    expect(lines(body)).toEqual(['3行目', '3行目', '5行目']);
    expect(flawsIn(body)[2]).toContain('画像は、添付ファイルにしてください（https://a.example/map.png）');
  });

  it('are none where there is nothing wrong', () => {
    expect(flawsIn('## 日時\n\nhttps://a.example/ をご覧ください。')).toEqual([]);
  });

  it('are only that there is too much of it, where that is so', () => {
    expect(flawsIn(`${'- 項目\n'.repeat(801)}[ここ](ftp://a.example/)`)).toEqual([
      expect.stringContaining('項目が多すぎます'),
    ]);
  });

  it('are told once where one can’t be taken away', () => {
    expect(flawsIn('![地図][map]\n\n[map]: https://a.example/map.png')).toHaveLength(1);
  });
});
