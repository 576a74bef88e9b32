import type { AccountResponse, SignedInResponse } from '../../src/accounts/sessions.dto.js';
import type { ChallengeResponse } from '../../src/sign-in/sign-in.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
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

const KIND = 'sign-in.sign-in-code';

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
    const answers = await Promise.all(Array.from({ length: 20 }, () => typeCode(client, id, code)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 401),
    ]);
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

  it('is told to wait after five codes from one place, also where the mailbox is not registered', async () => {
    const other = await createRegistration(portal, '016322', buildDocument('flood.example'));
    for (const email of [other.mailbox, 'nobody@flood.example']) {
      const client = new Client(portal);
      const answers: Answer<Problem>[] = [];
      for (let i = 0; i < 7; i += 1) answers.push(await client.post('/auth/challenges', { body: { email } }));
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 429, 429]);
      expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(60);
    }
    expect((await queuedMails(portal)).filter(({ recipient }) => recipient === other.mailbox)).toHaveLength(
      5,
    );
  });
});
