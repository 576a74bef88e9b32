import type { SignedInResponse } from '../../src/accounts/sessions.dto.js';
import type {
  FactorList,
  FactorSetupResponse,
  RecoveryCodesResponse,
} from '../../src/credentials/credentials.dto.js';
import { Totp } from '../../src/credentials/totp.js';
import { Database } from '../../src/platform/database/database.service.js';
import { createStaff, enterPassword, PASSWORD, signInAs, signInStaff, totpOf } from '../factories/people.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.close());

const own = { 'x-renkei-request': '1' };

const sql = (statement: string, parameters: unknown[] = []): Promise<number> =>
  portal.app.get(Database).asSystem('test', (tx) => tx.execute(statement, parameters));

const mailsTo = async (email: string): Promise<string[]> =>
  (await queuedMails(portal)).filter(({ recipient }) => recipient === email).map(({ subject }) => subject);

describe('stepping up', () => {
  const grow = (sessionId: string): Promise<number> =>
    sql(`UPDATE session SET stepped_up_at = now() - interval '11 minutes' WHERE id = $1`, [sessionId]);

  it('opens for ten minutes what takes a fresh second factor, and gives another cookie', async () => {
    const { client, viewer, person, cookie } = await signInStaff(portal, ['reviewer']);
    await grow(viewer.sessionId);
    expect((await client.post('/me/recovery-codes')).body.code).toBe('step-up-needed');
    expect((await client.post('/auth/step-up', { body: { totp: '123456' } })).body.code).toBe(
      'foreign-origin',
    );
    expect((await client.post('/auth/step-up', { headers: own, body: {} })).status).toBe(422);
    const wrong = await client.post('/auth/step-up', { headers: own, body: { totp: '000000' } });
    expect([wrong.status, wrong.body.errors?.[0]?.pointer]).toEqual([422, '/totp']);
    const body = { totp: await totpOf(portal, person) };
    const up = await client.post<SignedInResponse>('/auth/step-up', { headers: own, body });
    expect([up.status, up.body.account.email]).toEqual([200, person.email]);
    expect(client.cookies.get('renkei_session')).not.toBe(cookie);
    expect((await client.post('/me/recovery-codes')).status).toBe(201);
    const stolen = new Client(portal);
    stolen.cookies.set('renkei_session', cookie);
    expect((await stolen.post('/auth/refresh', { headers: own })).body.code).toBe('session-ended');
    expect((await client.post('/auth/refresh', { headers: own })).status).toBe(200);
  });

  it('takes the session’s own cookie: a stolen access token becomes no session', async () => {
    const { client, person } = await signInStaff(portal, ['reviewer']);
    const thief = new Client(portal);
    thief.token = client.token;
    const body = { totp: await totpOf(portal, person) };
    expect((await thief.post('/auth/step-up', { headers: own, body })).body.code).toBe('session-ended');
    const other = await signInStaff(portal, ['reviewer']);
    thief.cookies.set('renkei_session', other.cookie);
    expect((await thief.post('/auth/step-up', { headers: own, body })).body.code).toBe('session-ended');
    expect(thief.cookies.get('renkei_session')).toBe(other.cookie);
    expect((await client.post('/auth/step-up', { headers: own, body })).status).toBe(200);
  });

  it('has few tries, which belong to the account', async () => {
    const { client, person } = await signInStaff(portal, ['reviewer']);
    const tries: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      const { status } = await client.post('/auth/step-up', { headers: own, body: { totp: '000000' } });
      tries.push(status);
    }
    expect(tries).toEqual([422, 422, 422, 422, 422, 429, 429]);
    const [noted] = await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.query<object>(
          `SELECT count(*)::int AS n FROM audit_event WHERE type = 'sign-in.failed' AND subject_id = $1`,
          [person.accountId],
        ),
      );
    expect(noted).toEqual({ n: 5 });
    const elsewhere = await signInAs(portal, person, ['reviewer']);
    const body = { totp: await totpOf(portal, person) };
    expect((await elsewhere.client.post('/auth/step-up', { headers: own, body })).status).toBe(429);
  });
});

