import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { ProposalsService } from '../../src/change-requests/proposals.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { readIdempotentRequest } from '../../src/platform/http/idempotency-key.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { RecoveryResponse } from '../../src/recoveries/recovery.dto.js';
import type { ConfirmationResponse, RegistrationResponse } from '../../src/registry/registration.dto.js';
import { mailsTo, newRegistration, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { OFFICIAL_NUMBER, verifiedClaim } from '../factories/recoveries.js';
import { buildDocument, CODES, type TestRegistration } from '../factories/registrations.js';
import type { Answer } from '../setup/client.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

const KEY = '5f0c2f1e-7a53-4b0e-9d0a-3c1b8f6f2a11';
type Sent = Answer<ChangeRequestResponse & { code?: string }>;

const pathOf = ({ id }: TestRegistration): string => `/registrations/${id}/change-requests`;
const send = (
  who: SignedIn,
  registration: TestRegistration,
  proposed: RegistrationDocument,
  { key = KEY, ifMatch = 1 } = {},
): Promise<Sent> =>
  who.client.post(pathOf(registration), {
    ifMatch,
    body: { proposed },
    headers: { 'idempotency-key': key },
  });
const told = ({ status, body, etag }: Answer<unknown>): unknown => ({
  status,
  body: JSON.stringify(body),
  etag,
});

const system = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
  portal.app.get(Database).asSystem('test', (tx) => tx.query<Row>(sql, parameters));
const requestsOf = ({ id }: TestRegistration): Promise<{ id: string }[]> =>
  system('SELECT id FROM change_request WHERE registration_id = $1', [id]);

describe('a change request that is sent once more with its key', () => {
  it('gets the first answer word for word, and leaves one request and one set of mails', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `new@t${registration.code}.example`;
    const proposed = withMailbox(withPhone(registration.document), email);
    const first = await send(clerk, registration, proposed);
    expect([first.status, first.etag]).toEqual([201, '"1"']);
    const mails = await queuedMails(portal);
    expect(told(await send(clerk, registration, proposed))).toEqual(told(first));
    // Also after the request moved on, and from a new session at the same mailbox, in other letters.
    await clerk.client.post(`/change-requests/${first.body.id}/withdraw`, { ifMatch: 1 });
    const anew = await signInMember(
      portal,
      { ...registration, mailbox: registration.mailbox.toUpperCase() },
      '檜垣 悠生',
    );
    expect(told(await send(anew, registration, proposed))).toEqual(told(first));
    expect(await requestsOf(registration)).toEqual([{ id: first.body.id }]);
    const since = (await queuedMails(portal)).slice(mails.length);
    expect(new Set(since.map(({ kind }) => kind))).toEqual(new Set(['change-request.withdrawn']));
  });

  it('is one request, and the same answer to each, when ten are sent at once', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposed = withPhone(registration.document);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(clerk, registration, proposed)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map((answer) => JSON.stringify(told(answer)))).size).toBe(1);
    expect(await requestsOf(registration)).toHaveLength(1);
    expect(await mailsTo(portal, registration.mailbox)).toEqual(['change-request.received']);
  });

  it('is answered when the first answer got lost after its commit', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposed = withPhone(registration.document);
    // As the route does it, only that nobody hears of it.
    const request = readIdempotentRequest({
      method: 'POST',
      url: `/api/v1${pathOf(registration)}`,
      headers: { 'idempotency-key': KEY, 'if-match': '"1"' },
      body: { proposed },
    });
    const lost = await portal.app
      .get(ProposalsService)
      .submit(clerk.viewer, registration.id, 1, { proposed, comment: null } as never, request);
    const heard = await send(clerk, registration, proposed);
    expect([heard.status, heard.etag]).toEqual([201, '"1"']);
    expect(heard.body).toEqual(JSON.parse(JSON.stringify(lost)));
  });

  it('is the same whatever the order of its members', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposed = withPhone(registration.document);
    const first = await send(clerk, registration, proposed);
    const backwards = Object.fromEntries(Object.entries(proposed).toReversed()) as never;
    expect(told(await send(clerk, registration, backwards))).toEqual(told(first));
  });
});

