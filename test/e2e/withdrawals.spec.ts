import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { ApplicationResponse } from '../../src/memberships/application.dto.js';
import type { WithdrawalResponse } from '../../src/memberships/withdrawal.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import type { MunicipalityResponse } from '../../src/registry/municipality.dto.js';
import type {
  HistoryPage,
  RegistrationPage,
  RegistrationResponse,
} from '../../src/registry/registration.dto.js';
import { applied, proposalOf } from '../factories/applications.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

const REASON = '町の方針により、退会します。';

const withdraw = <T = Problem>(
  { id }: { id: string },
  ifMatch: number,
  more: Record<string, unknown> = {},
): Promise<Answer<T>> =>
  reviewer.client.post<T>(`/registrations/${id}/withdraw`, { ifMatch, body: { reason: REASON, ...more } });

const read = async ({ id }: { id: string }): Promise<RegistrationResponse> =>
  (await reviewer.client.get<RegistrationResponse>(`/registrations/${id}`)).body;

const historyOf = async ({ id }: { id: string }): Promise<HistoryPage['items']> =>
  (await reviewer.client.get<HistoryPage>(`/registrations/${id}/history`)).body.items;

const listed = async (query: string, { code }: TestRegistration): Promise<RegistrationPage['items']> =>
  (await reviewer.client.get<RegistrationPage>(`/registrations?q=${code}${query}`)).body.items;

const registeredCount = async (code: string): Promise<number> => {
  const rows = await portal.app
    .get(Database)
    .asSystem('test', (tx) => tx.query('SELECT FROM registration WHERE municipality_code = $1', [code]));
  return rows.length;
};

