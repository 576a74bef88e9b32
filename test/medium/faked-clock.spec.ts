import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { installFakedClock } from '../../src/cli/simulate/faked-clock.js';
import { openConnection, withConnection } from '../../src/platform/database/database-roles.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { runJobs } from '../factories/clock.js';
import { createStaff, enterPassword, PASSWORD, signInMember, totpOf } from '../factories/people.js';
import { Client } from '../setup/client.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import { Processes } from '../setup/processes.js';
import { createTestDatabase } from '../setup/test-database.js';

let portal: ClockedPortal;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
});
afterAll(() => portal.close());

/** To the minute: the clock runs on. */
const minute = (time: Date): string => time.toISOString().slice(0, 16);

const ask = <Row extends object>(url: string, sql: string): Promise<Row | undefined> =>
  withConnection(url, async (client) => (await client.query<Row>(sql)).rows[0]);

const today = async (): Promise<string | undefined> =>
  (await ask<{ today: string }>(portal.database.appUrl, 'SELECT today_in_tokyo()::text AS today'))?.today;

describe('what the database takes for the time', () => {
  it('is what was set, for every role, and runs on', async () => {
    await portal.clock.set('2028-02-29T08:59:00+09:00');
    for (const url of [portal.database.appUrl, portal.database.ownerUrl, portal.database.adminUrl]) {
      const row = await ask<{ began: Date; read: Date }>(
        url,
        'SELECT now() AS began, clock_timestamp() AS read FROM pg_sleep(0.001)',
      );
      expect(minute(row?.began ?? new Date(0))).toBe('2028-02-28T23:59');
      expect(row?.read.getTime()).toBeGreaterThanOrEqual(row?.began.getTime() ?? Infinity);
    }
    await portal.clock.advance({ hours: 9, minutes: 2 });
    expect(minute(await portal.clock.now())).toBe('2028-02-29T09:01');
  });

  it('has the end of a year and the leap day in Japan, not elsewhere', async () => {
    await portal.clock.set('2027-12-31T23:58:00+09:00');
    expect(await today()).toBe('2027-12-31');
    await portal.clock.advance({ minutes: 3 });
    expect(await today()).toBe('2028-01-01');
    await portal.clock.set('2028-02-28T12:00:00+09:00');
    await portal.clock.advance({ days: 1 });
    expect(await today()).toBe('2028-02-29');
    await portal.clock.advance({ days: 1 });
    expect(await today()).toBe('2028-03-01');
    await portal.clock.set('2027-02-28T12:00:00+09:00');
    await portal.clock.advance({ days: 1 });
    expect(await today()).toBe('2027-03-01');
  });

  it('is the same for two connections, and moves within no transaction', async () => {
    await portal.clock.set('2027-04-01T09:00:00+09:00');
    const [one, other] = await Promise.all([
      openConnection(portal.database.appUrl),
      openConnection(portal.database.appUrl),
    ]);
    const timeOf = async (client: typeof one): Promise<Date> =>
      (await client.query<{ now: Date }>('SELECT now()')).rows[0]?.now ?? new Date(0);
    try {
      await one.query('BEGIN');
      const before = await timeOf(one);
      await portal.clock.set('2027-06-01T09:00:00+09:00');
      expect(await timeOf(one)).toEqual(before);
      expect(minute(await timeOf(other))).toBe('2027-06-01T00:00');
      await one.query('COMMIT');
      expect(minute(await timeOf(one))).toBe('2027-06-01T00:00');
    } finally {
      await Promise.all([one.end(), other.end()]);
    }
  });

  it('stands in defaults and in functions with a search path of their own', async () => {
    await portal.clock.set('2029-07-01T10:00:00+09:00');
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    expect(minute(new Date(sent.body.submittedAt))).toBe('2029-07-01T01:00');
    const session = await ask<{ at: Date }>(
      portal.database.adminUrl,
      'SELECT max(created_at) AS at FROM session',
    );
    expect(minute(session?.at ?? new Date(0))).toBe('2029-07-01T01:00');
    const unmoved = await ask<{ name: string }>(
      portal.database.adminUrl,
      `SELECT string_agg(proname, ',') AS name FROM pg_proc, unnest(proconfig) AS c (setting)
        WHERE pronamespace = 'public'::regnamespace
          AND setting LIKE 'search_path=%' AND setting NOT LIKE '%faked, pg_catalog%'`,
    );
    expect(unmoved?.name).toBeNull();
  });

  it('is never put into a database that was migrated without it', async () => {
    const other = await createTestDatabase();
    await expect(installFakedClock(other.adminUrl)).rejects.toThrow('a new database only');
    await other.drop();
  });
});

describe('the portal at another date', () => {
  it('does what has fallen due, a leap day counted', async () => {
    await portal.clock.set('2028-02-20T09:00:00+09:00');
    const { registration, clerk } = await newRegistration(portal);
    const email = `new@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    await portal.clock.set('2028-03-02T23:58:00+09:00');
    await runJobs(portal);
    expect(await mailsTo(portal, registration.mailbox)).not.toContain('change-request.expiring');
    await portal.clock.advance({ minutes: 4 });
    await runJobs(portal);
    expect(await mailsTo(portal, registration.mailbox)).toContain('change-request.expiring');
    await portal.clock.advance({ days: 3 });
    await runJobs(portal);
    expect((await clerk.client.get('/me')).status).toBe(401);
    const again = await signInMember(portal, registration);
    const { body } = await again.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`);
    expect(body.status).toBe('expired');
  });

  it('lets staff sign in with password and app after the clock was moved, forth and back', async () => {
    const person = await createStaff(portal, ['reviewer']);
    const enter = async (date: string): Promise<Client> => {
      await portal.clock.set(date);
      const client = new Client(portal);
      const totp = await totpOf(portal, person);
      const { status, body } = await enterPassword(client, { email: person.email, password: PASSWORD, totp });
      expect([status, body.code]).toEqual([200, undefined]);
      client.token = body.accessToken;
      expect((await client.get('/tasks')).status).toBe(200);
      return client;
    };
    const early = await enter('2029-03-31T23:00:00+09:00');
    await portal.clock.advance({ minutes: 59 });
    expect((await early.get('/tasks')).status).toBe(200);
    await portal.clock.advance({ days: 1 });
    expect((await early.get('/tasks')).status).toBe(401);
    await enter('2031-01-04T09:00:00+09:00');
  });

  it('shares the clock with a process of its own', async () => {
    const processes = await Processes.beside(portal);
    try {
      await portal.clock.set('2027-04-05T09:00:00+09:00');
      const { clerk } = await newRegistration(portal);
      const { origin } = await processes.start({ WORKER: 'off' });
      const there = new Client({ origin });
      there.token = clerk.client.token;
      expect((await there.get('/me')).status).toBe(200);
      await portal.clock.advance({ hours: 2 });
      expect([(await there.get('/me')).status, (await clerk.client.get('/me')).status]).toEqual([401, 401]);
    } finally {
      await processes.close();
    }
  });
});
