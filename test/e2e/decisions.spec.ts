import { Database } from '../../src/platform/database/database.service.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { Client } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

describe('deciding', () => {
  it('writes registration, version, freshness, trail and mails together', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposed = withPhone(registration.document);
    const sent = await submit(clerk, registration, proposed);
    const decided = await reviewer.client.post<ChangeRequestResponse>(
      `/change-requests/${sent.body.id}/approve`,
      {
        ifMatch: sent.etag,
        body: { reason: '確認しました。' },
      },
    );
    expect(decided.body).toMatchObject({
      status: 'approved',
      version: 2,
      registrationVersion: 2,
      decidedByName: '中邨 彩葉',
      decisionReason: '確認しました。',
    });
    const now = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect([now.etag, now.body.mainPhone]).toEqual(['"2"', '0155-00-9999']);
    expect(now.body.freshness).toEqual({
      '/mainPhone': { at: expect.stringMatching(/Z$/), by: '小野寺 真理', method: 'change' },
    });
    const history = await clerk.client.get<HistoryPage>(`/registrations/${registration.id}/history`);
    expect(history.body.items.map(({ version, cause, decidedBy }) => [version, cause, decidedBy])).toEqual([
      [2, 'change-request', null],
      [1, 'import', null],
    ]);
    expect((await mailsTo(portal, registration.mailbox)).at(-1)).toBe('change-request.approved');
    const trail = await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.query<{ type: string }>('SELECT type FROM audit_event WHERE subject_id = $1 ORDER BY id', [
          sent.body.id,
        ]),
      );
    expect(trail.map(({ type }) => type)).toEqual(['change-request.submitted', 'change-request.approved']);
  });

  it('tells a replaced mailbox only that it was replaced, and ends its sessions', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `new@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    const code = await mailedCode(portal, 'change-request.verify-address', email);
    await new Client(portal).post(`/verifications/${sent.body.verifications[0]?.id}`, { body: { code } });
    await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 2 });
    expect(await mailsTo(portal, email)).toEqual([
      'change-request.verify-address',
      'change-request.approved',
    ]);
    expect((await mailsTo(portal, registration.mailbox)).at(-1)).toBe('change-request.address-removed');
    const farewell = (await queuedMails(portal)).findLast(
      ({ recipient }) => recipient === registration.mailbox,
    );
    expect(farewell?.body).not.toContain(email);
    expect((await clerk.client.get(`/registrations/${registration.id}`)).body.code).toBe('session-ended');
  });

  it('lets one of twenty reviewers win', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'already-decided')).toHaveLength(19);
    const history = await clerk.client.get<HistoryPage>(`/registrations/${registration.id}/history`);
    expect(history.body.total).toBe(2);
  });

  it('is bound to what the reviewer saw: decided, then moved, then stale', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const approve = `/change-requests/${sent.body.id}/approve`;
    expect((await reviewer.client.post(approve, { ifMatch: 9 })).body.code).toBe('stale-version');
    expect((await reviewer.client.post(approve)).body.code).toBe('if-match-required');
    // An import moves the registration under it.
    await portal.app.get(Database).asSystem('test', (tx) =>
      portal.app.get(RegistrationsService).apply(tx, {
        registrationId: registration.id,
        baseVersion: 1,
        document: registration.document,
        changes: [],
        cause: 'import',
        changeRequestId: null,
        proposedBy: '名簿',
        decidedBy: null,
      }),
    );
    for (const ifMatch of [1, 9]) {
      const moved = await reviewer.client.post(approve, { ifMatch });
      expect(moved.body).toMatchObject({
        code: 'registration-moved',
        baseVersion: 1,
        registrationVersion: 2,
      });
    }
    const unchanged = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect(unchanged.body.mainPhone).toBe(registration.document.mainPhone);
    expect(
      (await clerk.client.post(`/change-requests/${sent.body.id}/withdraw`, { ifMatch: 1 })).status,
    ).toBe(200);
    expect((await reviewer.client.post(approve, { ifMatch: 9 })).body.code).toBe('already-decided');
  });

  it('gives back with a reason, which the clerk mends and sends again', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const path = `/change-requests/${sent.body.id}`;
    const reasonless = await reviewer.client.post(`${path}/return`, { ifMatch: 1 });
    expect(reasonless.body.errors?.[0]).toMatchObject({ pointer: '/reason', code: 'required' });
    const edit = { proposed: withPhone(registration.document, '0155-00-8888') };
    expect((await clerk.client.put(path, { ifMatch: 1, body: edit })).body.code).toBe('not-editable');

    const returned = await reviewer.client.post<ChangeRequestResponse>(`${path}/return`, {
      ifMatch: 1,
      body: { reason: '番号をお確かめください。\r\n髙﨑様へ' },
    });
    expect(returned.body).toMatchObject({
      status: 'returned',
      decisionReason: '番号をお確かめください。\n髙﨑様へ',
    });
    const mail = (await queuedMails(portal)).findLast(({ kind }) => kind === 'change-request.returned');
    expect(mail?.body).toContain('番号をお確かめください。\n髙﨑様へ');

    expect((await clerk.client.put(path, { ifMatch: 1, body: edit })).body.code).toBe('stale-version');
    const edited = await clerk.client.put<ChangeRequestResponse>(path, { ifMatch: 2, body: edit });
    expect(edited.body).toMatchObject({ status: 'returned', version: 3 });
    const again = await clerk.client.post<ChangeRequestResponse>(`${path}/submit`, { ifMatch: 3 });
    expect(again.body).toMatchObject({
      status: 'under_review',
      version: 4,
      decisionReason: null,
    });
    const approved = await reviewer.client.post<ChangeRequestResponse>(`${path}/approve`, { ifMatch: 4 });
    expect(approved.body.status).toBe('approved');
    expect(
      (await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`)).body.mainPhone,
    ).toBe('0155-00-8888');
  });

  it('asks for a code again when the mended request has another new mailbox', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const path = `/change-requests/${sent.body.id}`;
    await reviewer.client.post(`${path}/return`, {
      ifMatch: 1,
      body: { reason: 'アドレスもお願いします。' },
    });
    const email = `late@t${registration.code}.example`;
    await clerk.client.put(path, {
      ifMatch: 2,
      body: { proposed: withMailbox(registration.document, email) },
    });
    const again = await clerk.client.post<ChangeRequestResponse>(`${path}/submit`, { ifMatch: 3 });
    expect(again.body.status).toBe('awaiting_verification');
    expect(await mailsTo(portal, email)).toEqual(['change-request.verify-address']);
  });

  it('is never by whoever proposed it', async () => {
    const { registration } = await newRegistration(portal);
    const sent = await submit(reviewer, registration, withPhone(registration.document));
    expect(sent.body.proposedByStaff).toBe(true);
    const own = await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    expect([own.status, own.body.code]).toEqual([403, 'own-proposal']);
    const other = await signInStaff(portal, ['reviewer'], '藤澤 理久');
    expect((await other.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 })).status).toBe(
      200,
    );
  });

  it('is for reviewers alone', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const editor = await signInStaff(portal, ['editor']);
    const admin = await signInStaff(portal, ['admin']);
    for (const { client } of [clerk, editor, admin]) {
      expect((await client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 })).body.code).toBe(
        'forbidden',
      );
    }
  });
});

