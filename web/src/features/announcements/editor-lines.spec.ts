import { array, assert, constantFrom, property } from 'fast-check';
import { compareLines, folded, type Line } from './editor-lines';

const side = (lines: readonly Line[], without: 'gone' | 'new'): string =>
  lines
    .filter(({ kind }) => kind !== without)
    .map((line) =>
      line.kind === 'changed'
        ? line.runs
            .filter(({ kind }) => kind !== without)
            .map(({ text }) => text)
            .join('')
        : line.text,
    )
    .join('\n');

it('marks lines that go and come, and characters within one that took another’s place', () => {
  expect(compareLines('日時\n14時から\n会場', '日時\n15時から\n会場\n申込み')).toEqual([
    { kind: 'same', text: '日時' },
    {
      kind: 'changed',
      runs: [
        { kind: 'same', text: '1' },
        { kind: 'gone', text: '4' },
        { kind: 'new', text: '5' },
        { kind: 'same', text: '時から' },
      ],
    },
    { kind: 'same', text: '会場' },
    { kind: 'new', text: '申込み' },
  ]);
});

it('loses no line, whatever is compared', () => {
  const text = array(constantFrom('日時', '会場', '14時', '15時', ''), { minLength: 1 }).map((lines) =>
    lines.join('\n'),
  );
  assert(
    property(text, text, (before, after) => {
      const lines = compareLines(before, after);
      expect([side(lines, 'new'), side(lines, 'gone')]).toEqual([before, after]);
    }),
  );
});

it('folds what stays away, but for the neighbours of what doesn’t', () => {
  const before = ['一', '二', '三', '四', '五'].join('\n');
  expect(folded(compareLines(before, `${before}\n六`)).map(({ kind }) => kind)).toEqual([
    'fold',
    'same',
    'new',
  ]);
  expect(folded(compareLines(before, `${before}\n六`))[0]).toEqual({ kind: 'fold', count: 4 });
});
