import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { compareLadders, glance, REGIMES, simulate, vary, Years } from './runs.js';
import { END, START } from './span.js';

/**
 * Without options a year under each regime, written into the documentation; `--vary` and `--ladders` write their tables
 * into it. `--regime` with `--until` prints a part of one year and writes nothing.
 */
async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      vary: { type: 'boolean' },
      ladders: { type: 'boolean' },
      regime: { type: 'string' },
      until: { type: 'string', default: END },
    },
  });
  if (values.vary) return Years.during(vary);
  if (values.ladders) return Years.during(compareLadders);
  if (values.regime === undefined) return Years.during(simulate);
  const regime = REGIMES.find((one) => one === values.regime);
  if (!regime) throw new Error(`there is no regime ${values.regime}; there are ${REGIMES.join(', ')}`);
  if (values.until < START || values.until > END) throw new Error(`the year is from ${START} to ${END}`);
  return Years.during((years) => glance(years, regime, values.until));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
