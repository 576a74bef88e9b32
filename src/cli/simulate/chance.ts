import { randomFrom } from '../../demo/random.js';

/**
 * Chance that depends on nothing but the seed and what is asked: the same question has the same answer in whatever order
 * they are asked, and in every regime. So two regimes differ by what they do, not by luck.
 */
export class Chance {
  constructor(private readonly seed: string) {}

  /** A number in [0, 1) for this question. */
  of(...question: readonly (string | number)[]): number {
    return randomFrom([this.seed, ...question].join('|'))();
  }

  happens(probability: number, ...question: readonly (string | number)[]): boolean {
    return this.of(...question) < probability;
  }

  pick<T>(items: readonly T[], ...question: readonly (string | number)[]): T {
    const item = items[Math.floor(this.of(...question) * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** Whole days of a lognormal with this median; 0 is the same day. */
  days(median: number, sigma: number, ...question: readonly (string | number)[]): number {
    // Box and Muller; 1 - u, since the logarithm of 0 is none.
    const radius = Math.sqrt(-2 * Math.log(1 - this.of(...question, 'radius')));
    const normal = radius * Math.cos(2 * Math.PI * this.of(...question, 'angle'));
    return Math.round(median * Math.exp(sigma * normal));
  }
}