describe('taking back', () => {
  it('leaves the registration alone, tells its mailboxes, and makes room for the next', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const path = `/change-requests/${sent.body.id}/withdraw`;
    expect((await clerk.client.post(path, { ifMatch: 5 })).status).toBe(412);
    expect((await clerk.client.post<ChangeRequestResponse>(path, { ifMatch: 1 })).body.status).toBe(
      'withdrawn',
    );
    expect((await clerk.client.post(path, { ifMatch: 2 })).body.code).toBe('not-withdrawable');
    expect((await mailsTo(portal, registration.mailbox)).at(-1)).toBe('change-request.withdrawn');
    expect((await submit(clerk, registration, withPhone(registration.document))).status).toBe(201);
  });
});

describe('confirming', () => {
  it('freshens every field and tells every mailbox; by telephone when staff do it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const path = `/registrations/${registration.id}`;
    expect((await clerk.client.post(`${path}/confirmations`, { ifMatch: 3 })).status).toBe(412);
    const confirmed = await clerk.client.post(`${path}/confirmations`, { ifMatch: 1 });
    expect(confirmed.status).toBe(201);
    const after = await clerk.client.get<RegistrationResponse>(path);
    expect(after.body.version).toBe(1);
    expect(after.body.lastConfirmedAt).not.toBeNull();
    // 代表電話, seven fields of a department, six of each of two people.
    expect(Object.values(after.body.freshness).map(({ method }) => method)).toEqual(
      Array.from({ length: 20 }, () => 'confirmation'),
    );
    expect(await mailsTo(portal, `takasaki@t${registration.code}.example`)).toEqual(['registry.confirmed']);
    await reviewer.client.post(`${path}/confirmations`, { ifMatch: 1 });
    const byPhone = await clerk.client.get<RegistrationResponse>(path);
    expect(byPhone.body.freshness['/mainPhone']).toMatchObject({ method: 'phone', by: '事務局' });
  });
});

