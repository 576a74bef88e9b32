import { apart, segmentsOf, ticksOf } from './curve-scale';

const words = (from: string, to: string, most: number): string[] =>
  ticksOf(from, to, most).map(({ text, year }) => (year === null ? text : `${year} ${text}`));

it('a year is named by its months, as many as there is room for, and years where they begin', () => {
  expect(words('2025-11-23', '2026-11-22', 14)).toEqual([
    '2025年 12月',
    '2026年 1月',
    ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((month) => `${month}月`),
  ]);
  expect(words('2025-11-23', '2026-11-22', 4)).toEqual(['2026年 1月', '4月', '7月', '10月']);
});

it('a short period is named by its days', () => {
  expect(words('2026-11-16', '2026-11-22', 7)).toEqual([
    '2026年 11/16',
    '11/17',
    '11/18',
    '11/19',
    '11/20',
    '11/21',
    '11/22',
  ]);
  expect(words('2026-11-22', '2026-11-22', 5)).toEqual(['2026年 11/22']);
  expect(ticksOf('2026-10-01', '2026-11-22', 5).length).toBeLessThanOrEqual(5);
});

it('labels that would touch are moved apart, and stay within the drawing', () => {
  expect(apart([100, 50, 200], 30, 300)).toEqual([100, 50, 200]);
  expect(apart([100, 101, 102], 30, 300)).toEqual([100, 130, 160]);
  expect(apart([290, 295], 30, 300)).toEqual([270, 300]);
});

it('a line is cut where a point is missing', () => {
  const points = ['2026-11-01', '2026-11-08', '2026-11-22', '2026-11-29'].map((on) => ({ on }));
  expect(segmentsOf(points, 7).map((segment) => segment.length)).toEqual([2, 2]);
  // A week's last record may be a few days early.
  expect(segmentsOf([{ on: '2026-11-01' }, { on: '2026-11-14' }], 7)).toHaveLength(1);
  expect(segmentsOf([], 7)).toEqual([]);
});
