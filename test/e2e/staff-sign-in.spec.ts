import type { SignedInResponse } from '../../src/accounts/sessions.dto.js';
import type {
  FactorList,
  FactorSetupResponse,
  RecoveryCodesResponse,
} from '../../src/credentials/credentials.dto.js';
import { Totp } from '../../src/credentials/totp.js';
import { Database } from '../../src/platform/database/database.service.js';
import { SignInRepository } from '../../src/sign-in/sign-in.repository.js';
import { InvitationsService } from '../../src/staff/invitations.service.js';
import type { InvitationSetupResponse } from '../../src/staff/staff.dto.js';
import {
  createStaff,
  PASSWORD,
  signInAs,
  signInStaff,
  type StaffPerson,
  totpOf,
} from '../factories/people.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.close());

type SignInAnswer = Answer<SignedInResponse & Partial<Problem>>;

const signIn = (client: Client, body: object): Promise<SignInAnswer> =>
  client.post<SignedInResponse & Partial<Problem>>('/auth/password', { body });

const own = { 'x-renkei-request': '1' };

const sql = (statement: string, parameters: unknown[] = []): Promise<number> =>
  portal.app.get(Database).asSystem('test', (tx) => tx.execute(statement, parameters));

const mailsTo = async (email: string): Promise<string[]> =>
  (await queuedMails(portal)).filter(({ recipient }) => recipient === email).map(({ subject }) => subject);

/** Half minutes ahead of now whose code hasn't been used yet; the window takes one from -1 to 1. */
const forgetStep = ({ factorId }: StaffPerson): Promise<number> =>
  sql('UPDATE staff_factor SET last_step = NULL WHERE id = $1', [factorId]);

describe('an invitation', () => {
  const numberIn = (body: string): string => /番号\s+(\d[\d ]+)$/mu.exec(body)?.[1] ?? '';

  async function invited(email: string): Promise<{ path: string; code: string }> {
    const mail = (await queuedMails(portal)).findLast(({ recipient }) => recipient === email);
    return {
      path: `/auth/invitations/${encodeURIComponent(numberIn(mail?.body ?? ''))}`,
      code: await mailedCode(portal, 'staff.staff-invitation', email),
    };
  }

  it('leads to a password, an authenticator app and ten recovery codes, and then one signs in', async () => {
    const email = 'nakamura@council.example';
    const invitee = { email, name: '中邨 彩葉', roles: ['reviewer', 'admin'] as const };
    await portal.app.get(InvitationsService).invite(invitee);
    const client = new Client(portal);
    const { path, code } = await invited(email);
    expect((await client.post(`${path}/setup`, { body: { code: '000000000000' } })).body.code).toBe(
      'wrong-code',
    );
    const earlier = await client.post<InvitationSetupResponse>(`${path}/setup`, { body: { code } });
    const { body: setup } = await client.post<InvitationSetupResponse>(`${path}/setup`, { body: { code } });
    expect(setup).toMatchObject({ email, qr: expect.stringMatching(/^<svg/) });
    // Whoever read the mail first has a secret that doesn't count.
    expect(setup.secret).not.toBe(earlier.body.secret);

    const now = await portal.app.get(Database).asSystem('test', async (tx) => tx.now.getTime());
    const totp = portal.app.get(Totp).codeAt(setup.factorId, now);
    const { factorId } = setup;
    const accept = (change: object): Promise<Answer<RecoveryCodesResponse & Partial<Problem>>> =>
      client.post(`${path}/accept`, { body: { code, password: PASSWORD, factorId, totp, ...change } });
    expect((await accept({ password: '短い' })).body.errors?.[0]?.pointer).toBe('/password');
    expect((await accept({ password: 'qwertyuiopasdfgh' })).body.errors?.[0]?.code).toBe('common');
    expect((await accept({ password: '特別区全国連携プロジェクト中邨' })).body.errors?.[0]?.code).toBe(
      'own-words',
    );
    expect((await accept({ totp: '000000' })).body.errors?.[0]?.pointer).toBe('/totp');
    expect((await accept({ code: '000000000000' })).body.code).toBe('wrong-code');
    client.network = new Client(portal).network;
    const accepted = await accept({});
    expect(accepted.status).toBe(200);
    expect(new Set(accepted.body.codes).size).toBe(10);
    expect((await accept({})).body.code).toBe('wrong-code');
    expect(await mailsTo(email)).toContain('【特別区全国連携】ログイン方法の変更のお知らせ');

    const [recoveryCode = ''] = accepted.body.codes;
    const signedIn = await signIn(client, { email, password: PASSWORD, recoveryCode });
    expect(signedIn.body.account).toMatchObject({ kind: 'staff', roles: ['reviewer', 'admin'] });
  });

  it('sent again says other roles, and makes those before useless', async () => {
    const email = 'sasahara@council.example';
    const invitations = portal.app.get(InvitationsService);
    await invitations.invite({ email, name: '笹原', roles: ['admin'] });
    const first = await invited(email);
    await invitations.invite({ email, name: '笹原 涼香', roles: ['editor'] });
    const second = await invited(email);
    const client = new Client(portal);
    const accept = async ({ path, code }: { path: string; code: string }): Promise<number> => {
      const setup = await client.post<InvitationSetupResponse>(`${path}/setup`, { body: { code } });
      if (setup.status !== 200) return setup.status;
      const now = await portal.app.get(Database).asSystem('test', async (tx) => tx.now.getTime());
      const totp = portal.app.get(Totp).codeAt(setup.body.factorId, now);
      const body = { code, password: PASSWORD, factorId: setup.body.factorId, totp };
      return (await client.post(`${path}/accept`, { body })).status;
    };
    expect(await accept(second)).toBe(200);
    expect(await accept(first)).toBe(422);
    const [row] = await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.query<object>('SELECT name, roles, status FROM account WHERE email_key = $1', [email]),
      );
    expect(row).toEqual({ name: '笹原 涼香', roles: ['editor'], status: 'active' });
  });

  it('of somebody who is active replaces what they had, and ends their sessions, once it is accepted', async () => {
    const { client, person } = await signInStaff(portal, ['reviewer']);
    await portal.app.get(InvitationsService).reset(person.email);
    expect((await client.get('/me')).status).toBe(200);
    const { path, code } = await invited(person.email);
    const browser = new Client(portal);
    const { body: setup } = await browser.post<InvitationSetupResponse>(`${path}/setup`, { body: { code } });
    const now = await portal.app.get(Database).asSystem('test', async (tx) => tx.now.getTime());
    const totp = portal.app.get(Totp).codeAt(setup.factorId, now);
    const password = '雨の日は図書館でゆっくり珈琲を飲む';
    const body = { code, password, factorId: setup.factorId, totp };
    expect((await browser.post(`${path}/accept`, { body })).status).toBe(200);
    expect((await client.get('/me')).body.code).toBe('session-ended');
    const old = { email: person.email, password: PASSWORD, totp: await totpOf(portal, person) };
    expect((await signIn(browser, old)).status).toBe(401);
    expect((await signIn(browser, { ...old, password })).status).toBe(401);
    const next = portal.app.get(Totp).codeAt(setup.factorId, now + 30_000);
    expect((await signIn(browser, { email: person.email, password, totp: next })).status).toBe(200);
  });
});