describe('two at once', () => {
  it('may type the codes of two new mailboxes: the request goes on', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { registration, clerk } = await newRegistration(portal);
      const [department] = registration.document.departments;
      const emails = ['one', 'two'].map((name) => `${name}@t${registration.code}.example`);
      const sent = await submit(clerk, registration, {
        ...registration.document,
        departments: [
          { ...department, email: emails[0] },
          { id: 'new-1', name: '総務課', email: emails[1] },
        ],
      });
      expect(sent.body.status).toBe('awaiting_verification');
      await Promise.all(
        sent.body.verifications.map(async ({ id, email }) => {
          const code = await mailedCode(portal, 'change-request.verify-address', email);
          return new Client(portal).post(`/verifications/${id}`, { body: { code } });
        }),
      );
      const now = await clerk.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`);
      expect(now.body.status).toBe('under_review');
    }
  });

  it('may approve one and send the next: nothing is sent against a version that has gone', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { registration, clerk } = await newRegistration(portal);
      const sent = await submit(clerk, registration, withPhone(registration.document));
      const [, ...others] = await Promise.all([
        reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 }),
        ...Array.from({ length: 4 }, () =>
          submit(clerk, registration, withPhone(registration.document, '0155-00-6666')),
        ),
      ]);
      for (const { status } of others) expect([409, 412]).toContain(status);
    }
  });
});

describe('what staff proposed', () => {
  it('is the office’s towards the municipality, which may take it back but not go on with it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposer = await signInStaff(portal, ['reviewer'], '藤澤 理久');
    const sent = await submit(proposer, registration, withPhone(registration.document));
    const path = `/change-requests/${sent.body.id}`;
    const asClerk = await clerk.client.get<ChangeRequestResponse>(path);
    expect(asClerk.body).toMatchObject({ proposedByName: '事務局', proposedByStaff: true });
    await reviewer.client.post(`${path}/return`, {
      ifMatch: 1,
      body: { reason: '番号をお確かめください。' },
    });
    expect((await clerk.client.post(`${path}/submit`, { ifMatch: 2 })).body.code).toBe('forbidden');
    expect(
      (await clerk.client.post<ChangeRequestResponse>(`${path}/withdraw`, { ifMatch: 2 })).body.status,
    ).toBe('withdrawn');
    const told = (await queuedMails(portal)).find(
      ({ kind, recipient }) => kind === 'change-request.returned' && recipient === registration.mailbox,
    );
    expect(told?.body).toContain('届け出た方　事務局\n');
  });
});

describe('a new mailbox', () => {
  it('is announced to the registered ones that stay, without the diff', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `own@t${registration.code}.example`;
    await submit(clerk, registration, withMailbox(registration.document, email));
    const staying = `takasaki@t${registration.code}.example`;
    expect(await mailsTo(portal, staying)).toEqual(['change-request.address-joining']);
    const mail = (await queuedMails(portal)).find(({ recipient }) => recipient === staying);
    expect(mail?.body).not.toContain(email);
  });
});

describe('the number', () => {
  it('goes on after 9,999', async () => {
    await withConnection(portal.database.adminUrl, (admin) =>
      admin.query(`SELECT setval('change_request_serial', 9999)`),
    );
    for (const expected of [/^R\d+-10000$/, /^R\d+-10001$/]) {
      const { registration, clerk } = await newRegistration(portal);
      expect((await submit(clerk, registration, withPhone(registration.document))).body.number).toMatch(
        expected,
      );
    }
  });
});

describe('somebody who left', () => {
  it('leaves no freshness behind', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const path = `/registrations/${registration.id}`;
    await clerk.client.post(`${path}/confirmations`, { ifMatch: 1 });
    const [first] = registration.document.contacts;
    const sent = await submit(clerk, registration, { ...registration.document, contacts: [first] });
    await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    const { body } = await clerk.client.get<RegistrationResponse>(path);
    const ids = new Set([first?.id, body.departments[0]?.id]);
    expect(
      Object.keys(body.freshness).filter(
        (pointer) => pointer !== '/mainPhone' && !ids.has(pointer.split('/')[2]),
      ),
    ).toEqual([]);
    expect(Object.keys(body.freshness)).toHaveLength(14);
  });
});
