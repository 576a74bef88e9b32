import { Database } from '../../src/platform/database/database.service.js';
import type {
  ChangeRequestPage,
  ChangeRequestResponse,
} from '../../src/change-requests/change-request.dto.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import {
  buildDocument,
  CODES,
  createRegistration,
  type TestRegistration,
} from '../factories/registrations.js';
import { type Answer, Client } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;
const codes = Object.values(CODES);
let next = 0;

/** Each test has a municipality of its own; codes of the master are enough for all of them. */
async function newRegistration(): Promise<{ registration: TestRegistration; clerk: SignedIn }> {
  const [code] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ code: string }>('SELECT code FROM municipality ORDER BY code LIMIT 1 OFFSET $1', [
        200 + (next += 1),
      ]),
    );
  const registration = await createRegistration(portal, code?.code ?? codes[0]);
  return { registration, clerk: await signInMember(portal, registration) };
}

const withPhone = (document: RegistrationDocument, mainPhone = '0155-00-9999'): RegistrationDocument => ({
  ...document,
  mainPhone,
});

const withMailbox = (document: RegistrationDocument, email: string): RegistrationDocument => ({
  ...document,
  departments: document.departments.map((department, index) =>
    index === 0 ? { ...department, email } : department,
  ),
});

const submit = (
  who: SignedIn,
  registration: TestRegistration,
  proposed: unknown,
  ifMatch: string | number = 1,
): Promise<Answer<ChangeRequestResponse & { code?: string }>> =>
  who.client.post(`/registrations/${registration.id}/change-requests`, { ifMatch, body: { proposed } });

const mailsTo = async (recipient: string): Promise<string[]> =>
  (await queuedMails(portal)).filter((mail) => mail.recipient === recipient).map(({ kind }) => kind);

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

