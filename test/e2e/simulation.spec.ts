import { Child } from '../setup/child.js';

/** A limit for what hangs: it starts a PostgreSQL of its own and lets six weeks pass. */
const PATIENCE_MS = 180_000;

/** Share of true registrations by week, as it is printed. */
const shareOn = (output: string, date: string): number =>
  Number(new RegExp(`${date} +(\\d+)%`).exec(output)?.[1] ?? Number.NaN);

it(
  'six simulated weeks over the real portal: a notice, the turn of posts, an ask, and answers to it',
  async () => {
    const { code, output } = await Child.start('dist/src/cli/simulate/index.js', {}, [
      '--regime',
      'ladder',
      '--until',
      '2027-04-11',
    ]).ended();
    expect([code, code === 0 ? '' : output]).toEqual([0, '']);
    expect(shareOn(output, '2027-03-28')).toBeGreaterThan(shareOn(output, '2027-04-04'));
    expect(shareOn(output, '2027-04-11')).toBeGreaterThan(shareOn(output, '2027-04-04'));
    const { ofCampaigns, cameBack, doubled } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<
      string,
      number
    >;
    expect(ofCampaigns).toBeGreaterThan(1000);
    expect(cameBack).toBeGreaterThan(50);
    expect(doubled).toBe(0);
  },
  PATIENCE_MS,
);

it('says what it can do when it is asked for something else', async () => {
  const { code, output } = await Child.start('dist/src/cli/simulate/index.js', {}, [
    '--regime',
    'best',
  ]).ended();
  expect(code).toBe(1);
  expect(output).toContain('none, yearly, ladder');
});