describe("one's own factors", () => {
  it('may be several; a change ends other sessions and is mailed; one has to stay', async () => {
    const { client, person } = await signInStaff(portal, ['editor']);
    const other = await signInAs(portal, person, ['editor']);
    const { body: added } = await client.post<FactorSetupResponse>('/me/factors', {
      body: { name: '予備の端末' },
    });
    expect((await other.client.get('/me')).status).toBe(200);
    // It counts for nothing before its first code.
    const now = await portal.app.get(Database).asSystem('test', async (tx) => tx.now.getTime());
    const totp = portal.app.get(Totp).codeAt(added.id, now);
    expect(
      (await enterPassword(new Client(portal), { email: person.email, password: PASSWORD, totp })).status,
    ).toBe(401);
    const wrong = await client.post(`/me/factors/${added.id}/confirm`, { body: { totp: '000000' } });
    expect(wrong.body.errors?.[0]?.pointer).toBe('/totp');
    const confirmed = await client.post<FactorList>(`/me/factors/${added.id}/confirm`, { body: { totp } });
    expect(confirmed.body.items).toMatchObject([
      { id: person.factorId, confirmed: true },
      { id: added.id, name: '予備の端末', confirmed: true },
    ]);
    expect((await other.client.get('/me')).body.code).toBe('session-ended');
    expect(await mailsTo(person.email)).toEqual(['【特別区全国連携】ログイン方法の変更のお知らせ']);

    const next = portal.app.get(Totp).codeAt(added.id, now + 30_000);
    expect(
      (await enterPassword(new Client(portal), { email: person.email, password: PASSWORD, totp: next }))
        .status,
    ).toBe(200);
    expect((await client.delete(`/me/factors/${person.factorId}`)).status).toBe(204);
    expect((await client.delete(`/me/factors/${added.id}`)).body.code).toBe('last-factor');
    const gone = { email: person.email, password: PASSWORD, totp: await totpOf(portal, person) };
    expect((await enterPassword(new Client(portal), gone)).status).toBe(401);
  });

  it("are nobody else's", async () => {
    const { client } = await signInStaff(portal, ['admin']);
    const other = await createStaff(portal, ['reviewer']);
    expect((await client.delete(`/me/factors/${other.factorId}`)).status).toBe(404);
    const confirm = await client.post(`/me/factors/${other.factorId}/confirm`, { body: { totp: '000000' } });
    expect(confirm.status).toBe(404);
  });

  it('have ten recovery codes, each good once, and new ones in place of the old', async () => {
    const { client, person } = await signInStaff(portal, ['reviewer']);
    const { body: old } = await client.post<RecoveryCodesResponse>('/me/recovery-codes');
    const { body: fresh } = await client.post<RecoveryCodesResponse>('/me/recovery-codes');
    const enter = async (recoveryCode: string | undefined): Promise<number> =>
      (await enterPassword(new Client(portal), { email: person.email, password: PASSWORD, recoveryCode }))
        .status;
    expect(await enter(old.codes[0])).toBe(401);
    const atOnce = await Promise.all(Array.from({ length: 4 }, () => enter(fresh.codes[0])));
    expect(atOnce.toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401]);
    expect((await client.get<FactorList>('/me/factors')).body.recoveryCodesLeft).toBe(9);
    expect(await mailsTo(person.email)).toHaveLength(3);
  });

  it('go with a password that is changed by whoever knows the one before', async () => {
    const { client, person } = await signInStaff(portal, ['reviewer']);
    const other = await signInAs(portal, person, ['reviewer']);
    const change = (current: string, password: string): Promise<Answer<Problem>> =>
      client.post('/me/password', { body: { current, password } });
    const next = ' 雨の日は図書館でゆっくり珈琲を飲む ';
    expect((await change('x', next)).body.errors?.[0]?.pointer).toBe('/current');
    expect((await change(PASSWORD, 'aaaaaaaaaaaaaaaa')).body.errors?.[0]?.pointer).toBe('/password');
    expect((await change(PASSWORD, next)).status).toBe(204);
    expect((await other.client.get('/me')).body.code).toBe('session-ended');
    const entered = { email: person.email, totp: await totpOf(portal, person) };
    expect((await enterPassword(new Client(portal), { ...entered, password: next.trim() })).status).toBe(401);
    expect((await enterPassword(new Client(portal), { ...entered, password: next })).status).toBe(200);
  });
});
