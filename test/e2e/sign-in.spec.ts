import type {
  AccountResponse,
  ChallengeResponse,
  SignedInResponse,
} from '../../src/accounts/accounts.dto.js';
import { InvitationsService } from '../../src/accounts/invitations.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { Codes } from '../../src/platform/mail/codes.js';
import { CODE_SLOT } from '../../src/platform/outbox/message.js';
import { signInMember, signInStaff } from '../factories/people.js';
import {
  buildDocument,
  CODES,
  createRegistration,
  type TestRegistration,
} from '../factories/registrations.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let registration: TestRegistration;

beforeAll(async () => {
  portal = await startTestPortal();
  registration = await createRegistration(portal, CODES.otofuke);
});
afterAll(() => portal.close());

const KIND = 'accounts.sign-in-code';

async function askForCode(client: Client, email: string): Promise<{ id: string; code: string }> {
  const { body } = await client.post<ChallengeResponse>('/auth/challenges', { body: { email } });
  return { id: body.challengeId, code: await mailedCode(portal, KIND, email.toLowerCase()) };
}

const typeCode = <T = SignedInResponse & Partial<Problem>>(
  client: Client,
  id: string,
  code: string,
  extra: object = {},
): Promise<Answer<T>> =>
  client.post<T>(`/auth/challenges/${id}/verify`, { body: { code, operatorName: '小野寺 真理', ...extra } });

const sql = (statement: string, parameters: unknown[] = []): Promise<number> =>
  portal.app.get(Database).asSystem('test', (tx) => tx.execute(statement, parameters));

describe('a member', () => {
  it('signs in with the mailed code, however it is typed, and is who they say they are', async () => {
    const client = new Client(portal);
    const { id, code } = await askForCode(client, registration.mailbox.toUpperCase());
    const signedIn = await typeCode(client, id, ` ${code.slice(0, 4)}　${code.slice(4)} `);
    expect(signedIn.status).toBe(200);
    expect(signedIn.body).toMatchObject({
      expiresIn: 300,
      account: {
        kind: 'member',
        email: registration.mailbox,
        name: '小野寺 真理',
        roles: ['member'],
        registrationId: registration.id,
        municipality: '北海道音更町',
      },
    });
    client.token = signedIn.body.accessToken;
    expect((await client.get<AccountResponse>('/me')).body).toEqual(signedIn.body.account);
  });

  it('may use the mailbox of a person as well as that of the department', async () => {
    const client = new Client(portal);
    const { id, code } = await askForCode(client, 'takasaki@t016314.example');
    expect((await typeCode(client, id, code)).status).toBe(200);
  });

  it('uses a code once, also when it is sent twenty times at once', async () => {
    const client = new Client(portal);
    const { id, code } = await askForCode(client, registration.mailbox);
    const answers = await Promise.all(Array.from({ length: 5 }, () => typeCode(client, id, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await typeCode(client, id, code)).status).toBe(401);
  });

  it('has five tries at a code, and an older code still works', async () => {
    const client = new Client(portal);
    const older = await askForCode(client, registration.mailbox);
    const newer = await askForCode(client, registration.mailbox);
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await typeCode(client, newer.id, '00000000')).body.code).toBe('sign-in-failed');
    }
    expect((await typeCode(client, newer.id, newer.code)).status).toBe(401);
    expect((await typeCode(client, older.id, older.code)).status).toBe(200);
  });

  it('has to use the browser that asked', async () => {
    const { id, code } = await askForCode(new Client(portal), registration.mailbox);
    expect((await typeCode(new Client(portal), id, code)).status).toBe(401);
  });

  it('cannot use a code after its time, or after the mailbox left the registration', async () => {
    const client = new Client(portal);
    const late = await askForCode(client, registration.mailbox);
    await sql('UPDATE sign_in_challenge SET expires_at = now() WHERE id = $1', [late.id]);
    expect((await typeCode(client, late.id, late.code)).status).toBe(401);

    const other = await createRegistration(portal, CODES.totsukawa);
    const gone = await askForCode(client, other.mailbox);
    await sql('UPDATE department SET email = $2 WHERE registration_id = $1', [
      other.id,
      'next@t294497.example',
    ]);
    expect((await typeCode(client, gone.id, gone.code)).status).toBe(401);
  });

  it('is asked which municipality, where the mailbox serves two', async () => {
    const shared = (code: string): Promise<TestRegistration> => {
      const document = buildDocument('shared.example');
      return createRegistration(portal, code, { ...document, contacts: [] });
    };
    const [first, second] = [await shared(CODES.yusuhara), await shared(CODES.takasaki)];
    const client = new Client(portal);
    const { id, code } = await askForCode(client, 'kikaku@shared.example');
    const asked = await typeCode<Problem>(client, id, code);
    expect(asked.body).toMatchObject({
      code: 'choose-registration',
      registrations: [
        { registrationId: second.id, municipality: '群馬県高崎市' },
        { registrationId: first.id, municipality: '高知県檮原町' },
      ],
    });
    expect((await typeCode(client, id, code, { registrationId: registration.id })).status).toBe(401);
    const chosen = await typeCode(client, id, code, { registrationId: first.id });
    expect(chosen.body.account.municipality).toBe('高知県檮原町');
  });

  it('gets the same answer for a mailbox that is not registered, and no mail goes out', async () => {
    const before = (await queuedMails(portal)).length;
    const client = new Client(portal);
    const unknown = await client.post<ChallengeResponse>('/auth/challenges', {
      body: { email: 'nobody@x.example' },
    });
    expect([unknown.status, Object.keys(unknown.body)]).toEqual([202, ['challengeId', 'expiresAt']]);
    expect((await queuedMails(portal)).length).toBe(before);
    expect((await typeCode(client, unknown.body.challengeId, '00000000')).status).toBe(401);
  });

  it('is not mailed more than five codes at a time', async () => {
    const other = await createRegistration(portal, '016322', buildDocument('flood.example'));
    const client = new Client(portal);
    let last = '';
    for (let i = 0; i < 8; i += 1) {
      const asked = await client.post<ChallengeResponse>('/auth/challenges', {
        body: { email: other.mailbox },
      });
      expect(asked.status).toBe(202);
      last = asked.body.challengeId;
    }
    // Nobody can know the code of one that was not mailed, and so nobody may guess at it either.
    expect((await typeCode(client, last, portal.app.get(Codes).derive('sign-in', last))).status).toBe(401);
    expect((await queuedMails(portal)).filter(({ recipient }) => recipient === other.mailbox)).toHaveLength(
      5,
    );
  });
});

