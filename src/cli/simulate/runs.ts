import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AssumptionName, ASSUMPTIONS, type Assumed, NAMES, TOGETHER } from './assumptions.js';
import type { Regime } from './desk.js';
import { OTHER_LADDERS } from './ladders.js';
import {
  figuresOf,
  fillBlocks,
  laddersBlock,
  pictureOf,
  spreadOf,
  type Variation,
  variationOf,
  variedBlocks,
  weeksAsText,
  yearBlocks,
  type YearFigures,
} from './report.js';
import { JUDGED } from './span.js';
import { liveThrough, type YearOptions } from './year.js';

const SEED = 'renkei-2027';
/** For the spread; the first is that of the figures. */
const SEEDS = [SEED, 'renkei-a', 'renkei-b', 'renkei-c', 'renkei-d'];
export const REGIMES: readonly Regime[] = ['none', 'yearly', 'ladder'];

const DOCUMENT = 'docs/simulation.md';
const FIGURES = 'docs/simulation.json';
const VARIED = 'docs/simulation-varied.json';
const PICTURE = 'docs/images/simulation.svg';

type Wanted = Pick<YearOptions, 'regime'> &
  Partial<Pick<YearOptions, 'seed' | 'assumed' | 'ladder' | 'until'>>;

/** Makes the years of one command, each on a database of its own in a folder that goes with the command. */
export class Years {
  private made = 0;

  private constructor(private readonly dir: string) {}

  static async during(work: (years: Years) => Promise<void>): Promise<void> {
    const dir = mkdtempSync(path.join(tmpdir(), 'renkei-simulation-'));
    try {
      await work(new Years(dir));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }

  async live(wanted: Wanted): Promise<YearFigures> {
    this.made += 1;
    const name = `renkei_simulation_${this.made}`;
    return figuresOf(await liveThrough({ seed: SEED, ...wanted, dir: this.dir, name }));
  }
}

/** A part of a year under one regime: printed, and written nowhere. */
export async function glance(years: Years, regime: Regime, until: string): Promise<void> {
  const figures = await years.live({ regime, until });
  console.log(weeksAsText([figures]));
  console.log(JSON.stringify(figures.mails));
}

/** A year under each regime: printed, and written into the documentation. */
export async function simulate(years: Years): Promise<void> {
  const figures: YearFigures[] = [];
  for (const regime of REGIMES) {
    const begun = Date.now();
    figures.push(await years.live({ regime }));
    console.log(`${regime}: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  }
  console.log(`\nRegistrations that are true:\n${weeksAsText(figures)}\n`);
  console.log(yearBlocks(figures)['results']);
  writeJson(FIGURES, { seed: SEED, registrations: 372, years: figures });
  writeFileSync(PICTURE, pictureOf(figures));
  fill(yearBlocks(figures));
}

/** Each guess at its low and its high value, and several seeds: so that nobody has to believe one number. */
export async function vary(years: Years): Promise<void> {
  const [, july] = JUDGED;
  const lived = await inTurn(
    REGIMES.flatMap((regime) => SEEDS.map((seed) => () => years.live({ regime, seed, until: july }))),
  );
  const spreads = REGIMES.map((_regime, at) =>
    spreadOf(lived.slice(at * SEEDS.length, (at + 1) * SEEDS.length)),
  );
  console.log(JSON.stringify(spreads, null, 2));
  const variations = await inTurn(
    varied().map(({ assumption, end }) => async (): Promise<Variation> => {
      const year = await years.live({ regime: 'ladder', assumed: valuesAt(assumption, end), until: july });
      const variation = variationOf(assumption, end, year);
      console.log(JSON.stringify(variation));
      return variation;
    }),
  );
  writeJson(VARIED, { spreads, variations });
  fill(variedBlocks(spreads, variations));
}

/** What other ladders would come to, among the same people. */
export async function compareLadders(years: Years): Promise<void> {
  const [, until] = JUDGED;
  const ladders = [['this ladder', undefined], ...Object.entries(OTHER_LADDERS)] as const;
  const compared = await inTurn(
    ladders.map(([name, ladder]) => async () => ({
      name,
      figures: await years.live({ regime: 'ladder', until, ...(ladder && { ladder }) }),
    })),
  );
  console.log(laddersBlock(compared)['ladders']);
  fill(laddersBlock(compared));
}

/** Every end that differs from what is assumed anyway; what is told of two together is varied together. */
function varied(): { assumption: AssumptionName; end: 'low' | 'high' }[] {
  const followers = new Set(Object.values(TOGETHER));
  return NAMES.filter((name) => !followers.has(name)).flatMap((assumption) =>
    (['low', 'high'] as const)
      .filter((end) => ASSUMPTIONS[assumption][end] !== ASSUMPTIONS[assumption].value)
      .map((end) => ({ assumption, end })),
  );
}

function valuesAt(assumption: AssumptionName, end: 'low' | 'high'): Partial<Assumed> {
  const follower = TOGETHER[assumption];
  return {
    [assumption]: ASSUMPTIONS[assumption][end],
    ...(follower && { [follower]: ASSUMPTIONS[follower][end] }),
  };
}

/** Two at a time: most of each is waiting for the other's database. */
async function inTurn<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = [];
  const left = works.map((work, at) => ({ work, at })).values();
  const lane = async (): Promise<void> => {
    for (const { work, at } of left) done[at] = await work();
  };
  await Promise.all([lane(), lane()]);
  return done;
}

const writeJson = (file: string, content: object): void =>
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);

const fill = (blocks: Record<string, string>): void =>
  writeFileSync(DOCUMENT, fillBlocks(readFileSync(DOCUMENT, 'utf8'), blocks));
