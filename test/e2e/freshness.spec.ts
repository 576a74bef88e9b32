import type { FreshnessCourseResponse, FreshnessSummaryResponse } from '../../src/freshness/freshness.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { RegistrationPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import type { SettingsResponse } from '../../src/settings/settings.dto.js';
import { OfficeSettingsService } from '../../src/settings/settings.service.js';
import { runJobs } from '../factories/clock.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import {
  buildDocument,
  CODES,
  createRegistration,
  type TestRegistration,
} from '../factories/registrations.js';
import { rowsOf } from '../factories/trail.js';
import type { Answer, Problem } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let editor: SignedIn;
let admin: SignedIn;
let clerk: SignedIn;
/** 音更町, of 北海道町村会: confirmed by its clerk. */
let confirmed: TestRegistration;

const HOKKAIDO = '010006';
const NARA = '290009';

beforeAll(async () => {
  portal = await startTestPortal();
  editor = await signInStaff(portal, ['editor']);
  admin = await signInStaff(portal, ['admin']);
  confirmed = await createRegistration(portal, CODES.otofuke);
  // 十津川村, of 奈良県町村会: never; 檮原町, of no association: long ago.
  await createRegistration(portal, CODES.totsukawa);
  const old = await createRegistration(portal, CODES.yusuhara);
  clerk = await signInMember(portal, confirmed);
  const path = (id: string): string => `/registrations/${id}/confirmations`;
  await clerk.client.post(path(confirmed.id), { ifMatch: 1 });
  await (await signInMember(portal, old)).client.post(path(old.id), { ifMatch: 1 });
  await makeOlder(old.id, `interval '18 months'`);
  // What ended long ago is no part of it, nor are those who left.
  const gone = await createRegistration(portal, CODES.takasaki, buildDocument('t.takasaki.example'));
  await write(
    `UPDATE registration SET status = 'withdrawn', withdrawn_at = now(), withdrawn_reason = 'x' WHERE id = $1`,
    [gone.id],
  );
});
afterAll(() => portal.close());

const write = (sql: string, parameters: readonly unknown[] = []): Promise<number> =>
  portal.app.get(Database).asSystem('test', (tx) => tx.execute(sql, parameters));

async function makeOlder(id: string, by: string): Promise<void> {
  await write(`UPDATE registration SET last_confirmed_at = last_confirmed_at - ${by} WHERE id = $1`, [id]);
  await write(`UPDATE field_freshness SET confirmed_at = confirmed_at - ${by} WHERE registration_id = $1`, [
    id,
  ]);
}

const summary = async (query = '', who = editor): Promise<FreshnessSummaryResponse> =>
  (await who.client.get<FreshnessSummaryResponse>(`/freshness/summary${query}`)).body;
const course = (query = ''): Promise<Answer<FreshnessCourseResponse & Partial<Problem>>> =>
  editor.client.get(`/freshness/course${query}`);

async function setFreshMonths(freshMonths: number): Promise<void> {
  const {
    version,
    changedAt: _at,
    changedByName: _by,
    ...body
  } = (await admin.client.get<SettingsResponse>('/settings')).body;
  const set = await admin.client.put('/settings', { body: { ...body, freshMonths }, ifMatch: version });
  expect(set.status).toBe(200);
}

const counts = (total: number, fresh: number, stale: number, unknown: number): object => ({
  total,
  fresh,
  stale,
  unknown,
});