describe('a member of staff', () => {
  const password = '長い合言葉は忘れにくいものですね';

  it('is invited, sets a password with the mailed code, and signs in with it', async () => {
    const email = 'nakamura@council.example';
    await portal.app
      .get(InvitationsService)
      .invite({ email, name: '中邨 彩葉', roles: ['reviewer', 'admin'] });
    const client = new Client(portal);
    const early = await client.post('/auth/password', { body: { email, password } });
    expect(early.body.code).toBe('sign-in-failed');

    const mail = (await queuedMails(portal)).findLast(({ recipient }) => recipient === email);
    const number = /番号\s+(\d{3} \d+)/u.exec(mail?.body ?? '')?.[1] ?? '';
    const code = await mailedCode(portal, 'accounts.staff-invitation', email);
    const accept = `/auth/invitations/${encodeURIComponent(number)}/accept`;
    const short = await client.post(accept, { body: { code, password: '短い' } });
    expect(short.body.errors?.[0]?.pointer).toBe('/password');
    expect((await client.post(accept, { body: { code: '000000000000', password } })).body.code).toBe(
      'wrong-code',
    );
    expect((await client.post(accept, { body: { code, password } })).status).toBe(204);
    expect((await client.post(accept, { body: { code, password } })).body.code).toBe('wrong-code');

    const wrong = await client.post('/auth/password', { body: { email, password: `${password}。` } });
    expect(wrong.body.code).toBe('sign-in-failed');
    const right = await client.post<SignedInResponse>('/auth/password', { body: { email, password } });
    expect(right.body.account).toMatchObject({
      kind: 'staff',
      name: '中邨 彩葉',
      roles: ['reviewer', 'admin'],
    });
  });

  it('is invited again with other roles, and only the first of two codes sets the password', async () => {
    const email = 'sasahara@council.example';
    const invitations = portal.app.get(InvitationsService);
    await invitations.invite({ email, name: '笹原', roles: ['admin'] });
    const first = (await queuedMails(portal)).findLast(({ recipient }) => recipient === email);
    await invitations.invite({ email, name: '笹原 涼香', roles: ['editor'] });
    const second = (await queuedMails(portal)).findLast(({ recipient }) => recipient === email);
    const client = new Client(portal);
    const accept = async (mail: typeof first, typed: string): Promise<number> => {
      const number = /番号\s+(\d{3} \d+)/u.exec(mail?.body ?? '')?.[1] ?? '';
      const code = portal.app.get(Codes).derive('staff-invitation', mail?.codeChallengeId ?? '');
      const path = `/auth/invitations/${encodeURIComponent(number)}/accept`;
      return (await client.post(path, { body: { code, password: typed } })).status;
    };
    expect(await accept(first, password)).toBe(204);
    expect(await accept(second, `${password}、別の`)).toBe(422);
    const signedIn = await client.post<SignedInResponse>('/auth/password', { body: { email, password } });
    expect(signedIn.body.account).toMatchObject({ name: '笹原 涼香', roles: ['editor'] });
  });

  it('is dead at once when the account is disabled or loses the role', async () => {
    const { client, viewer } = await signInStaff(portal, ['reviewer']);
    expect((await client.get('/registrations')).status).toBe(200);
    await sql(
      `UPDATE account SET roles = '{editor}' WHERE id = (SELECT account_id FROM session WHERE id = $1)`,
      [viewer.sessionId],
    );
    // The token still says reviewer; the row doesn't.
    expect((await client.post('/registrations', { body: {} })).status).toBe(422);
    const create = await client.post('/change-requests/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e/approve', {
      ifMatch: 1,
    });
    expect(create.body.code).toBe('forbidden');
    await sql(
      `UPDATE account SET status = 'disabled' WHERE id = (SELECT account_id FROM session WHERE id = $1)`,
      [viewer.sessionId],
    );
    expect((await client.get('/registrations')).body.code).toBe('session-ended');
  });
});