describe('sending a change request', () => {
  it('goes straight under review when no new mailbox is in it, with the diff by ids and in words', async () => {
    const { registration, clerk } = await newRegistration();
    const sent = await submit(clerk, registration, withPhone(registration.document));
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      status: 'under_review',
      baseVersion: 1,
      version: 1,
      proposedByStaff: false,
    });
    expect(sent.body.number).toMatch(/^R\d+-\d{4}$/);
    expect(sent.body.changes).toEqual([
      {
        pointer: '/mainPhone',
        kind: 'changed',
        label: '代表電話',
        before: '0155-00-2110',
        after: '0155-00-9999',
        beforeText: '0155-00-2110',
        afterText: '0155-00-9999',
        rule: 'review',
      },
    ]);
    expect(sent.etag).toBe('"1"');
    expect(await mailsTo(registration.mailbox)).toEqual(['change-request.received']);
  });

  it('waits for each new mailbox, tells the one that goes at once, and shows the new one no diff', async () => {
    const { registration, clerk } = await newRegistration();
    const email = `chosei@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    expect(sent.body.status).toBe('awaiting_verification');
    expect(await mailsTo(registration.mailbox)).toEqual([
      'change-request.received',
      'change-request.address-leaving',
    ]);
    const verify = (await queuedMails(portal)).find(({ recipient }) => recipient === email);
    expect(verify?.kind).toBe('change-request.verify-address');
    expect(verify?.body).not.toContain(registration.mailbox);
    expect(verify?.body).not.toContain('佐藤');

    const early = await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    expect([early.status, early.body.code]).toEqual([409, 'not-under-review']);

    const anybody = new Client(portal);
    const path = `/verifications/${sent.body.verifications[0]?.number}`;
    const wrong = await anybody.post(path, { body: { code: '00000000' } });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'wrong-code']);
    const code = await mailedCode(portal, 'change-request.verify-address', email);
    const typed = `${code.slice(0, 4)} ${code.slice(4)}`.replace(
      /\d/g,
      (d) => '０１２３４５６７８９'[Number(d)] ?? d,
    );
    const right = await anybody.post(path, { body: { code: typed } });
    expect(right.body).toEqual({
      changeRequestNumber: sent.body.number,
      remaining: 0,
      status: 'under_review',
    });
    expect((await anybody.post(path, { body: { code } })).status).toBe(200);
  });

  it('answers an unknown verification like a wrong code, and stops after ten tries', async () => {
    const { registration, clerk } = await newRegistration();
    const email = `neu@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    const anybody = new Client(portal);
    for (const id of ['999999', 'abc', '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e']) {
      const answer = await anybody.post(`/verifications/${id}`, { body: { code: '12345678' } });
      expect([answer.status, answer.body.code]).toEqual([422, 'wrong-code']);
    }
    const path = `/verifications/${sent.body.verifications[0]?.id}`;
    for (let tries = 0; tries < 10; tries += 1) await anybody.post(path, { body: { code: '00000000' } });
    const code = await mailedCode(portal, 'change-request.verify-address', email);
    expect((await anybody.post(path, { body: { code } })).status).toBe(422);
    // A new code works all the same, and the clerk can ask for one.
    const resent = await clerk.client.post<ChangeRequestResponse>(`/change-requests/${sent.body.id}/resend`);
    expect(resent.body.verifications).toHaveLength(2);
    const fresh = await mailedCode(portal, 'change-request.verify-address', email);
    const verified = await anybody.post(`/verifications/${resent.body.verifications[1]?.id}`, {
      body: { code: fresh },
    });
    expect(verified.body).toMatchObject({ status: 'under_review' });
  });

  it('is one at a time: the second names the first, also when both come at once', async () => {
    const { registration, clerk } = await newRegistration();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => submit(clerk, registration, withPhone(registration.document))),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409]);
    const first = answers.find(({ status }) => status === 201);
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      expect(body).toMatchObject({
        code: 'open-request-exists',
        changeRequest: { id: first?.body.id, number: first?.body.number, status: 'under_review' },
      });
    }
    // It wins over a stale version.
    expect((await submit(clerk, registration, withPhone(registration.document), 7)).status).toBe(409);
  });

  it('needs the version that was seen', async () => {
    const { registration, clerk } = await newRegistration();
    const path = `/registrations/${registration.id}/change-requests`;
    const body = { proposed: withPhone(registration.document) };
    expect((await clerk.client.post(path, { body })).body.code).toBe('if-match-required');
    expect((await clerk.client.post(path, { body, ifMatch: '*' })).status).toBe(428);
    expect((await clerk.client.post(path, { body, ifMatch: 2 })).body.code).toBe('stale-version');
    expect((await clerk.client.post(path, { body, ifMatch: 'W/"1"' })).status).toBe(412);
  });

  it('refuses a proposal that changes nothing', async () => {
    const { registration, clerk } = await newRegistration();
    expect((await submit(clerk, registration, registration.document)).body.code).toBe('no-changes');
  });

  it('adds and removes by ids, with labels for what is new', async () => {
    const { registration, clerk } = await newRegistration();
    const { document } = registration;
    const sent = await submit(clerk, registration, {
      ...document,
      primaryDepartmentId: 'new-1',
      departments: [
        ...document.departments,
        { id: 'new-1', name: '総務課', email: document.departments[0]?.email },
      ],
      contacts: [
        document.contacts[0],
        { id: 'new-2', departmentId: 'new-1', name: '檜垣 悠生', role: 'deputy' },
      ],
    });
    expect(sent.status).toBe(201);
    expect(
      sent.body.changes.map(({ kind, label, beforeText }) => [kind, label, beforeText?.split('\n')[0]]),
    ).toEqual([
      ['changed', '主な担当部署', '企画課'],
      ['added', '担当部署　総務課', undefined],
      ['removed', '担当者（副）髙﨑 由美', '担当者（副）髙﨑 由美'],
      ['added', '担当者（副）檜垣 悠生', undefined],
    ]);
    await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    const now = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect(now.body.departments.map(({ name }) => name)).toEqual(['企画課', '総務課']);
    expect(now.body.contacts.map(({ name }) => name)).toEqual(['佐藤 健一', '檜垣 悠生']);
    expect(now.body.primaryDepartmentId).toBe(now.body.departments[1]?.id);
  });

  it('answers ids of another municipality as if they did not exist', async () => {
    const { registration, clerk } = await newRegistration();
    const other = await newRegistration();
    const foreign = other.registration.document.contacts[0];
    const withForeign = { ...registration.document, contacts: [foreign] };
    expect((await submit(clerk, registration, withForeign)).status).toBe(404);
    expect((await submit(clerk, other.registration, withPhone(other.registration.document))).status).toBe(
      404,
    );
    expect((await clerk.client.get(`/registrations/${other.registration.id}`)).status).toBe(404);
    expect((await clerk.client.get(`/registrations/${other.registration.id}/history`)).status).toBe(404);
    expect(
      (await clerk.client.post(`/registrations/${other.registration.id}/confirmations`, { ifMatch: 1 }))
        .status,
    ).toBe(404);
    const theirs = await submit(other.clerk, other.registration, withPhone(other.registration.document));
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/withdraw'],
      ['POST', '/submit'],
      ['POST', '/resend'],
    ] as const) {
      const answer = await clerk.client.call(method, `/change-requests/${theirs.body.id}${path}`, {
        ifMatch: 1,
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const list = await clerk.client.get<ChangeRequestPage>('/change-requests');
    expect(list.body.items.map(({ registrationId }) => registrationId)).not.toContain(other.registration.id);
  });
});

