import { lastWholeDayBefore } from '../../../../src/platform/text/japanese-date';
import { changesOf, completeChecksOf, EMPTY, endOf, isNobody, NOBODY } from './editor-values';

it('an announcement ends with its last day in Tokyo, and is told by that day', () => {
  expect(endOf('')).toBeNull();
  expect(endOf('2028-02-28')).toBe('2028-02-29T00:00:00+09:00');
  expect(lastWholeDayBefore(new Date(endOf('2026-12-31') ?? ''))).toBe('2026-12-31');
});

it('only what was changed is sent: the rest may have been changed by somebody else', () => {
  expect(changesOf(EMPTY, EMPTY)).toEqual({});
  expect(changesOf({ ...EMPTY, title: '表題', lastDay: '2026-12-31' }, EMPTY)).toEqual({
    title: '表題',
    expiresAt: '2027-01-01T00:00:00+09:00',
  });
  // What is for all has no lists, whatever was ticked before.
  const all = { ...NOBODY, kind: 'all' as const };
  expect(changesOf({ ...EMPTY, audience: { ...all, types: ['town'] } }, { ...EMPTY, audience: all })).toEqual(
    {},
  );
});

it('a correction lacks nothing, and counts characters as people do', () => {
  const wrong = (values: Partial<typeof EMPTY>): string[] =>
    completeChecksOf({ ...EMPTY, ...values }).flatMap(([fails, field]) => (fails ? [field] : []));
  expect(wrong({})).toEqual(['title', 'categoryId', 'summary', 'body', 'audience']);
  expect(wrong({ title: '𠮷'.repeat(100) })).not.toContain('title');
  expect(wrong({ title: 'あ'.repeat(101) })).toContain('title');
  expect([isNobody(NOBODY), isNobody({ ...NOBODY, kind: 'all' })]).toEqual([true, false]);
});
