import { PREFECTURE_PLACES } from './prefecture-tiles';

it('are 47, each in a place of its own', () => {
  expect(PREFECTURE_PLACES).toHaveLength(47);
  expect(new Set(PREFECTURE_PLACES.map(({ row, column }) => `${row}/${column}`)).size).toBe(47);
  for (const { name, row, column } of PREFECTURE_PLACES) {
    expect(name).toMatch(/^\S{2,3}$/u);
    expect(row).toBeGreaterThanOrEqual(1);
    expect(Math.max(row, column)).toBeLessThanOrEqual(12);
  }
});

it('follow the codes', () => {
  const byCode = new Map(PREFECTURE_PLACES.map(({ code, name }) => [code, name]));
  expect(['01', '13', '26', '29', '39', '47'].map((code) => byCode.get(code))).toEqual([
    '北海道',
    '東京',
    '京都',
    '奈良',
    '高知',
    '沖縄',
  ]);
});
