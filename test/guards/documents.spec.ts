import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const documents = ['README.md', 'README.ja.md', 'CONTRIBUTING.md'].concat(
  readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
);

describe.each(documents)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('names only files that there are', () => {
    const named = [
      ...text.matchAll(/`((?:src|web|test|docs|migrations|bench|docker|scripts)\/[\w./-]+\.\w+)`/g),
    ].map(([, name]) => name ?? '');
    // The worked example makes its files itself.
    const example = file.endsWith('adding-a-feature.md') ? /notes?[/.-]/ : /^$/;
    expect(named.filter((name) => !existsSync(name) && !example.test(name))).toEqual([]);
  });

  it('links only to what there is', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(path.join(path.dirname(file), link)))).toEqual([]);
  });
});

describe('docs/asvs.md', () => {
  const lines = readFileSync('docs/asvs.md', 'utf8').split('\n');
  const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim());
  const STATES = ['met', 'partly', 'not', 'n/a'];

  it('counts what it says', () => {
    const counted = new Map<string, number[]>();
    for (const line of lines) {
      const [, ids = '', , , state = ''] = cellsOf(line);
      const column = STATES.indexOf(state);
      if (column < 0) continue;
      for (const [, chapter = ''] of ids.matchAll(/(\d+)\.\d+\.\d+/g)) {
        const counts = counted.get(chapter) ?? [0, 0, 0, 0];
        counts[column] = (counts[column] ?? 0) + 1;
        counted.set(chapter, counts);
      }
    }
    const told = lines
      .map(cellsOf)
      .filter(([, chapter = '', , requirements = '']) => /^\d+$/.test(chapter) && /^\d+$/.test(requirements))
      .map(([, chapter = '', , requirements, ...states]) => [
        chapter,
        [Number(requirements), ...states.slice(0, 4).map(Number)],
      ]);
    expect(told).toHaveLength(17);
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
    expect(told).toEqual([...counted].map(([chapter, counts]) => [chapter, [sum(counts), ...counts]]));
  });
});