describe('the summary', () => {
  it('counts active registrations by when all of each was confirmed; never is not long ago', async () => {
    const { registrations, freshMonths, freshSince, countedAt } = await summary();
    expect(registrations).toEqual(counts(3, 1, 1, 1));
    expect(freshMonths).toBe(12);
    const [{ since } = { since: null }] = await rowsOf<{ since: Date }>(
      portal,
      `SELECT ((now() AT TIME ZONE 'Asia/Tokyo')::date - interval '12 months') AT TIME ZONE 'Asia/Tokyo' AS since`,
    );
    expect(freshSince).toBe(since?.toISOString());
    expect(Date.parse(String(countedAt))).toBeGreaterThan(Date.parse(String(freshSince)));
  });

  it('has all 47 prefectures and 13 associations, also those without a registration', async () => {
    const { byPrefecture, byAssociation } = await summary();
    expect(byPrefecture).toHaveLength(47);
    expect(byPrefecture.map(({ code }) => code)).toEqual(
      byPrefecture.map(({ code }) => code).toSorted((a, b) => a.localeCompare(b)),
    );
    expect(byPrefecture[0]).toEqual({ code: HOKKAIDO, name: '北海道', ...counts(1, 1, 0, 0) });
    expect(byPrefecture.find(({ name }) => name === '高知県')).toMatchObject(counts(1, 0, 1, 0));
    expect(byPrefecture.find(({ name }) => name === '群馬県')).toMatchObject(counts(0, 0, 0, 0));
    expect(byAssociation).toHaveLength(13);
    expect(byAssociation.find(({ id }) => id === 'nara-choson')).toEqual({
      id: 'nara-choson',
      name: '奈良県町村会',
      ...counts(1, 0, 0, 1),
    });
  });

  it('counts of fields those that hold something today, each by its own freshness', async () => {
    const { byField, fields } = await summary();
    expect(byField).toHaveLength(14);
    const of = (name: string): object => byField.find(({ field }) => field === name) ?? {};
    expect(of('mainPhone')).toEqual({ field: 'mainPhone', label: '代表電話', ...counts(3, 1, 1, 1) });
    expect(of('department.email')).toMatchObject({ label: '所属アドレス', ...counts(3, 1, 1, 1) });
    // Nobody has a fax number; of two people each, one has a title.
    expect(of('department.fax')).toMatchObject(counts(0, 0, 0, 0));
    expect(of('contact.name')).toMatchObject({ label: '担当者の氏名', ...counts(6, 2, 2, 2) });
    expect(of('contact.title')).toMatchObject(counts(3, 1, 1, 1));
    expect(fields.total).toBe(byField.reduce((sum, { total }) => sum + total, 0));
  });

  it('knows of one field that it was confirmed, though nobody has said so of the whole', async () => {
    const one = `/departments/${confirmed.document.primaryDepartmentId}/phone`;
    await write(
      `UPDATE field_freshness SET confirmed_at = now() - interval '3 years' WHERE registration_id = $1 AND pointer = $2`,
      [confirmed.id, one],
    );
    const { byField, registrations } = await summary();
    expect(registrations).toEqual(counts(3, 1, 1, 1));
    expect(byField.find(({ field }) => field === 'department.phone')).toMatchObject(counts(3, 0, 2, 1));
    await write(
      `UPDATE field_freshness SET confirmed_at = now() WHERE registration_id = $1 AND pointer = $2`,
      [confirmed.id, one],
    );
  });

  it('is about one prefecture or one association where it is asked so, in everything', async () => {
    const hokkaido = await summary(`?prefecture=${HOKKAIDO}`);
    expect(hokkaido.registrations).toEqual(counts(1, 1, 0, 0));
    expect(hokkaido.byPrefecture.map(({ code }) => code)).toEqual([HOKKAIDO]);
    expect(hokkaido.byAssociation.map(({ id }) => id)).toEqual(['hokkaido-choson']);
    expect(hokkaido.byField[0]).toMatchObject(counts(1, 1, 0, 0));
    const nara = await summary('?association=nara-choson');
    expect(nara.registrations).toEqual(counts(1, 0, 0, 1));
    expect(nara.byPrefecture.map(({ code }) => code)).toEqual([NARA]);
    expect((await summary('?prefecture=990000')).registrations).toEqual(counts(0, 0, 0, 0));
  });

  it('is for all of the staff and no member', async () => {
    expect((await clerk.client.get('/freshness/summary')).status).toBe(403);
    expect((await clerk.client.get('/freshness/course')).status).toBe(403);
    for (const role of ['reviewer', 'admin'] as const) {
      const { client } = await signInStaff(portal, [role]);
      expect((await client.get('/freshness/summary')).status).toBe(200);
    }
  });
});

describe('what counts as fresh', () => {
  it('is the setting, for the summary, the list and the registration alike, a day counted for all of it', async () => {
    const list = async (freshness: string): Promise<RegistrationPage> =>
      (await editor.client.get<RegistrationPage>(`/registrations?freshness=${freshness}`)).body;
    expect((await list('stale')).items.map(({ municipalityCode }) => municipalityCode)).toEqual([
      CODES.yusuhara,
    ]);
    await setFreshMonths(18);
    expect((await summary()).registrations).toEqual(counts(3, 2, 0, 1));
    const fresh = await list('fresh');
    expect(fresh.freshMonths).toBe(18);
    expect(fresh.items.map(({ freshness }) => freshness)).toEqual(['fresh', 'fresh']);
    const own = (await clerk.client.get<RegistrationResponse>(`/registrations/${confirmed.id}`)).body;
    expect(own.freshMonths).toBe(18);
    expect(own.freshSince).toBe((await summary()).freshSince);
    await setFreshMonths(17);
    expect((await list('stale')).total).toBe(1);
    await setFreshMonths(12);
  });

  it('is known to other rooms, as are the working days', async () => {
    const settings = portal.app.get(OfficeSettingsService);
    const months = await portal.app.get(Database).asSystem('test', (tx) => settings.freshMonths(tx));
    expect(months).toBe(12);
  });
});

