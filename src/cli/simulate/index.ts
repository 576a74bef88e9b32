import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ASSUMPTIONS, type Assumed, NAMES } from './assumptions.js';
import type { Regime } from './desk.js';
import {
  figuresOf,
  fillBlocks,
  judgedOn,
  pictureOf,
  spreadOf,
  type Variation,
  variedBlocks,
  weeksAsText,
  yearBlocks,
  type YearFigures,
} from './report.js';
import { JUDGED } from './span.js';
import { liveThrough } from './year.js';

const SEED = 'renkei-2027';
/** For the spread; the first is that of the figures. */
const SEEDS = [SEED, 'renkei-a', 'renkei-b', 'renkei-c', 'renkei-d'];
const REGIMES: readonly Regime[] = ['none', 'yearly', 'ladder'];

const DOCUMENT = 'docs/simulation.md';
const FIGURES = 'docs/simulation.json';
const VARIED = 'docs/simulation-varied.json';
const PICTURE = 'docs/images/simulation.svg';

/** Makes the years of one command, each on a database of its own in a folder that goes with the command. */
class Years {
  private made = 0;

  constructor(private readonly dir: string) {}

  async live(
    regime: Regime,
    seed: string,
    assumed: Partial<Assumed> = {},
    until?: string,
  ): Promise<YearFigures> {
    this.made += 1;
    const name = `renkei_simulation_${this.made}`;
    const year = await liveThrough({
      dir: this.dir,
      name,
      regime,
      seed,
      assumed,
      ...(until !== undefined && { until }),
    });
    return figuresOf(year);
  }
}

/** A year under each regime: printed, and written into the documentation. */
async function simulate(years: Years): Promise<void> {
  const figures: YearFigures[] = [];
  for (const regime of REGIMES) {
    const begun = Date.now();
    figures.push(await years.live(regime, SEED));
    console.log(`${regime}: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  }
  console.log(`\nRegistrations that are true:\n${weeksAsText(figures)}\n`);
  console.log(yearBlocks(figures)['results']);
  writeJson(FIGURES, { seed: SEED, registrations: 372, years: figures });
  writeFileSync(PICTURE, pictureOf(figures));
  fill(yearBlocks(figures));
}

/** Each guess at its low and its high value, and several seeds: so that nobody has to believe one number. */
async function vary(years: Years): Promise<void> {
  const [may, july] = JUDGED;
  const spreads = [];
  for (const regime of REGIMES) {
    const seeds: YearFigures[] = [];
    for (const seed of SEEDS) seeds.push(await years.live(regime, seed, {}, july));
    spreads.push(spreadOf(seeds));
    console.log(JSON.stringify(spreads.at(-1)));
  }
  const variations: Variation[] = [];
  for (const assumption of NAMES) {
    for (const end of ['low', 'high'] as const) {
      const value = ASSUMPTIONS[assumption][end];
      if (value === ASSUMPTIONS[assumption].value) continue;
      const year = await years.live('ladder', SEED, { [assumption]: value }, july);
      variations.push({
        assumption,
        end,
        value,
        withoutStaffByMay: judgedOn(year, may).confirmedWithoutStaff,
        confirmedByJuly: judgedOn(year, july).confirmed,
        trueByJuly: judgedOn(year, july).true,
      });
      console.log(JSON.stringify(variations.at(-1)));
    }
  }
  writeJson(VARIED, { spreads, variations });
  fill(variedBlocks(spreads, variations));
}

const writeJson = (file: string, content: object): void =>
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);

const fill = (blocks: Record<string, string>): void =>
  writeFileSync(DOCUMENT, fillBlocks(readFileSync(DOCUMENT, 'utf8'), blocks));

async function main(args: readonly string[]): Promise<void> {
  const unknown = args.find((arg) => arg !== '--vary');
  if (unknown !== undefined) throw new Error(`there is no ${unknown}; there is --vary`);
  const dir = mkdtempSync(path.join(tmpdir(), 'renkei-simulation-'));
  try {
    await (args.includes('--vary') ? vary : simulate)(new Years(dir));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