describe('deciding', () => {
  it('writes registration, version, freshness, trail and mails together', async () => {
    const { registration, clerk } = await newRegistration();
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
    expect((await mailsTo(registration.mailbox)).at(-1)).toBe('change-request.approved');
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
    const { registration, clerk } = await newRegistration();
    const email = `new@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    const code = await mailedCode(portal, 'change-request.verify-address', email);
    await new Client(portal).post(`/verifications/${sent.body.verifications[0]?.id}`, { body: { code } });
    await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 2 });
    expect(await mailsTo(email)).toEqual(['change-request.verify-address', 'change-request.approved']);
    expect((await mailsTo(registration.mailbox)).at(-1)).toBe('change-request.address-removed');
    const farewell = (await queuedMails(portal)).findLast(
      ({ recipient }) => recipient === registration.mailbox,
    );
    expect(farewell?.body).not.toContain(email);
    expect((await clerk.client.get(`/registrations/${registration.id}`)).body.code).toBe('session-ended');
  });

  it('lets one of twenty reviewers win', async () => {
    const { registration, clerk } = await newRegistration();
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
    const { registration, clerk } = await newRegistration();
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
    const { registration, clerk } = await newRegistration();
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
      decisionReason: expect.any(String),
    });
    const approved = await reviewer.client.post<ChangeRequestResponse>(`${path}/approve`, { ifMatch: 4 });
    expect(approved.body.status).toBe('approved');
    expect(
      (await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`)).body.mainPhone,
    ).toBe('0155-00-8888');
  });

  it('asks for a code again when the mended request has another new mailbox', async () => {
    const { registration, clerk } = await newRegistration();
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
    expect(await mailsTo(email)).toEqual(['change-request.verify-address']);
  });

  it('is never by whoever proposed it', async () => {
    const { registration } = await newRegistration();
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
    const { registration, clerk } = await newRegistration();
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
    const { registration, clerk } = await newRegistration();
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const path = `/change-requests/${sent.body.id}/withdraw`;
    expect((await clerk.client.post(path, { ifMatch: 5 })).status).toBe(412);
    expect((await clerk.client.post<ChangeRequestResponse>(path, { ifMatch: 1 })).body.status).toBe(
      'withdrawn',
    );
    expect((await clerk.client.post(path, { ifMatch: 2 })).body.code).toBe('not-withdrawable');
    expect((await mailsTo(registration.mailbox)).at(-1)).toBe('change-request.withdrawn');
    expect((await submit(clerk, registration, withPhone(registration.document))).status).toBe(201);
  });
});

describe('confirming', () => {
  it('freshens every field and tells every mailbox; by telephone when staff do it', async () => {
    const { registration, clerk } = await newRegistration();
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
    expect(await mailsTo(`takasaki@t${registration.code}.example`)).toEqual(['registry.confirmed']);
    await reviewer.client.post(`${path}/confirmations`, { ifMatch: 1 });
    const byPhone = await clerk.client.get<RegistrationResponse>(path);
    expect(byPhone.body.freshness['/mainPhone']).toMatchObject({ method: 'phone', by: '中邨 彩葉' });
  });
});

describe('what is odd in Japanese', () => {
  it('髙, 﨑 and 檮原町 come back as they went in, through API, mail and history', async () => {
    const registration = await createRegistration(portal, CODES.yusuhara, buildDocument('yusuhara.example'));
    const clerk = await signInMember(portal, registration, '髙﨑 檮太');
    const proposed = {
      ...registration.document,
      departments: registration.document.departments.map((d) => ({ ...d, name: '檮原まちづくり課' })),
    };
    const sent = await submit(clerk, registration, proposed);
    await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    const now = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect([now.body.municipality, now.body.departments[0]?.name]).toEqual(['檮原町', '檮原まちづくり課']);
    expect(now.body.contacts.map(({ name }) => name)).toContain('髙﨑 由美');
    const mail = (await queuedMails(portal)).findLast(({ recipient }) => recipient === registration.mailbox);
    expect(mail?.body).toContain('檮原まちづくり課');
    expect(mail?.body).toContain('髙﨑 檮太');
  });
});
