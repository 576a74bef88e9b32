import { openConnection, withConnection } from '../../src/platform/database/database-roles.js';
import { only, registrationsAt, rowsOf, stepsOf } from '../factories/campaign-walk.js';
import { reviewer, start } from '../factories/campaigns.js';
import type { TestRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import { preloading, Processes } from '../setup/processes.js';

/** kill -9 in the middle of a step, at every place at which it writes: it has gone altogether, or not at all. */
const REGISTRATIONS = 20;
const PLACES = ['campaign_reminder', 'campaign_question', 'outbox_message', 'audit_event'] as const;
/** The step of each place: the day on which the process is killed there, and the step goes nevertheless. */
const DAYS = ['2027-04-05', '2027-04-12', '2027-04-19', '2027-04-26'] as const;

let portal: ClockedPortal;
let processes: Processes;
let made: TestRegistration[];
let campaignId: string;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2027-04-02T10:00:00+09:00');
  made = await registrationsAt(
    portal,
    Array.from({ length: REGISTRATIONS }, (_, at) => `crash${at}.example`),
  );
  const { client } = await reviewer(portal);
  ({ id: campaignId } = await start(client, {
    audience: only(...made),
    steps: DAYS.map((on, at) => ({ template: at === 0 ? 'ask' : 'reminder', recipients: 'primary', on })),
  }));
  processes = await Processes.beside(portal);
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});

/** Until so many wait for what somebody holds; false once nobody does. */
const waitingFor = (pid: number): Promise<boolean> =>
  withConnection(portal.database.adminUrl, async (watcher) => {
    const { rows } = await watcher.query<{ waits: boolean }>(
      'SELECT EXISTS (SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))) AS waits',
      [pid],
    );
    return rows[0]?.waits ?? false;
  });

/** Starts processes that come to a table while it is held, and kills them there. */
async function killAt(table: string): Promise<void> {
  const holder = await openConnection(portal.database.adminUrl);
  try {
    await holder.query('BEGIN');
    await holder.query(`LOCK TABLE ${table} IN SHARE MODE`);
    const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const doomed = await Promise.all([processes.launch(), processes.launch()]);
    while (!(await waitingFor(rows[0]?.pid ?? 0))) await new Promise(setImmediate);
    await Promise.all(doomed.map(({ child }) => child.end('SIGKILL')));
    await holder.query('COMMIT');
  } finally {
    await holder.end();
  }
}

/** Until nobody has a transaction under way but ourselves: those of the dead are rolled back. */
async function buried(): Promise<void> {
  await withConnection(portal.database.adminUrl, async (watcher) => {
    for (;;) {
      const { rows } = await watcher.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
          WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`,
      );
      if (rows[0]?.n === 0) return;
      await new Promise(setImmediate);
    }
  });
}

const gone = async (): Promise<{ ledger: number; mails: number; trail: number }> => {
  const [row] = await rowsOf<{ ledger: number; mails: number; trail: number }>(
    portal,
    `SELECT (SELECT count(*)::int FROM campaign_reminder) AS ledger,
            (SELECT count(*)::int FROM outbox_message WHERE kind = 'campaign.ask') AS mails,
            (SELECT count(*)::int FROM audit_event WHERE type = 'campaign.step-gone') AS trail`,
  );
  if (!row) throw new Error('a count gives a row');
  return row;
};

it.each(PLACES.map((table, at) => ({ table, at, day: DAYS[at] ?? '' })))(
  'killed while it writes $table, a step has not gone; a process that comes after lets it go once',
  async ({ table, at, day }) => {
    await portal.clock.set(`${day}T09:00:05+09:00`);
    await killAt(table);
    await buried();
    const before = { ledger: at * REGISTRATIONS, mails: at * REGISTRATIONS, trail: at };
    expect(await gone()).toEqual(before);
    expect((await stepsOf(portal, campaignId)).filter((step) => step.endsWith('done'))).toHaveLength(at);

    const { child } = await processes.start(preloading('quick-ticks'));
    const mails = await processes.sink.waitFor((at + 1) * REGISTRATIONS);
    await child.end('SIGTERM');
    expect(await gone()).toEqual({
      ledger: before.ledger + REGISTRATIONS,
      mails: before.mails + REGISTRATIONS,
      trail: at + 1,
    });
    const ids = mails.map(({ messageId }) => messageId);
    expect([ids.length, new Set(ids).size]).toEqual([(at + 1) * REGISTRATIONS, (at + 1) * REGISTRATIONS]);
    const latest = mails.slice(-REGISTRATIONS).flatMap(({ envelopeTo }) => envelopeTo);
    expect(latest.toSorted()).toEqual(made.map(({ mailbox }) => mailbox).toSorted());
  },
);
