import { Chance } from './chance.js';

const MANY = Array.from({ length: 4000 }, (_, index) => index);

describe('chance', () => {
  it('answers the same question alike, whatever was asked before, and differs by seed', () => {
    const [one, again, other] = [new Chance('a'), new Chance('a'), new Chance('b')];
    const first = MANY.map((n) => one.of('mail', n));
    const backwards = MANY.toReversed().map((n) => again.of('mail', n));
    expect(backwards.toReversed()).toEqual(first);
    expect(MANY.map((n) => other.of('mail', n))).not.toEqual(first);
  });

  it('spreads questions that hardly differ over the whole range', () => {
    const chance = new Chance('renkei');
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const n of MANY) tenths[Math.floor(chance.of('016314', 'rotates', n) * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - MANY.length / 10)).toBeLessThan(80);
    expect(MANY.filter((n) => chance.happens(0.28, n, 'x')).length / MANY.length).toBeCloseTo(0.28, 1);
  });

  it('draws days around their median, never less than none', () => {
    const days = MANY.map((n) => new Chance('renkei').days(3, 0.8, n)).toSorted((a, b) => a - b);
    expect(days[0]).toBeGreaterThanOrEqual(0);
    expect(days[MANY.length / 2]).toBe(3);
    // One in six takes longer than e^0.8 = 2.2 medians.
    expect(days.filter((n) => n > 6.7).length / MANY.length).toBeCloseTo(1 / 6, 1);
  });

  it('picks from what there is, and from nothing nothing', () => {
    const chance = new Chance('renkei');
    expect(new Set(MANY.map((n) => chance.pick(['正', '副'], n)))).toEqual(new Set(['正', '副']));
    expect(() => chance.pick([], 1)).toThrow(RangeError);
  });
});