describe('a key', () => {
  it('that was used for something else is refused, and nothing is done', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposed = withPhone(registration.document);
    const first = await send(clerk, registration, proposed);
    await clerk.client.post(`/change-requests/${first.body.id}/withdraw`, { ifMatch: 1 });
    const other = await newRegistration(portal);
    const answers = [
      await send(clerk, registration, withPhone(registration.document, '0155-00-8888')),
      await send(clerk, registration, proposed, { ifMatch: 2 }),
      await send(clerk, other.registration, proposed),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [409, 'idempotency-key-reused']),
    );
    expect(await requestsOf(registration)).toHaveLength(1);
    expect(await requestsOf(other.registration)).toEqual([]);
  });

  it('of another person is another key', async () => {
    const [ours, theirs] = [await newRegistration(portal), await newRegistration(portal)];
    const mine = await send(ours.clerk, ours.registration, withPhone(ours.registration.document));
    const yours = await send(theirs.clerk, theirs.registration, withPhone(theirs.registration.document));
    expect([mine.status, yours.status]).toEqual([201, 201]);
    // A colleague at another mailbox, and staff: refused as everybody is who comes second.
    const [, { email }] = ours.registration.document.contacts as [unknown, { email: string }];
    const colleague = await signInMember(portal, { ...ours.registration, mailbox: email });
    for (const who of [colleague, reviewer]) {
      const answer = await send(who, ours.registration, withPhone(ours.registration.document));
      expect([answer.status, answer.body.code]).toEqual([409, 'open-request-exists']);
    }
  });

  it('is free again after an error', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposed = withPhone(registration.document);
    expect((await send(clerk, registration, proposed, { ifMatch: 7 })).status).toBe(412);
    expect((await send(clerk, registration, registration.document)).body.code).toBe('no-changes');
    expect((await send(clerk, registration, proposed)).status).toBe(201);
  });

  it.each(['', 'a b', 'x'.repeat(201), 'é'])('%.5j is refused', async (key) => {
    const { registration, clerk } = await newRegistration(portal);
    const answer = await send(clerk, registration, withPhone(registration.document), { key });
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed']);
    expect(await requestsOf(registration)).toEqual([]);
  });

  it('is not needed, and without it nothing is remembered', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const before = await system('SELECT count(*)::int FROM idempotency_key');
    const body = { proposed: withPhone(registration.document) };
    expect((await clerk.client.post(pathOf(registration), { ifMatch: 1, body })).status).toBe(201);
    expect(await system('SELECT count(*)::int FROM idempotency_key')).toEqual(before);
  });

  it('is forgotten after a day', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposed = withPhone(registration.document);
    const first = await send(clerk, registration, proposed, { key: 'daily' });
    const passHours = async (hours: number): Promise<void> => {
      // The portal itself may not turn the clock back.
      await withConnection(portal.database.adminUrl, (admin) =>
        admin.query(
          `UPDATE idempotency_key SET created_at = now() - interval '${hours} hours' WHERE key = 'daily'`,
        ),
      );
      await portal.app.get(Jobs).runDue();
    };
    await passHours(23);
    expect(told(await send(clerk, registration, proposed, { key: 'daily' }))).toEqual(told(first));
    await passHours(25);
    const later = await send(clerk, registration, proposed, { key: 'daily' });
    expect(later.body.code).toBe('open-request-exists');
  });
});