describe('a session', () => {
  const own = { 'x-renkei-request': '1' };

  it('gives a fresh token for its cookie, to the own page only', async () => {
    const { client } = await signInMember(portal, registration);
    expect((await client.post('/auth/refresh')).body.code).toBe('foreign-origin');
    const foreign = { ...own, origin: 'https://evil.example' };
    expect((await client.post('/auth/refresh', { headers: foreign })).body.code).toBe('foreign-origin');
    const fresh = await client.post<SignedInResponse>('/auth/refresh', {
      headers: { ...own, origin: portal.settings.publicUrl },
    });
    expect(fresh.status).toBe(200);
    client.token = fresh.body.accessToken;
    expect((await client.get('/me')).status).toBe(200);
  });

  it('ends by signing out, here or everywhere, and its tokens with it', async () => {
    const first = await signInMember(portal, registration);
    const second = await signInMember(portal, registration);
    const third = await signInMember(portal, registration);
    expect((await first.client.post('/auth/logout', { headers: own })).status).toBe(204);
    expect((await first.client.get('/me')).body.code).toBe('session-ended');
    expect((await second.client.get('/me')).status).toBe(200);
    const everywhere = await second.client.post('/auth/logout', { headers: own, body: { everywhere: true } });
    expect(everywhere.headers.get('clear-site-data')).toContain('cookies');
    expect((await third.client.get('/me')).body.code).toBe('session-ended');
    expect((await new Client(portal).post('/auth/logout', { headers: own })).status).toBe(204);
  });

  it('that has ended ends no other', async () => {
    const ended = await signInMember(portal, registration);
    await ended.client.post('/auth/logout', { headers: own });
    const other = await signInMember(portal, registration);
    ended.client.cookies.set('renkei_session', ended.cookie);
    await ended.client.post('/auth/logout', { headers: own, body: { everywhere: true } });
    expect((await other.client.get('/me')).status).toBe(200);
  });

  it.each([
    ['an hour of silence', `last_seen_at = now() - interval '61 minutes'`],
    ['a day', 'expires_at = now()'],
  ])('ends after %s, by the clock of the database', async (_what, change) => {
    const { client, viewer } = await signInMember(portal, registration);
    // The portal itself may not move a session's end; the test may.
    await withConnection(portal.database.adminUrl, (admin) =>
      admin.query(`UPDATE session SET ${change} WHERE id = $1`, [viewer.sessionId]),
    );
    expect((await client.get('/me')).body.code).toBe('session-ended');
    expect((await client.post('/auth/refresh', { headers: own })).body.code).toBe('session-ended');
  });

  it('keeps neither its token nor a code in the database', async () => {
    const client = new Client(portal);
    const { id, code } = await askForCode(client, 'takasaki@t016314.example');
    await typeCode(client, id, code);
    const token = client.cookies.get('renkei_session');
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = await portal.app.get(Database).asSystem('test', (tx) =>
      tx.query<{ text: string }>(
        `SELECT s::text AS text FROM session s UNION ALL SELECT c::text FROM sign_in_challenge c
         UNION ALL SELECT m::text FROM outbox_message m UNION ALL SELECT a::text FROM audit_event a
         UNION ALL SELECT p::text FROM audit_personal p`,
      ),
    );
    const everything = rows.map(({ text }) => text).join('\n');
    expect(everything).toContain(CODE_SLOT);
    for (const secret of [code, `${code.slice(0, 4)} ${code.slice(4)}`, token]) {
      expect(everything).not.toContain(secret);
    }
  });

  it('is needed: no token, a broken one and a stranger’s are answered alike', async () => {
    for (const token of [null, 'nonsense', 'a.b.c']) {
      const client = new Client(portal);
      client.token = token;
      const answer = await client.get('/me');
      expect([answer.status, answer.body.code]).toEqual([401, 'invalid-token']);
    }
  });
});