describe('a member of staff signs in', () => {
  let person: StaffPerson;
  beforeAll(async () => {
    person = await createStaff(portal, ['reviewer']);
  });
  beforeEach(async () => {
    await forgetStep(person);
    await sql('DELETE FROM rate_limit');
  });

  it('with password and code together, whichever of both is wrong being no matter', async () => {
    const { email } = person;
    const totp = await totpOf(portal, person);
    const attempts: object[] = [
      { email, password: `${PASSWORD}。`, totp },
      { email, password: PASSWORD, totp: '000000' },
      { email, password: PASSWORD, recoveryCode: '000000000000' },
      { email: 'nobody@council.example', password: PASSWORD, totp },
    ];
    const client = new Client(portal);
    const bodies: unknown[] = [];
    for (const attempt of attempts) {
      const { status, body } = await signIn(client, attempt);
      bodies.push([status, body]);
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject([401, { code: 'sign-in-failed' }]);
    const signedIn = await signIn(client, {
      email,
      password: PASSWORD,
      totp: `${totp.slice(0, 3)} ${totp.slice(3)}`,
    });
    expect(signedIn.body.account).toMatchObject({ kind: 'staff', name: '中邨 彩葉', roles: ['reviewer'] });
  });

  it('is asked for one second factor, before anything is looked at', async () => {
    for (const body of [
      { email: person.email, password: PASSWORD },
      { email: 'nobody@council.example', password: 'x' },
      { email: person.email, password: 'x', totp: '123456', recoveryCode: '123456789012' },
    ]) {
      const answer = await signIn(new Client(portal), body);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/totp']);
    }
  });

  it('with each code once, also when it is sent twenty times at once', async () => {
    const body = { email: person.email, password: PASSWORD, totp: await totpOf(portal, person) };
    const clients = Array.from({ length: 20 }, () => new Client(portal));
    const answers = await Promise.all(clients.map((client) => signIn(client, body)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 401),
    ]);
    expect(
      (await signIn(new Client(portal), { ...body, totp: await totpOf(portal, person, -1) })).status,
    ).toBe(401);
    // By now codes are refused wherever they come from, but in the browser that has signed in.
    const next = { ...body, totp: await totpOf(portal, person, 1) };
    expect((await signIn(new Client(portal), next)).status).toBe(401);
    const known = clients[answers.findIndex(({ status }) => status === 200)] as Client;
    expect((await signIn(known, next)).status).toBe(200);
  });

  it('not with a password that was changed while it was being checked', async () => {
    const { app } = portal;
    const before = await app
      .get(Database)
      .asSystem('test', (tx) => app.get(SignInRepository).findAccountByEmail(tx, person.email));
    const isHeld = (): Promise<boolean> =>
      app
        .get(Database)
        .asSystem('test', (tx) => app.get(SignInRepository).lockUnchanged(tx, before as never));
    expect(await isHeld()).toBe(true);
    for (const [change, back] of [
      [`password_hash = 'another'`, `password_hash = '${before?.passwordHash}'`],
      [`status = 'disabled'`, `status = 'active'`],
      [`email = 'moved@x.example'`, `email = '${person.email}'`],
    ]) {
      await sql(`UPDATE account SET ${change} WHERE id = $1`, [person.accountId]);
      expect([change, await isHeld()]).toEqual([change, false]);
      await sql(`UPDATE account SET ${back} WHERE id = $1`, [person.accountId]);
    }
  });

  it('not with the code of another, nor one of yesterday', async () => {
    const other = await createStaff(portal, ['admin']);
    for (const totp of [
      await totpOf(portal, other),
      await totpOf(portal, person, -2880),
      await totpOf(portal, person, 2),
    ]) {
      expect(
        (await signIn(new Client(portal), { email: person.email, password: PASSWORD, totp })).status,
      ).toBe(401);
    }
  });

  it('leaves a trail of what failed, but not of addresses that were only typed', async () => {
    await signIn(new Client(portal), { email: 'ghost@council.example', password: PASSWORD, totp: '000000' });
    await signIn(new Client(portal), { email: person.email, password: 'wrong', totp: '000000' });
    const rows = await portal.app.get(Database).asSystem('test', (tx) =>
      tx.query<{ subject: string; details: object; data: object }>(
        `SELECT e.subject_id AS subject, e.details, p.data
             FROM audit_event e JOIN audit_personal p ON p.event_id = e.id
            WHERE e.type = 'sign-in.failed' ORDER BY e.id DESC`,
      ),
    );
    expect(rows[0]).toEqual({
      subject: person.accountId,
      details: { method: 'password', by: 'sign-in' },
      data: { mailbox: person.email },
    });
    expect(JSON.stringify(rows)).not.toContain('ghost');
  });

  it('is dead at once when the account is disabled or loses the role', async () => {
    const { client, viewer } = await signInStaff(portal, ['reviewer']);
    expect((await client.get('/registrations')).status).toBe(200);
    const account = `(SELECT account_id FROM session WHERE id = $1)`;
    await sql(`UPDATE account SET roles = '{editor}' WHERE id = ${account}`, [viewer.sessionId]);
    // The token still says reviewer; the row doesn't.
    const path = '/change-requests/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e/approve';
    expect((await client.post(path, { ifMatch: 1 })).body.code).toBe('forbidden');
    await sql(`UPDATE account SET status = 'disabled' WHERE id = ${account}`, [viewer.sessionId]);
    expect((await client.get('/registrations')).body.code).toBe('session-ended');
  });
});

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
    expect((await signIn(new Client(portal), { email: person.email, password: PASSWORD, totp })).status).toBe(
      401,
    );
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
      (await signIn(new Client(portal), { email: person.email, password: PASSWORD, totp: next })).status,
    ).toBe(200);
    expect((await client.delete(`/me/factors/${person.factorId}`)).status).toBe(204);
    expect((await client.delete(`/me/factors/${added.id}`)).body.code).toBe('last-factor');
    const gone = { email: person.email, password: PASSWORD, totp: await totpOf(portal, person) };
    expect((await signIn(new Client(portal), gone)).status).toBe(401);
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
      (await signIn(new Client(portal), { email: person.email, password: PASSWORD, recoveryCode })).status;
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
    expect((await signIn(new Client(portal), { ...entered, password: next.trim() })).status).toBe(401);
    expect((await signIn(new Client(portal), { ...entered, password: next })).status).toBe(200);
  });
});