describe('a registration that is made once more with its key', () => {
  const create = (
    code: string,
    key: string | null,
    document = buildDocument(`t${code}.example`),
  ): Promise<Answer<RegistrationResponse & { code?: string }>> => {
    const [department] = document.departments;
    return reviewer.client.post('/registrations', {
      body: {
        municipalityCode: code,
        mainPhone: document.mainPhone,
        primaryDepartmentId: 'new-1',
        departments: [{ ...department, id: 'new-1' }],
        contacts: [],
      },
      headers: key === null ? {} : { 'idempotency-key': key },
    });
  };
  const registrationsOf = (code: string): Promise<unknown[]> =>
    system('SELECT id FROM registration WHERE municipality_code = $1', [code]);

  it('gets the first answer, also when it is sent five times at once', async () => {
    const first = await create(CODES.otofuke, 'r1');
    expect([first.status, first.etag]).toEqual([201, '"1"']);
    expect(told(await create(CODES.otofuke, 'r1'))).toEqual(told(first));
    expect(await mailsTo(portal, `kikaku@t${CODES.otofuke}.example`)).toEqual(['registry.registered']);

    const answers = await Promise.all(Array.from({ length: 5 }, () => create(CODES.totsukawa, 'r2')));
    expect(new Set(answers.map((answer) => JSON.stringify(told(answer)))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await registrationsOf(CODES.totsukawa)).toHaveLength(1);
  });

  it('is answered as before without its key, with another, and with another body', async () => {
    await create(CODES.yusuhara, 'r3');
    for (const key of [null, 'r4']) {
      const answer = await create(CODES.yusuhara, key);
      expect([key, answer.status, answer.body.code]).toEqual([key, 409, 'already-registered']);
    }
    const other = await create(CODES.yusuhara, 'r3', buildDocument('other.example'));
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-key-reused']);
    // The error left its key free.
    expect((await create(CODES.takasaki, 'r4')).status).toBe(201);
  });

  it('is one registration when two bring keys of their own at once', async () => {
    const code = '016322';
    const answers = await Promise.all([create(code, 'r5'), create(code, 'r6')]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await registrationsOf(code)).toHaveLength(1);
  });
});

describe('a confirmation that is sent once more with its key', () => {
  const confirm = (
    who: SignedIn,
    { id }: TestRegistration,
    key: string | null,
    ifMatch = 1,
  ): Promise<Answer<ConfirmationResponse & { code?: string }>> =>
    who.client.post(`/registrations/${id}/confirmations`, {
      ifMatch,
      headers: key === null ? {} : { 'idempotency-key': key },
    });
  /** Each confirmation mails every address. */
  const mailed = ({ mailbox }: TestRegistration): Promise<string[]> => mailsTo(portal, mailbox);

  it('gets the first answer, and leaves one confirmation and one mail to each address', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const first = await confirm(clerk, registration, 'c1');
    expect([first.status, first.etag]).toEqual([201, '"1"']);
    const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(clerk, registration, 'c1')));
    expect(new Set(answers.map((answer) => JSON.stringify(told(answer))))).toEqual(
      new Set([JSON.stringify(told(first))]),
    );
    expect(await mailed(registration)).toEqual(['registry.confirmed']);
  });

  it('is the office’s own, is bound to the version, and is another one with another key', async () => {
    const { registration, clerk } = await newRegistration(portal);
    expect((await confirm(clerk, registration, 'c2')).status).toBe(201);
    expect((await confirm(reviewer, registration, 'c2')).status).toBe(201);
    const other = await confirm(reviewer, registration, 'c2', 2);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-key-reused']);
    expect((await confirm(reviewer, registration, 'c3')).status).toBe(201);
    expect(await mailed(registration)).toEqual(Array.from({ length: 3 }, () => 'registry.confirmed'));
  });
});

describe('a call of a recovery that is noted once more with its key', () => {
  it('is one call, and the same answer, although the claim has gone on meanwhile', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    const note = (): Promise<Answer<RecoveryResponse>> =>
      reviewer.client.post(`${path}/calls`, {
        body: {
          numberCalled: OFFICIAL_NUMBER,
          source: 'official-site',
          outcome: 'confirmed',
          spokeWith: '総務課 庶務係の方',
          note: null,
        },
        headers: { 'idempotency-key': 'k1' },
      });
    const first = await note();
    expect([first.status, first.body.calls.length]).toEqual([201, 1]);
    expect(told(await note())).toEqual(told(first));
    const { body: now } = await reviewer.client.get<RecoveryResponse>(path);
    expect([now.calls.length, now.version]).toEqual([1, first.body.version]);
  });
});
