import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { arrange, only, on, registrationsAt, rowsOf, standingOf } from '../factories/campaign-walk.js';
import { campaignMails, confirm, create, readOff, reviewer, start, step } from '../factories/campaigns.js';
import { runJobs } from '../factories/clock.js';
import { signInMember, signInStaff } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import { overlap } from '../setup/overlap.js';
import { withConnection } from '../../src/platform/database/database-roles.js';

/** What happens at the very instant at which something else does, made to overlap for certain. */
let portal: ClockedPortal;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
});
afterAll(() => portal.close());
beforeEach(() => portal.clock.set('2027-04-02T10:00:00+09:00'));
afterEach(() =>
  arrange(portal, `UPDATE campaign SET state = 'closed', closed_at = now() WHERE closed_at IS NULL`),
);

let hosts = 0;
/** Known to every other room's jobs: in what follows, only campaigns have something to do with them. */
async function registrations(count: number): Promise<TestRegistration[]> {
  const made = await registrationsAt(
    portal,
    Array.from({ length: count }, () => `race${(hosts += 1)}.example`),
  );
  await runJobs(portal);
  return made;
}

/** Until so many wait for a lock, with statements of this room or of the registry. */
const waiting = (count = 1): Promise<void> =>
  withConnection(portal.database.adminUrl, async (watcher) => {
    for (;;) {
      const { rows } = await watcher.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
          WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
            AND query ~ 'campaign_|registration'`,
      );
      if ((rows[0]?.n ?? 0) >= count) return;
      await new Promise(setImmediate);
    }
  });

/**
 * Lets something begin while a clerk's confirmation is written and not yet committed.
 *
 * @param begin what waits for it
 */
const whileAnswering = <Result>({ id }: TestRegistration, begin: () => Promise<Result>): Promise<Result> =>
  withConnection(portal.database.adminUrl, async (clerk) => {
    await clerk.query('BEGIN');
    await clerk.query('SELECT FROM registration WHERE id = $1 FOR UPDATE', [id]);
    await clerk.query('UPDATE registration SET last_confirmed_at = now() WHERE id = $1', [id]);
    const result = begin();
    await waiting();
    await clerk.query('COMMIT');
    return result;
  });

const STEPS = [
  { template: 'ask', recipients: 'primary', on: '2027-04-05' },
  { template: 'reminder', recipients: 'primary', on: '2027-04-12' },
];

describe('an answer at the instant at which a campaign starts', () => {
  it('counts, whichever of the two comes first', async () => {
    const [one, other] = (await registrations(2)) as [TestRegistration, TestRegistration];
    const { client } = await reviewer(portal);
    const campaign = await create(client, { audience: only(one, other), steps: STEPS });
    const { status } = await whileAnswering(one, () => step(client, campaign, 'start'));
    expect(status).toBe(200);
    expect(await standingOf(portal, campaign.id, one)).toBe('answered before');
    expect(await standingOf(portal, campaign.id, other)).toBe('open');
    expect((await on(portal, '2027-04-05T09:00:10+09:00')).map(({ recipient }) => recipient)).toEqual([
      other.mailbox,
    ]);
  });
});

describe('an answer at the instant at which a step goes', () => {
  it('is waited for: whoever has just answered is not mailed', async () => {
    const [one, other] = (await registrations(2)) as [TestRegistration, TestRegistration];
    await start((await reviewer(portal)).client, { audience: only(one, other), steps: STEPS });
    await portal.clock.set('2027-04-05T09:00:10+09:00');
    const before = (await campaignMails(portal)).length;
    await whileAnswering(one, () => runJobs(portal));
    const mails = (await campaignMails(portal)).slice(before);
    expect(mails.map(({ recipient }) => recipient)).toEqual([other.mailbox]);
  });

  it('never takes a step and an answer into each other’s way: no try of either fails', async () => {
    const made = await registrations(12);
    await start((await reviewer(portal)).client, { audience: only(...made), steps: STEPS });
    const mails = await on(portal, '2027-04-05T09:00:10+09:00');
    const typed = mails.flatMap((mail) => readOff(portal, mail));
    expect(typed).toHaveLength(made.length);
    await portal.clock.set('2027-04-12T09:00:10+09:00');
    const deadlocks = async (): Promise<number> => {
      const { rows } = await withConnection(portal.database.adminUrl, async (admin) => {
        await admin.query('SELECT pg_stat_force_next_flush()');
        return admin.query<{ n: string }>(
          'SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()',
        );
      });
      return Number(rows[0]?.n);
    };
    const before = await deadlocks();
    const answers = await withConnection(portal.database.adminUrl, async (other) => {
      await other.query('BEGIN');
      await other.query('LOCK TABLE campaign_reminder IN SHARE MODE');
      // The step has every question in its hands, and stops before the ledger; all answer, and then it goes on.
      const tick = runJobs(portal);
      await waiting();
      const said = typed.map((one) => confirm(new Client(portal), one));
      await waiting(4);
      await other.query('COMMIT');
      await tick;
      return Promise.all(said);
    });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await deadlocks()).toBe(before);
    const { client } = await signInStaff(portal, ['admin']);
    const { items } = (await client.get<TaskPage>('/tasks?limit=500')).body;
    expect(items.filter(({ kind }) => kind === 'jobs.failed')).toEqual([]);
  });
});

describe('two campaigns at one instant', () => {
  it('share out whom they ask: each is asked by exactly one', async () => {
    const made = await registrations(6);
    const office = await reviewer(portal);
    const [first, second] = [
      await create(office.client, { audience: only(...made.slice(0, 4)), steps: STEPS }),
      await create(office.client, { audience: only(...made.slice(2)), steps: STEPS }),
    ];
    const answers = await withConnection(portal.database.adminUrl, async (other) => {
      await other.query('BEGIN');
      await other.query('LOCK TABLE campaign_target IN SHARE MODE');
      const starts = [step(office.client, first, 'start'), step(office.client, second, 'start')];
      await waiting(2);
      await other.query('COMMIT');
      return Promise.all(starts);
    });
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const rows = await rowsOf<{ id: string; open: number; left: number }>(
      portal,
      `SELECT registration_id AS id, count(*) FILTER (WHERE left_at IS NULL)::int AS open,
              count(*) FILTER (WHERE left_because = 'asked-already')::int AS left
         FROM campaign_target WHERE campaign_id IN ($1, $2) GROUP BY 1`,
      [first.id, second.id],
    );
    expect(rows).toHaveLength(6);
    expect(rows.map(({ open }) => open)).toEqual(rows.map(() => 1));
    expect(rows.filter(({ left }) => left === 1)).toHaveLength(2);
    const mails = await on(portal, '2027-04-05T09:00:10+09:00');
    expect(mails.map(({ recipient }) => recipient).toSorted()).toEqual(
      made.map(({ mailbox }) => mailbox).toSorted(),
    );
  });
});

describe('two processes that both believe a step to be theirs', () => {
  it('are told apart by the ledger alone: the second has nothing to send', async () => {
    const [one, other] = (await registrations(2)) as [TestRegistration, TestRegistration];
    const campaign = await start((await reviewer(portal)).client, {
      audience: only(one, other),
      steps: STEPS,
    });
    const stepId = campaign.steps[0]?.id;
    const claim = `
      INSERT INTO campaign_reminder (campaign_id, step_id, registration_id, mailbox_key, mail_id)
      SELECT $1, $2, r.*, gen_random_uuid() FROM unnest($3::uuid[], $4::text[]) AS r (registration_id, mailbox_key)
      ON CONFLICT ON CONSTRAINT campaign_reminder_pkey DO NOTHING RETURNING registration_id`;
    const values = [campaign.id, stepId, [one.id, other.id], [one.mailbox, other.mailbox]];
    const counts = await withConnection(portal.database.adminUrl, async (a) =>
      withConnection(portal.database.adminUrl, async (b) => {
        await a.query('BEGIN');
        const first = await a.query(claim, values);
        const second = b.query(claim, values);
        await waiting();
        await a.query('COMMIT');
        return [first.rowCount, (await second).rowCount];
      }),
    );
    expect(counts).toEqual([2, 0]);
    // And what the ledger has goes to nobody, though the step itself was never marked.
    expect(await on(portal, '2027-04-05T09:00:10+09:00')).toEqual([]);
  });

  it('which have not seen each other’s mark send only what the other has not', async () => {
    const [one, other] = (await registrations(2)) as [TestRegistration, TestRegistration];
    const campaign = await start((await reviewer(portal)).client, {
      audience: only(one, other),
      steps: STEPS,
    });
    expect(await on(portal, '2027-04-05T09:00:10+09:00')).toHaveLength(2);
    await arrange(portal, 'UPDATE campaign_step SET done_at = NULL WHERE campaign_id = $1', [campaign.id]);
    expect(await on(portal, '2027-04-05T09:05:00+09:00')).toEqual([]);
  });
});

it('a campaign that somebody is changing is left alone by the tick, and goes on at the next', async () => {
  const [one] = (await registrations(1)) as [TestRegistration];
  const { id } = await start((await reviewer(portal)).client, { audience: only(one), steps: STEPS });
  await portal.clock.set('2027-04-05T09:00:10+09:00');
  const before = (await campaignMails(portal)).length;
  await overlap(
    portal,
    (other) => other.query('SELECT FROM campaign WHERE id = $1 FOR UPDATE', [id]),
    () => runJobs(portal),
  );
  expect((await campaignMails(portal)).length).toBe(before);
  await runJobs(portal);
  expect((await campaignMails(portal)).slice(before).map(({ recipient }) => recipient)).toEqual([
    one.mailbox,
  ]);
});

it('a member’s own page asks nothing any more as soon as they have answered', async () => {
  const [one] = (await registrations(1)) as [TestRegistration];
  await start((await reviewer(portal)).client, { audience: only(one), steps: STEPS });
  const { client } = await signInMember(portal, one);
  expect((await client.get('/me/question')).body).not.toEqual({ question: null });
  await client.post(`/registrations/${one.id}/confirmations`, { ifMatch: 1 });
  expect((await client.get('/me/question')).body).toEqual({ question: null });
});
