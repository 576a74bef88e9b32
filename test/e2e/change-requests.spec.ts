import type {
  ChangeRequestPage,
  ChangeRequestResponse,
} from '../../src/change-requests/change-request.dto.js';
import type { RegistrationResponse } from '../../src/registry/registration.dto.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { buildDocument, CODES, createRegistration } from '../factories/registrations.js';
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

describe('sending a change request', () => {
  it('goes straight under review when no new mailbox is in it, with the diff by ids and in words', async () => {
    const { registration, clerk } = await newRegistration(portal);
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
        decision: null,
      },
    ]);
    expect(sent.etag).toBe('"1"');
    expect(await mailsTo(portal, registration.mailbox)).toEqual(['change-request.received']);
  });

  it('waits for each new mailbox, tells the one that goes at once, and shows the new one no diff', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `chosei@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    expect(sent.body.status).toBe('awaiting_verification');
    expect(await mailsTo(portal, registration.mailbox)).toEqual([
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
      receiptNumber: sent.body.number,
      remaining: 0,
      status: 'under_review',
      subject: 'change-request',
      next: '事務局が内容を確認し、結果をメールでお知らせします。',
    });
    expect((await anybody.post(path, { body: { code } })).status).toBe(200);
  });

  it('answers an unknown verification like a wrong code, and slows whoever guesses, but nobody else', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `neu@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    const anybody = new Client(portal);
    for (const id of ['999999', 'abc', '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e']) {
      const answer = await anybody.post(`/verifications/${id}`, { body: { code: '12345678' } });
      expect([answer.status, answer.body.code]).toEqual([422, 'wrong-code']);
    }
    const path = `/verifications/${sent.body.verifications[0]?.id}`;
    const guesser = new Client(portal);
    const guesses: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      guesses.push((await guesser.post(path, { body: { code: '00000000' } })).status);
    }
    expect(guesses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    const code = await mailedCode(portal, 'change-request.verify-address', email);
    expect((await guesser.post(path, { body: { code } })).status).toBe(429);
    // The clerk can ask for another code, and whoever reads the mailbox types it all the same.
    const resent = await clerk.client.post<ChangeRequestResponse>(`/change-requests/${sent.body.id}/resend`);
    expect(resent.body.verifications).toHaveLength(2);
    const fresh = await mailedCode(portal, 'change-request.verify-address', email);
    const verified = await anybody.post(`/verifications/${resent.body.verifications[1]?.id}`, {
      body: { code: fresh },
    });
    expect(verified.body).toMatchObject({ status: 'under_review' });
  });

  it('is one at a time: the second names the first, also when both come at once', async () => {
    const { registration, clerk } = await newRegistration(portal);
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
    const { registration, clerk } = await newRegistration(portal);
    const path = `/registrations/${registration.id}/change-requests`;
    const body = { proposed: withPhone(registration.document) };
    expect((await clerk.client.post(path, { body })).body.code).toBe('if-match-required');
    expect((await clerk.client.post(path, { body, ifMatch: '*' })).status).toBe(428);
    expect((await clerk.client.post(path, { body, ifMatch: 2 })).body.code).toBe('stale-version');
    expect((await clerk.client.post(path, { body, ifMatch: 'W/"1"' })).status).toBe(412);
  });

  it('refuses a proposal that changes nothing', async () => {
    const { registration, clerk } = await newRegistration(portal);
    expect((await submit(clerk, registration, registration.document)).body.code).toBe('no-changes');
  });

  it('adds and removes by ids, with labels for what is new', async () => {
    const { registration, clerk } = await newRegistration(portal);
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
    const { registration, clerk } = await newRegistration(portal);
    const other = await newRegistration(portal);
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
