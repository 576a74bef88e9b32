import type { SignedInResponse } from '../../src/accounts/sessions.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Codes } from '../../src/platform/mail/codes.js';
import type { ChallengeResponse } from '../../src/sign-in/sign-in.dto.js';
import { createStaff, PASSWORD, totpOf } from '../factories/people.js';
import {
  buildDocument,
  CODES,
  createRegistration,
  type TestRegistration,
} from '../factories/registrations.js';
import { type Answer, Client, type Problem, somewhere } from '../setup/client.js';
import { type PortalProcess, Processes } from '../setup/processes.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Guessing and flooding, against two processes on one database. */
let portal: TestPortal;
let processes: Processes;
let other: PortalProcess;
let registration: TestRegistration;

beforeAll(async () => {
  portal = await startTestPortal();
  processes = await Processes.beside(portal);
  other = await processes.start({ WORKER: 'off', TRUSTED_PROXIES: '127.0.0.1' });
  registration = await createRegistration(portal, CODES.otofuke);
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});
afterEach(() => portal.app.get(Database).asSystem('test', (tx) => tx.execute('DELETE FROM rate_limit')));

const tally = (answers: readonly { status: number }[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

async function askForCode(client: Client, email: string): Promise<{ path: string; code: string }> {
  const { body } = await client.post<ChallengeResponse>('/auth/challenges', { body: { email } });
  const code = await mailedCode(portal, 'sign-in.sign-in-code', email);
  return { path: `/auth/challenges/${body.challengeId}/verify`, code };
}

/** The same browser, whichever process answers and from wherever it seems to call. */
function twin(client: Client, origin = other.origin): Client {
  const copy = new Client({ origin });
  for (const [name, value] of client.cookies) copy.cookies.set(name, value);
  return copy;
}

const typed = (code: string): { body: object } => ({ body: { code, operatorName: '小野寺 真理' } });
const password = (email: string, totp: string, typedPassword = PASSWORD): { body: object } => ({
  body: { email, password: typedPassword, totp },
});

describe('a mailed code', () => {
  it('has five tries in all, however many come at once, from wherever, to whichever process', async () => {
    const client = new Client(portal);
    const { path, code } = await askForCode(client, registration.mailbox);
    const wrong = code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    const guesses = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        twin(client, index % 2 ? other.origin : portal.origin).post(path, typed(wrong)),
      ),
    );
    expect(tally(guesses)).toEqual({ 401: 60 });
    const [challenge] = await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.query<object>('SELECT attempts, used_at FROM sign_in_challenge ORDER BY id DESC LIMIT 1'),
      );
    expect(challenge).toEqual({ attempts: 5, used_at: null });
    expect((await client.post(path, typed(code))).status).toBe(401);
  });

  it('opens one session, though the right one comes twenty times at once to two processes', async () => {
    const client = new Client(portal);
    const { path, code } = await askForCode(client, registration.mailbox);
    const count = async (): Promise<number> => {
      const [row] = await portal.app
        .get(Database)
        .asSystem('test', (tx) => tx.query<{ n: number }>('SELECT count(*)::int AS n FROM session'));
      return row?.n ?? 0;
    };
    const before = await count();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        twin(client, index % 2 ? other.origin : portal.origin).post(path, typed(code)),
      ),
    );
    expect(tally(answers)).toEqual({ 200: 1, 401: 19 });
    expect(await count()).toBe(before + 1);
  });
});

describe('X-Forwarded-For', () => {
  it('counts for nothing where no proxy is trusted', async () => {
    const plain = await processes.start({ WORKER: 'off' });
    const ask = (): Promise<Answer<Problem>> =>
      new Client(plain).post('/auth/challenges', { body: { email: registration.mailbox } });
    const answers: Answer<Problem>[] = [];
    for (let i = 0; i < 8; i += 1) answers.push(await ask());
    expect(tally(answers)).toEqual({ 202: 5, 429: 3 });
  });

  it('counts by its last part behind a trusted proxy: what a caller wrote before it doesn’t', async () => {
    const client = new Client(other);
    const nearest = '203.0.113.9';
    const answers: Answer<Problem>[] = [];
    for (let i = 0; i < 8; i += 1) {
      client.network = `${somewhere()}, ${nearest}`;
      answers.push(await client.post('/auth/challenges', { body: { email: registration.mailbox } }));
    }
    expect(tally(answers)).toEqual({ 202: 5, 429: 3 });
  });
});