describe('the course', () => {
  it('is recorded once a day, whichever process comes first', async () => {
    await Promise.all([runJobs(portal), runJobs(portal), runJobs(portal)]);
    await runJobs(portal);
    const [row] = await rowsOf(
      portal,
      `SELECT count(*)::int AS rows, count(DISTINCT taken_on)::int AS days,
              bool_and(taken_on = today_in_tokyo()) AS today FROM freshness_snapshot`,
    );
    // All of them, 47 prefectures, 13 associations, and the 13 kinds of field that hold something.
    expect(row).toEqual({ rows: 1 + 47 + 13 + 13, days: 1, today: true });
  });

  it('is what was counted', async () => {
    const { body } = await course();
    const { registrations } = await summary();
    expect(body).toMatchObject({ step: 'week', missedDays: 0, recordedSince: body.to });
    expect(body.points).toEqual([{ on: body.to, freshMonths: 12, ...registrations }]);
    expect((await course(`?prefecture=${NARA}`)).body.points[0]).toMatchObject(counts(1, 0, 0, 1));
    expect((await course('?association=hokkaido-choson')).body.points[0]).toMatchObject(counts(1, 1, 0, 0));
    expect((await course('?field=contact.name')).body.points[0]).toMatchObject(counts(6, 2, 2, 2));
    expect((await course('?field=department.fax')).body.points[0]).toMatchObject(counts(0, 0, 0, 0));
  });

  it('takes the last day of each week, and says of how many days nothing is known', async () => {
    const today = (await course()).body.to;
    await write(
      `INSERT INTO freshness_snapshot (scope, key, taken_on, fresh_months, total, fresh, stale, unknown)
       SELECT 'all', '', today_in_tokyo() - ago, 6, ago, 0, ago, 0 FROM generate_series(1, 40) ago
        WHERE ago NOT BETWEEN 8 AND 20`,
    );
    const { points, missedDays, recordedSince } = (await course()).body;
    expect(points.map(({ total }) => total)).toEqual([35, 28, 21, 7, 3]);
    expect([points.at(-1)?.on, points.at(-1)?.freshMonths, points[0]?.freshMonths]).toEqual([today, 12, 6]);
    expect(missedDays).toBe(13);
    expect(recordedSince).toBe(dayBefore(today, 40));
    const days = (await course(`?from=${dayBefore(today, 9)}`)).body;
    expect(days.step).toBe('day');
    expect(days.points).toHaveLength(8);
    expect(days.missedDays).toBe(2);
  });

  it.each([
    ['?from=2026-02-30', '/from date'],
    ['?from=2020-01-01', '/from period-too-long'],
    ['?from=2026-05-01&to=2026-04-30', '/to period'],
    ['?field=email', '/field not-allowed'],
    ['?prefecture=13', '/prefecture format'],
    ['?prefecture=010006&association=nara-choson', '/association one-only'],
  ])('refuses %s', async (query, flaw) => {
    const { status, body } = await course(query);
    expect([status, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
      422,
      flaw,
    ]);
  });

  it('is written by the portal alone, never altered, and read by no member', async () => {
    const database = portal.app.get(Database);
    const insert = `INSERT INTO freshness_snapshot (scope, key, taken_on, fresh_months, total, fresh, stale, unknown)
                    VALUES ('all', '', '2020-01-01', 12, 0, 0, 0, 0)`;
    const run = (who: SignedIn, sql: string) =>
      database.transaction(who.viewer, 'session.use', (tx) => tx.query(sql));
    await expect(run(admin, insert)).rejects.toThrow(/row-level security/);
    await expect(run(clerk, insert)).rejects.toThrow(/row-level security/);
    expect(await run(clerk, 'SELECT * FROM freshness_snapshot')).toEqual([]);
    expect(await run(editor, 'SELECT FROM freshness_snapshot LIMIT 1')).toHaveLength(1);
    await expect(write('UPDATE freshness_snapshot SET fresh = 0')).rejects.toThrow(/permission denied/);
    await expect(write('DELETE FROM freshness_snapshot')).rejects.toThrow(/permission denied/);
  });
});

function dayBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
