import { mergeOf, withTheirs } from './editor-merge';
import { EMPTY, NOBODY } from './editor-values';

const base = { ...EMPTY, title: '表題', summary: '要約', body: '本文' };

describe('two who changed the same announcement', () => {
  it('keep what each alone changed', () => {
    const merge = mergeOf(base, { ...base, body: '新しい本文' }, { ...base, summary: '新しい要約' });
    expect(merge).toEqual({
      values: { ...base, body: '新しい本文', summary: '新しい要約' },
      taken: ['body'],
      asked: [],
    });
  });

  it('are asked only where both changed the same field, and mine stays until then', () => {
    const theirs = { ...base, title: '彼の表題', pinned: true };
    const mine = { ...base, title: '私の表題' };
    const merge = mergeOf(base, theirs, mine);
    expect(merge).toEqual({ values: { ...mine, pinned: true }, taken: ['pinned'], asked: ['title'] });
    expect(withTheirs(merge.values, theirs, ['title']).title).toBe('彼の表題');
  });

  it('aren’t asked where both changed it to the same', () => {
    const both = { ...base, title: '同じ表題' };
    expect(mergeOf(base, both, both)).toEqual({ values: both, taken: [], asked: [] });
  });

  it('have the same audience where only lists differ that mean nothing', () => {
    const all = { ...NOBODY, kind: 'all' as const };
    const theirs = { ...base, audience: all };
    const mine = { ...base, audience: { ...all, types: ['town' as const] } };
    expect(mergeOf(base, theirs, mine)).toMatchObject({ taken: [], asked: [] });
  });
});