describe('nobody is kept out by somebody else:', () => {
  const flood = (email: string, from: string, times: number): Promise<Answer<Problem>[]> =>
    Promise.all(
      Array.from({ length: times }, (_, index) => {
        const client = new Client(index % 2 ? other : portal);
        client.network = from;
        return client.post('/auth/challenges', { body: { email } });
      }),
    );

  it('a stranger who asks for codes again and again slows only themselves, on both processes together', async () => {
    expect(tally(await flood(registration.mailbox, '198.51.100.7', 30))).toEqual({ 202: 5, 429: 25 });
    const clerk = new Client(other);
    const { path, code } = await askForCode(clerk, registration.mailbox);
    expect((await clerk.post(path, typed(code))).status).toBe(200);
  });

  it('strangers from many places slow whoever comes anew, and not the browser that has signed in before', async () => {
    const clerk = new Client(portal);
    const first = await askForCode(clerk, registration.mailbox);
    expect((await clerk.post(first.path, typed(first.code))).status).toBe(200);
    for (let place = 1; place <= 8; place += 1) await flood(registration.mailbox, `198.51.100.${place}`, 5);
    const anew = await new Client(portal).post('/auth/challenges', { body: { email: registration.mailbox } });
    expect(anew.status).toBe(429);
    expect(Number(anew.headers.get('retry-after'))).toBeLessThanOrEqual(120);
    const again = await askForCode(clerk, registration.mailbox);
    expect((await clerk.post(again.path, typed(again.code))).status).toBe(200);
    // The mailbox got no more than it can bear.
    const mails = (await queuedMails(portal)).filter(({ kind }) => kind === 'sign-in.sign-in-code');
    expect(mails.filter(({ recipient }) => recipient === registration.mailbox).length).toBeLessThan(50);
  });

  it('whoever tries passwords slows only themselves; from many places, codes are refused and the owner is told', async () => {
    const person = await createStaff(portal, ['reviewer']);
    const stranger = new Client(portal);
    const guesses: Answer<Problem>[] = [];
    for (let i = 0; i < 13; i += 1) {
      guesses.push(
        await twin(stranger).post('/auth/password', password(person.email, '000000', `${PASSWORD}${i}`)),
      );
    }
    expect(tally(guesses)).toEqual({ 401: 13 });
    const from = '198.51.100.9';
    const same = await Promise.all(
      Array.from({ length: 14 }, () => {
        const client = new Client(other);
        client.network = from;
        return client.post('/auth/password', password(person.email, '000000', 'wrong'));
      }),
    );
    expect(tally(same)).toEqual({ 401: 10, 429: 4 });
    const owner = new Client(portal);
    const entered = await owner.post<SignedInResponse>(
      '/auth/password',
      password(person.email, await totpOf(portal, person)),
    );
    expect(entered.status).toBe(200);

    // Now with the right password: from a new place each time.
    for (let i = 0; i < 12; i += 1) {
      await new Client(portal).post('/auth/password', password(person.email, '000000'));
    }
    const thief = new Client(portal);
    expect(
      (await thief.post('/auth/password', password(person.email, await totpOf(portal, person, 1)))).status,
    ).toBe(401);
    const told = (await queuedMails(portal)).filter(
      ({ kind, recipient }) => kind === 'credentials.password-known' && recipient === person.email,
    );
    expect(told).toHaveLength(1);
    expect(
      (await owner.post('/auth/password', password(person.email, await totpOf(portal, person, 1)))).status,
    ).toBe(200);
  });

  it('whoever guesses at the code beside a number is slowed, however the number is written; nobody else is', async () => {
    const path = '/auth/invitations/482177365/setup';
    const stranger = new Client(portal);
    const guesses: Answer<Problem>[] = [];
    for (let i = 0; i < 7; i += 1) {
      const written = path.replace('482177365', `${'0'.repeat(i)}482177365`);
      guesses.push(await stranger.post(written, { body: { code: '000000000000' } }));
    }
    expect(tally(guesses)).toEqual({ 422: 5, 429: 2 });
    expect((await new Client(portal).post(path, { body: { code: '000000000000' } })).body.code).toBe(
      'wrong-code',
    );
  });
});

describe('a mailbox that is registered and one that is not', () => {
  it('get the same answers, headers included, to the last try', async () => {
    const known = await createRegistration(portal, CODES.takasaki, buildDocument('known.example'));
    const seen = async (email: string): Promise<unknown[]> => {
      const client = new Client(portal);
      const answers: unknown[] = [];
      for (let i = 0; i < 7; i += 1) {
        const { status, body, headers } = await client.post<Record<string, unknown>>('/auth/challenges', {
          body: { email },
        });
        const shape = Object.fromEntries(
          Object.entries(body).map(([name, value]) => [name, /Id|At$/.test(name) ? typeof value : value]),
        );
        const names = [...headers.keys()].filter((name) => name !== 'retry-after').toSorted();
        answers.push([status, shape, names, headers.has('retry-after')]);
        if (typeof body['challengeId'] === 'string') {
          const wrong = await client.post(
            `/auth/challenges/${body['challengeId']}/verify`,
            typed('00000000'),
          );
          answers.push([wrong.status, wrong.body.code]);
        }
      }
      return answers;
    };
    expect(await seen('nobody@known.example')).toEqual(await seen(known.mailbox));
  });

  it('take the same time: a full step for both, so that nothing of the work shows', async () => {
    const known = await createRegistration(portal, CODES.totsukawa);
    for (const email of [known.mailbox, 'nobody@known.example']) {
      const started = performance.now();
      await new Client(portal).post('/auth/challenges', { body: { email } });
      expect(performance.now() - started).toBeGreaterThan(195);
    }
  });

  it('and a code that was never mailed can’t be guessed, even by who could compute it', async () => {
    const client = new Client(portal);
    const { body } = await client.post<ChallengeResponse>('/auth/challenges', {
      body: { email: 'nobody@known.example' },
    });
    const code = portal.app.get(Codes).derive('sign-in', body.challengeId);
    expect((await client.post(`/auth/challenges/${body.challengeId}/verify`, typed(code))).status).toBe(401);
  });
});
