import type { RecoveryCodesResponse } from '../../src/credentials/credentials.dto.js';
import { Totp } from '../../src/credentials/totp.js';
import { Database } from '../../src/platform/database/database.service.js';
import { SignInRepository } from '../../src/sign-in/sign-in.repository.js';
import { InvitationsService } from '../../src/staff/invitations.service.js';
import type { InvitationSetupResponse } from '../../src/staff/staff.dto.js';
import {
  createStaff,
  enterPassword,
  PASSWORD,
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
    const signedIn = await enterPassword(client, { email, password: PASSWORD, recoveryCode });
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
    expect((await enterPassword(browser, old)).status).toBe(401);
    expect((await enterPassword(browser, { ...old, password })).status).toBe(401);
    const next = portal.app.get(Totp).codeAt(setup.factorId, now + 30_000);
    expect((await enterPassword(browser, { email: person.email, password, totp: next })).status).toBe(200);
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
      const { status, body } = await enterPassword(client, attempt);
      bodies.push([status, body]);
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject([401, { code: 'sign-in-failed' }]);
    const signedIn = await enterPassword(client, {
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
      const answer = await enterPassword(new Client(portal), body);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/totp']);
    }
  });

  it('with each code once, also when it is sent twenty times at once', async () => {
    const body = { email: person.email, password: PASSWORD, totp: await totpOf(portal, person) };
    const clients = Array.from({ length: 20 }, () => new Client(portal));
    const answers = await Promise.all(clients.map((client) => enterPassword(client, body)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 401),
    ]);
    expect(
      (await enterPassword(new Client(portal), { ...body, totp: await totpOf(portal, person, -1) })).status,
    ).toBe(401);
    // By now codes are refused wherever they come from, but in the browser that has signed in.
    const next = { ...body, totp: await totpOf(portal, person, 1) };
    expect((await enterPassword(new Client(portal), next)).status).toBe(401);
    const known = clients[answers.findIndex(({ status }) => status === 200)] as Client;
    expect((await enterPassword(known, next)).status).toBe(200);
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
        (await enterPassword(new Client(portal), { email: person.email, password: PASSWORD, totp })).status,
      ).toBe(401);
    }
  });

  it('leaves a trail of what failed, but not of addresses that were only typed', async () => {
    await enterPassword(new Client(portal), {
      email: 'ghost@council.example',
      password: PASSWORD,
      totp: '000000',
    });
    await enterPassword(new Client(portal), { email: person.email, password: 'wrong', totp: '000000' });
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
