import type {
  ChangeRequestResponse,
  ThreeWayResponse,
} from '../../src/change-requests/change-request.dto.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { RegistrationResponse } from '../../src/registry/registration.dto.js';
import { letDaysPass, runJobs } from '../factories/clock.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { moveRegistration, type TestRegistration } from '../factories/registrations.js';
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

const move = (
  registration: TestRegistration,
  document: RegistrationDocument,
  baseVersion = 1,
): Promise<void> => moveRegistration(portal, registration, document, baseVersion);

const withFirst = (document: RegistrationDocument, change: object): RegistrationDocument => ({
  ...document,
  contacts: document.contacts.map((person, index) => (index === 0 ? { ...person, ...change } : person)),
});

const rebase = (
  who: SignedIn,
  id: string,
  ifMatch: number,
  body: unknown,
): Promise<Answer<ChangeRequestResponse & Pick<Problem, 'code' | 'errors'>>> =>
  who.client.post(`/change-requests/${id}/rebase`, { ifMatch, body });

const read = async (id: string): Promise<RegistrationResponse> =>
  (await reviewer.client.get<RegistrationResponse>(`/registrations/${id}`)).body;

describe('a registration that moved under a request', () => {
  it('is shown three ways, and taken over where only one side changed something', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    await move(registration, withFirst(registration.document, { extension: '600' }));
    const approve = `/change-requests/${sent.body.id}/approve`;
    const moved = await reviewer.client.post(approve, { ifMatch: 1 });
    const extension = `/contacts/${registration.document.contacts[0]?.id}/extension`;
    const fields = [
      {
        pointer: '/mainPhone',
        label: '代表電話',
        state: 'proposed',
        baseText: '0155-00-2110',
        currentText: '0155-00-2110',
        proposedText: '0155-00-9999',
      },
      {
        pointer: extension,
        label: '担当者（正）佐藤 健一　内線',
        state: 'current',
        baseText: '521',
        currentText: '600',
        proposedText: '521',
      },
    ];
    expect(moved.status).toBe(409);
    expect(moved.body).toMatchObject({
      code: 'registration-moved',
      baseVersion: 1,
      registrationVersion: 2,
      threeWay: fields,
    });
    const shown = await clerk.client.get<ThreeWayResponse>(`/change-requests/${sent.body.id}/three-way`);
    expect(shown.body).toEqual({ baseVersion: 1, registrationVersion: 2, fields });

    const rebased = await rebase(reviewer, sent.body.id, 1, { registrationVersion: 2, choices: [] });
    expect(rebased.body).toMatchObject({
      status: 'under_review',
      version: 2,
      baseVersion: 2,
      registrationVersion: 2,
      refused: [],
    });
    expect(rebased.body.changes.map(({ pointer }) => pointer)).toEqual(['/mainPhone']);
    expect((await reviewer.client.post(approve, { ifMatch: 2 })).status).toBe(200);
    const now = await read(registration.id);
    expect([now.version, now.mainPhone, now.contacts[0]?.extension]).toEqual([3, '0155-00-9999', '600']);
  });

  it('asks for a choice where both changed the same, and tells the municipality what staff gave up', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const pointer = `/contacts/${registration.document.contacts[0]?.id}/extension`;
    const proposed = withPhone(withFirst(registration.document, { extension: '530' }));
    const sent = await submit(clerk, registration, proposed);
    await move(registration, withFirst(registration.document, { extension: '600' }));

    const none = await rebase(reviewer, sent.body.id, 1, { registrationVersion: 2, choices: [] });
    expect(none.body.errors).toMatchObject([{ pointer: '/choices', code: 'choice-required' }]);
    const reasonless = await rebase(reviewer, sent.body.id, 1, {
      registrationVersion: 2,
      choices: [{ pointer, take: 'current' }],
    });
    expect(reasonless.body.errors).toMatchObject([{ pointer: '/choices/0/reason', code: 'reason-required' }]);
    const reason = 'お電話で600番と伺いました。';
    const rebased = await rebase(reviewer, sent.body.id, 1, {
      registrationVersion: 2,
      choices: [{ pointer, take: 'current', reason }],
    });
    expect(rebased.body.refused).toMatchObject([{ pointer, beforeText: '600', afterText: '530', reason }]);
    expect(rebased.body.changes.map((change) => change.pointer)).toEqual(['/mainPhone']);

    const decided = await reviewer.client.post<ChangeRequestResponse>(
      `/change-requests/${sent.body.id}/approve`,
      { ifMatch: 2 },
    );
    expect(decided.body.status).toBe('partly_approved');
    const mail = (await queuedMails(portal)).findLast(({ recipient }) => recipient === registration.mailbox);
    expect(mail?.kind).toBe('change-request.partly-approved');
    expect(mail?.body).toContain(reason);
    expect(mail?.body).toContain('いまの登録　600');
    expect((await read(registration.id)).contacts[0]?.extension).toBe('600');
  });

  it('lets the clerk choose, without a reason, and the proposal holds where they say so', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const pointer = `/contacts/${registration.document.contacts[0]?.id}/extension`;
    const sent = await submit(clerk, registration, withFirst(registration.document, { extension: '530' }));
    await move(registration, withFirst(registration.document, { extension: '600' }));
    const rebased = await rebase(clerk, sent.body.id, 1, {
      registrationVersion: 2,
      choices: [{ pointer, take: 'proposed' }],
    });
    expect(rebased.body.changes).toMatchObject([{ pointer, beforeText: '600', afterText: '530' }]);
    await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 2 });
    expect((await read(registration.id)).contacts[0]?.extension).toBe('530');
  });

  it('keeps a returned request where it lies, edited on top of what is registered now', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const path = `/change-requests/${sent.body.id}`;
    await reviewer.client.post(`${path}/return`, { ifMatch: 1, body: { reason: 'お確かめください。' } });
    const current = withFirst(registration.document, { extension: '600' });
    await move(registration, current);
    const edit = { proposed: withPhone(current, '0155-00-7777') };
    const moved = await clerk.client.put(path, { ifMatch: 2, body: edit });
    expect(moved.body).toMatchObject({ code: 'registration-moved', threeWay: expect.any(Array) });
    const byStaff = await rebase(reviewer, sent.body.id, 2, { registrationVersion: 2, choices: [] });
    expect([byStaff.status, byStaff.body.code]).toEqual([403, 'forbidden']);
    const rebased = await rebase(clerk, sent.body.id, 2, { registrationVersion: 2, choices: [] });
    expect(rebased.body).toMatchObject({ status: 'returned', expiresAt: expect.any(String) });
    expect((await clerk.client.put(path, { ifMatch: 3, body: edit })).status).toBe(200);
    expect(
      (await clerk.client.post<ChangeRequestResponse>(`${path}/submit`, { ifMatch: 4 })).body.status,
    ).toBe('under_review');
  });

  it('asks a mailbox to answer that the registration has lost meanwhile', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const personal = `takasaki@t${registration.code}.example`;
    const [department] = registration.document.departments;
    // The shared mailbox is to become the one that a person has: no new mailbox, so nobody has to answer.
    const sent = await submit(clerk, registration, {
      ...registration.document,
      departments: [department, { id: 'new-1', name: '総務課', email: personal }],
    });
    expect(sent.body.status).toBe('under_review');
    await move(registration, {
      ...registration.document,
      contacts: registration.document.contacts.map((person) => ({ ...person, email: null })),
    });
    const rebased = await rebase(reviewer, sent.body.id, 1, { registrationVersion: 2, choices: [] });
    expect(rebased.body.status).toBe('awaiting_verification');
    expect((await mailsTo(portal, personal)).at(-1)).toBe('change-request.verify-address');
    const code = await mailedCode(portal, 'change-request.verify-address', personal);
    const [verification] = (await clerk.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`))
      .body.verifications;
    const answer = await new Client(portal).post<{ status: string }>(`/verifications/${verification?.id}`, {
      body: { code },
    });
    expect(answer.body.status).toBe('under_review');
  });

  it('asks such a mailbox also while it waits for another', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { document, code } = registration;
    const gone = `takasaki@t${code}.example`;
    const [first, second] = document.contacts;
    // Their own mailbox is to be that of the first person, who isn't new; the second gets another.
    const sent = await submit(clerk, registration, {
      ...document,
      contacts: [
        { ...first, email: gone },
        { ...second, email: `new@t${code}.example` },
      ],
    });
    await move(registration, {
      ...document,
      contacts: document.contacts.map((person) => ({ ...person, email: null })),
    });
    const { body } = await rebase(clerk, sent.body.id, 1, {
      registrationVersion: 2,
      choices: [{ pointer: `/contacts/${second?.id}/email`, take: 'proposed' }],
    });
    expect(body.status).toBe('awaiting_verification');
    expect(body.verifications.map(({ email }) => email).sort()).toEqual(
      [`new@t${code}.example`, gone].sort(),
    );
    expect((await mailsTo(portal, gone)).at(-1)).toBe('change-request.verify-address');
    expect(await mailsTo(portal, `new@t${code}.example`)).toEqual(['change-request.verify-address']);
  });

  it('is told of, however it ends, to nobody who has gone by then', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { document, code } = registration;
    const gone = `takasaki@t${code}.example`;
    const withoutThem = {
      ...document,
      contacts: document.contacts.map((person) => ({ ...person, email: null })),
    };
    const sent = await submit(clerk, registration, withPhone(document));
    await move(registration, withoutThem);
    await clerk.client.post(`/change-requests/${sent.body.id}/withdraw`, { ifMatch: 1 });
    const next = await submit(clerk, registration, withMailbox(withoutThem, `new@t${code}.example`), 2);
    await move(registration, withPhone(withoutThem), 2);
    for (const days of [12, 3]) {
      await letDaysPass(portal, next.body.id, days);
      await runJobs(portal);
    }
    expect(await mailsTo(portal, registration.mailbox)).toEqual([
      'change-request.received',
      'change-request.withdrawn',
      'change-request.received',
      'change-request.address-leaving',
      'change-request.expiring',
      'change-request.expired',
    ]);
    expect(await mailsTo(portal, gone)).toEqual([]);
  });

  it('is taken over only as it was seen', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const { id } = sent.body;
    const early = await rebase(reviewer, id, 1, { registrationVersion: 1, choices: [] });
    expect([early.status, early.body.code]).toEqual([409, 'registration-not-moved']);
    const once = withFirst(registration.document, { extension: '600' });
    await move(registration, once);
    await move(registration, withFirst(once, { extension: '601' }), 2);
    const again = await rebase(reviewer, id, 1, { registrationVersion: 2, choices: [] });
    expect([again.status, again.body.code]).toEqual([409, 'registration-moved']);
    expect(again.body).toMatchObject({ registrationVersion: 3 });
    expect((await rebase(reviewer, id, 7, { registrationVersion: 3, choices: [] })).status).toBe(412);
    const unknown = await rebase(reviewer, id, 1, {
      registrationVersion: 3,
      choices: [{ pointer: '/x', take: 'current', reason: 'x' }],
    });
    expect(unknown.body.errors?.[0]).toMatchObject({ pointer: '/choices/0/pointer', code: 'unknown-change' });
    const { registration: other, clerk: stranger } = await newRegistration(portal);
    expect(other.id).not.toBe(registration.id);
    expect((await rebase(stranger, id, 1, { registrationVersion: 3, choices: [] })).status).toBe(404);
    const [first, ...others] = await Promise.all(
      Array.from({ length: 8 }, () => rebase(reviewer, id, 1, { registrationVersion: 3, choices: [] })),
    );
    const statuses = [first, ...others].map((answer) => answer?.status ?? 0).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
  });

  it('leaves nothing to decide where both wanted the same', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    await move(registration, withPhone(registration.document));
    const answer = await rebase(reviewer, sent.body.id, 1, { registrationVersion: 2, choices: [] });
    expect([answer.status, answer.body.code]).toEqual([422, 'no-changes']);
  });
});