describe('退会', () => {
  it('ends the membership and keeps what was registered, with its history', async () => {
    const { registration } = await newRegistration(portal);
    const before = await read(registration);
    const ended = await withdraw<WithdrawalResponse>(registration, 1);
    expect([ended.status, ended.etag]).toEqual([200, '"2"']);
    expect(ended.body).toEqual({
      id: registration.id,
      status: 'withdrawn',
      version: 2,
      withdrawnAt: expect.stringMatching(/Z$/),
      withdrawnReason: REASON,
      closedChangeRequests: [],
    });
    const after = await read(registration);
    expect(after).toEqual({
      ...before,
      status: 'withdrawn',
      version: 2,
      withdrawnAt: ended.body.withdrawnAt,
      withdrawnReason: REASON,
    });
    const [last, first] = await historyOf(registration);
    expect(last).toMatchObject({
      version: 2,
      cause: 'withdrawal',
      changes: [],
      proposedBy: '事務局',
      decidedBy: '中邨 彩葉',
    });
    expect(last?.document).toEqual(first?.document);
    const trail = await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.query(
          `SELECT type, details FROM audit_event WHERE registration_id = $1 AND type LIKE 'registration.%'`,
          [registration.id],
        ),
      );
    expect(trail).toEqual([{ type: 'registration.withdrawn', details: { version: 2, changeRequests: [] } }]);
  });

  it('is listed apart, and frees the municipality', async () => {
    const { registration } = await newRegistration(portal);
    expect(await listed('', registration)).toHaveLength(1);
    expect(await listed('&status=withdrawn', registration)).toEqual([]);
    await withdraw(registration, 1);
    expect(await listed('', registration)).toEqual([]);
    expect(await listed('&status=withdrawn', registration)).toMatchObject([
      { id: registration.id, status: 'withdrawn', withdrawnAt: expect.stringMatching(/Z$/) },
    ]);
    expect((await reviewer.client.get('/registrations?status=gone')).body.errors?.[0]?.pointer).toBe(
      '/status',
    );
    const municipality = await reviewer.client.get<MunicipalityResponse>(
      `/municipalities/${registration.code}`,
    );
    expect(municipality.body.registered).toBe(false);
  });

  it('tells every mailbox that was registered, with the reason', async () => {
    const { registration } = await newRegistration(portal);
    await withdraw(registration, 1);
    for (const mailbox of [registration.mailbox, `takasaki@t${registration.code}.example`]) {
      expect(await mailsTo(portal, mailbox)).toEqual(['membership.withdrawn']);
    }
    const mail = (await queuedMails(portal)).findLast(({ kind }) => kind === 'membership.withdrawn');
    expect(mail?.body).toContain(REASON);
    expect(mail?.body).toContain('03-5210-9080');
    expect(mail?.body).not.toContain('変更届');
  });

  it('ends sessions for good, also where the same mailbox comes back at once', async () => {
    const { registration, clerk } = await newRegistration(portal);
    await withdraw(registration, 1);
    const back = await reviewer.client.post<RegistrationResponse>('/registrations', {
      body: { municipalityCode: registration.code, ...proposalOf(`t${registration.code}.example`) },
    });
    expect([back.status, back.body.id]).toEqual([201, registration.id]);
    expect((await clerk.client.get('/me')).status).toBe(401);
  });

  it('ends every session and lets nobody in again', async () => {
    const { registration, clerk } = await newRegistration(portal);
    expect((await clerk.client.get('/me')).status).toBe(200);
    await withdraw(registration, 1);
    const path = `/registrations/${registration.id}`;
    for (const dead of [
      await clerk.client.get('/me'),
      await clerk.client.get(path),
      await clerk.client.post(`${path}/confirmations`, { ifMatch: 2 }),
      await clerk.client.post('/auth/refresh', { headers: { 'x-renkei-request': '1' } }),
    ]) {
      expect(dead.status).toBe(401);
    }
    const challenge = await new Client(portal).post('/auth/challenges', {
      body: { email: registration.mailbox },
    });
    expect(challenge.status).toBe(202);
    expect(await mailsTo(portal, registration.mailbox)).toEqual(['membership.withdrawn']);
  });

  it('waits for an open change request, or takes it back when told to', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `new@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    const { id, number } = sent.body;
    const refused = await withdraw(registration, 9);
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { code: 'open-request-exists', changeRequest: { id, number, status: 'awaiting_verification' } },
    ]);
    expect((await withdraw(registration, 9, { closeOpenRequest: true })).body.code).toBe('stale-version');
    expect((await read(registration)).status).toBe('active');

    const code = await mailedCode(portal, 'change-request.verify-address', email);
    const ended = await withdraw<WithdrawalResponse>(registration, 1, { closeOpenRequest: true });
    expect(ended.body.closedChangeRequests).toEqual([{ id, number }]);
    const closed = await reviewer.client.get<ChangeRequestResponse>(`/change-requests/${id}`);
    expect(closed.body).toMatchObject({
      status: 'withdrawn',
      version: 2,
      decisionReason: '退会により、取下げとして扱いました。',
      decidedByName: '中邨 彩葉',
      expiresAt: null,
    });
    const late = await new Client(portal).post(`/verifications/${sent.body.verifications[0]?.id}`, {
      body: { code },
    });
    expect([late.status, late.body.code]).toEqual([422, 'wrong-code']);
    const mail = (await queuedMails(portal)).findLast(({ kind }) => kind === 'membership.withdrawn');
    expect(mail?.body).toContain(number);
    expect(await mailsTo(portal, email)).toEqual(['change-request.verify-address']);
  });

  it('closes the task of a change request that it takes back', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const open = async (): Promise<number> =>
      (await reviewer.client.get<TaskPage>('/tasks?limit=500')).body.items.filter(
        ({ subjectId }) => subjectId === sent.body.id,
      ).length;
    expect(await open()).toBe(1);
    await withdraw(registration, 1, { closeOpenRequest: true });
    expect(await open()).toBe(0);
    const approve = await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 2 });
    expect(approve.body.code).toBe('already-decided');
  });

  it('happens once, and is bound to what the reviewer saw', async () => {
    const { registration } = await newRegistration(portal);
    const path = `/registrations/${registration.id}/withdraw`;
    const missing = await reviewer.client.post(path, { body: { reason: REASON } });
    expect([missing.status, missing.body.code]).toEqual([428, 'if-match-required']);
    const stale = await withdraw(registration, 2);
    expect([stale.status, stale.body.code]).toEqual([412, 'stale-version']);
    for (const [body, pointer] of [
      [{}, '/reason'],
      [{ reason: ' ' }, '/reason'],
      [{ reason: 'x'.repeat(1001) }, '/reason'],
      [{ reason: REASON, closeOpenRequest: 'yes' }, '/closeOpenRequest'],
      [{ reason: REASON, at: '2026-04-01' }, '/at'],
    ] as const) {
      const refused = await reviewer.client.post(path, { ifMatch: 1, body });
      expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
    const answers = await Promise.all(Array.from({ length: 10 }, () => withdraw(registration, 1)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'registration-withdrawn')).toHaveLength(9);
    expect((await withdraw(registration, 9)).body.code).toBe('registration-withdrawn');
    expect(await mailsTo(portal, registration.mailbox)).toEqual(['membership.withdrawn']);
    expect((await withdraw({ id: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e' }, 1)).status).toBe(404);
  });

  it('is for reviewers alone', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const editor = await signInStaff(portal, ['editor', 'admin']);
    for (const { client } of [clerk, editor]) {
      const refused = await client.post(`/registrations/${registration.id}/withdraw`, {
        ifMatch: 1,
        body: { reason: REASON },
      });
      expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    }
    expect((await read(registration)).status).toBe('active');
  });

  it('at the moment of a decision or a sending leaves nothing open behind', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { registration, clerk } = await newRegistration(portal);
      const sent = await submit(clerk, registration, withPhone(registration.document));
      const answers = await Promise.all([
        reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 }),
        withdraw(registration, 1, { closeOpenRequest: true }),
        submit(clerk, registration, withPhone(registration.document, '0155-00-6666')),
      ]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      if ((await read(registration)).status === 'active') continue;
      const open = await portal.app
        .get(Database)
        .asSystem('test', (tx) =>
          tx.query(
            `SELECT FROM change_request WHERE registration_id = $1 AND status IN ('awaiting_verification', 'under_review')`,
            [registration.id],
          ),
        );
      expect(open).toEqual([]);
    }
  });
});

describe('a municipality that comes back', () => {
  it('by an application has its registration again: one line of history, nothing of the old in effect', async () => {
    const { registration, clerk } = await newRegistration(portal);
    await clerk.client.post(`/registrations/${registration.id}/confirmations`, { ifMatch: 1 });
    await withdraw(registration, 1);
    const application = await applied(portal, reviewer, registration.code);
    expect(application.endedRegistrationId).toBe(registration.id);
    const accepted = await reviewer.client.post<ApplicationResponse>(
      `/applications/${application.id}/accept`,
      { ifMatch: 2 },
    );
    expect(accepted.body).toMatchObject({
      status: 'accepted',
      registrationId: registration.id,
      endedRegistrationId: null,
    });
    expect(await registeredCount(registration.code)).toBe(1);

    const now = await read(registration);
    expect(now).toMatchObject({ status: 'active', version: 3, withdrawnAt: null, withdrawnReason: null });
    expect(now.departments.map(({ name, email }) => [name, email])).toEqual([
      ['企画財政課', `kikaku@${application.host}`],
    ]);
    expect(now.contacts.map(({ name }) => name)).toEqual(['髙﨑 澪里']);
    expect(Object.keys(now.freshness)).toHaveLength(14);
    expect(new Set(Object.values(now.freshness).map(({ method }) => method))).toEqual(new Set(['change']));

    const history = await historyOf(registration);
    expect(history.map(({ version, cause }) => [version, cause])).toEqual([
      [3, 'return'],
      [2, 'withdrawal'],
      [1, 'import'],
    ]);
    expect(history[0]?.changes.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'changed 代表電話',
      'changed 主な担当部署',
      'removed 担当部署　企画課',
      'added 担当部署　企画財政課',
      'removed 担当者（正）佐藤 健一',
      'removed 担当者（副）髙﨑 由美',
      'added 担当者（正）髙﨑 澪里',
    ]);
    const invitation = (await queuedMails(portal)).findLast(({ kind }) => kind === 'registry.registered');
    expect(invitation?.body).toContain('改めて登録しました');
    const back = await signInMember(portal, { ...registration, mailbox: `kikaku@${application.host}` });
    const seen = await back.client.get<HistoryPage>(`/registrations/${registration.id}/history`);
    expect(seen.body.total).toBe(3);
  });

  it('lets the old mailboxes in no more, also one that was to stay for a while', async () => {
    const { registration, clerk } = await newRegistration(portal);
    await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.execute('UPDATE contact SET valid_to = today_in_tokyo() + 30 WHERE registration_id = $1', [
          registration.id,
        ]),
      );
    const leaving = { ...registration, mailbox: `takasaki@t${registration.code}.example` };
    const old = await signInMember(portal, leaving);
    expect((await old.client.get('/me')).status).toBe(200);
    await withdraw(registration, 1);
    const body = { ...proposalOf('back.example'), municipalityCode: registration.code };
    expect((await reviewer.client.post('/registrations', { body })).status).toBe(201);
    for (const { client } of [old, clerk]) expect((await client.get('/me')).status).toBe(401);
    expect((await read(registration)).contacts.map(({ name }) => name)).toEqual(['髙﨑 澪里']);
  });

  it('by the staff’s word is known of nothing, not even of 代表電話', async () => {
    const { registration, clerk } = await newRegistration(portal);
    await clerk.client.post(`/registrations/${registration.id}/confirmations`, { ifMatch: 1 });
    const body = { ...proposalOf('again.example'), municipalityCode: registration.code };
    for (const version of [1, 3]) {
      await withdraw(registration, version);
      const made = await reviewer.client.post<RegistrationResponse>('/registrations', { body });
      expect([made.status, made.etag]).toEqual([201, `"${version + 2}"`]);
      expect(made.body).toMatchObject({
        id: registration.id,
        status: 'active',
        lastConfirmedAt: null,
        freshness: {},
      });
    }
    expect(await mailsTo(portal, 'kikaku@again.example')).toEqual([
      'registry.registered',
      'membership.withdrawn',
      'registry.registered',
    ]);
    expect((await historyOf(registration)).map(({ cause }) => cause)).toEqual([
      'return',
      'withdrawal',
      'return',
      'withdrawal',
      'import',
    ]);
    const again = await reviewer.client.post('/registrations', { body });
    expect([again.status, again.body.code]).toEqual([409, 'already-registered']);
  });

  it('twice at once comes back once', async () => {
    const { registration } = await newRegistration(portal);
    await withdraw(registration, 1);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        reviewer.client.post('/registrations', {
          body: { ...proposalOf(`twice-${index}.example`), municipalityCode: registration.code },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'already-registered')).toHaveLength(7);
    expect(await registeredCount(registration.code)).toBe(1);
    expect((await historyOf(registration)).length).toBe(3);
  });
});
