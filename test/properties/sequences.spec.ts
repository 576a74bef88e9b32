import * as fc from 'fast-check';
import { sequences } from './operations.js';
import { Play } from './play.js';
import { Stage } from './stage.js';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 80);
/** The same each time, so that a change is judged by itself; longer runs take others. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20_260_401);
const PATH = process.env.PROPERTY_PATH;
/** How long a counterexample is made smaller. */
const SHRINKING_MS = 40_000;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  if (process.env.PROPERTY_TALLY)
    console.log(
      [...stage.tally]
        .map(([key, n]) => `${key} ${n}`)
        .sort()
        .join('\n'),
    );
  await stage.close();
});

describe('whatever people do, in whatever order', () => {
  it(
    'leaves registrations, history, requests, tasks, mails and ways in true to each other',
    async () => {
      let played = 0;
      let giveUpAt = Infinity;
      const property = fc.asyncProperty(sequences, async (sequence) => {
        if (performance.now() > giveUpAt) return;
        const play = new Play(stage);
        try {
          await play.run(sequence);
          played += 1;
        } catch (error) {
          giveUpAt = Math.min(giveUpAt, performance.now() + SHRINKING_MS);
          const { message } = error as Error;
          throw new Error(
            [message, ...play.lines.map((line, index) => `  ${index + 1}. ${line}`)].join('\n'),
            {
              cause: error,
            },
          );
        }
      });
      await fc.assert(property, {
        numRuns: RUNS,
        seed: SEED,
        ...(PATH !== undefined && { path: PATH }),
      });
      // From a path on there may be fewer.
      expect(played).toBeGreaterThanOrEqual(PATH === undefined ? RUNS : 1);
    },
    60_000 + RUNS * 1_000,
  );
});
