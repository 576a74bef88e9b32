import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { diffRegistrations } from '../../src/registry/registration-diff.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import { letDaysPass, runJobs } from '../factories/clock.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { mailedCode } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** What goes on beside one another: each of these lost something, or told somebody too much, once. */
let portal: TestPortal;
let reviewer: SignedIn;
let secondReviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  secondReviewer = await signInStaff(portal, ['reviewer'], '藤澤 理久');
});
afterAll(() => portal.close());

type Sent = Answer<ChangeRequestResponse & Pick<Problem, 'code' | 'errors'>>;

const inDays = async (days: number): Promise<string> => {
  const [row] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ day: string }>('SELECT (today_in_tokyo() + $1::int)::text AS day', [days]),
    );
  return row?.day ?? '';
};

/** The second person hands over in five days. */
async function sendHandover(
  who: SignedIn,
  { id, document }: TestRegistration,
  change: object = {},
  ifMatch = 1,
): Promise<Sent> {
  return who.client.post(`/registrations/${id}/handovers`, {
    ifMatch,
    body: {
      outgoingContactId: document.contacts[1]?.id,
      incoming: { name: '三枝 千紘' },
      effectiveOn: await inDays(5),
      ...change,
    },
  });
}

const approve = (id: string, version: number, who = reviewer): Promise<Sent> =>
  who.client.post(`/change-requests/${id}/approve`, { ifMatch: version });
const get = async (id: string): Promise<ChangeRequestResponse> =>
  (await reviewer.client.get<ChangeRequestResponse>(`/change-requests/${id}`)).body;
const read = async (id: string): Promise<RegistrationResponse> =>
  (await reviewer.client.get<RegistrationResponse>(`/registrations/${id}`)).body;
const names = async (id: string): Promise<string[]> => (await read(id)).contacts.map(({ name }) => name);

/** What is in effect is what the history's newest version says. */
async function expectTrueToHistory(id: string): Promise<void> {
  const { mainPhone, primaryDepartmentId, departments, contacts } = await read(id);
  const history = await reviewer.client.get<HistoryPage>(`/registrations/${id}/history`);
  const newest = history.body.items[0]?.document as RegistrationDocument;
  expect(diffRegistrations({ mainPhone, primaryDepartmentId, departments, contacts }, newest)).toEqual([]);
}

describe('what comes back with its old id', () => {
  it('is in effect again: a handover that is taken back', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await sendHandover(clerk, registration, { effectiveOn: await inDays(0) });
    await approve(sent.body.id, 1);
    expect(await names(registration.id)).toEqual(['佐藤 健一', '三枝 千紘']);
    const undo = await reviewer.client.post<ChangeRequestResponse>(`/change-requests/${sent.body.id}/undo`, {
      body: { reason: '異動が取りやめになったとのことです。' },
    });
    // The mailbox had left with its person, so it answers before anybody looks.
    expect(undo.body.status).toBe('awaiting_verification');
    const mailbox = `takasaki@t${registration.code}.example`;
    const code = await mailedCode(portal, 'change-request.verify-address', mailbox);
    await new Client(portal).post(`/verifications/${(await get(undo.body.id)).verifications[0]?.id}`, {
      body: { code },
    });
    await approve(undo.body.id, 2, secondReviewer);
    expect(await names(registration.id)).toEqual(['佐藤 健一', '髙﨑 由美']);
    await expectTrueToHistory(registration.id);
    const again = await reviewer.client.post(`/change-requests/${sent.body.id}/undo`, {
      body: { reason: 'x' },
    });
    expect([again.status, again.body.code]).toEqual([422, 'no-changes']);
  });

  it('is in effect again: a department that was replaced', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const [department] = registration.document.departments;
    const sent = await submit(clerk, registration, {
      ...registration.document,
      primaryDepartmentId: 'new-1',
      departments: [{ ...department, id: 'new-1', name: '総務課' }],
      contacts: registration.document.contacts.map((person) => ({ ...person, departmentId: 'new-1' })),
    });
    await approve(sent.body.id, 1);
    const undo = await reviewer.client.post<ChangeRequestResponse>(`/change-requests/${sent.body.id}/undo`, {
      body: { reason: '組織の変更はないとのことです。' },
    });
    await approve(undo.body.id, 1, secondReviewer);
    expect((await read(registration.id)).departments.map(({ name }) => name)).toEqual(['企画課']);
    await expectTrueToHistory(registration.id);
  });
});

describe('a request that lapses after a handover’s day', () => {
  it('is told to whoever is registered now, and to nobody who has left', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const leaving = `takasaki@t${registration.code}.example`;
    const handover = await sendHandover(clerk, registration);
    await approve(handover.body.id, 1);
    const other = await submit(
      clerk,
      registration,
      withMailbox(registration.document, `new@t${registration.code}.example`),
    );
    await letDaysPass(portal, handover.body.id, 5);
    await runJobs(portal);
    expect((await mailsTo(portal, leaving)).at(-1)).toBe('change-request.address-removed');
    await letDaysPass(portal, other.body.id, 20);
    await runJobs(portal);
    expect((await mailsTo(portal, leaving)).at(-1)).toBe('change-request.address-removed');
    expect((await mailsTo(portal, registration.mailbox)).at(-1)).toBe('change-request.expired');
  });
});

describe('a handover that cannot be applied by itself', () => {
  it('because its mailbox has left meanwhile, asks it to answer and then goes on', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const personal = `takasaki@t${registration.code}.example`;
    // The successor of the first person reads the mailbox that the second has today.
    const handover = await sendHandover(clerk, registration, {
      outgoingContactId: registration.document.contacts[0]?.id,
      incoming: { name: '三枝 千紘', email: personal },
    });
    expect(handover.body.status).toBe('under_review');
    await approve(handover.body.id, 1);
    const [first, second] = registration.document.contacts;
    const other = await submit(clerk, registration, {
      ...registration.document,
      contacts: [first, { ...second, email: null }],
    });
    await approve(other.body.id, 1);
    await letDaysPass(portal, handover.body.id, 5);
    await runJobs(portal);
    expect(await get(handover.body.id)).toMatchObject({ status: 'scheduled', blockedAt: expect.any(String) });
    expect(await names(registration.id)).toEqual(['佐藤 健一', '髙﨑 由美']);
    expect((await mailsTo(portal, registration.mailbox)).at(-1)).toBe('change-request.handover-blocked');
    expect((await mailsTo(portal, personal)).at(-1)).toBe('change-request.address-removed');

    const { version } = await get(handover.body.id);
    const path = `/change-requests/${handover.body.id}/rebase`;
    const body = { registrationVersion: 2, choices: [] };
    const byClerk = await clerk.client.post(path, { ifMatch: version, body });
    expect([byClerk.status, byClerk.body.code]).toEqual([403, 'forbidden']);
    const rebased = await reviewer.client.post<ChangeRequestResponse>(path, { ifMatch: version, body });
    expect(rebased.body.status).toBe('scheduled');
    await runJobs(portal);
    expect((await read(registration.id)).version).toBe(2);
    const code = await mailedCode(portal, 'change-request.verify-address', personal);
    const [verification] = (await get(handover.body.id)).verifications;
    const answer = await new Client(portal).post(`/verifications/${verification?.id}`, { body: { code } });
    expect(answer.status).toBe(200);
    await runJobs(portal);
    expect(await names(registration.id)).toEqual(['三枝 千紘', '髙﨑 由美']);
    await expectTrueToHistory(registration.id);
  });

  it('because somebody else has come already, does not register both', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const handover = await sendHandover(clerk, registration);
    await approve(handover.body.id, 1);
    const [first, second] = registration.document.contacts;
    const other = await submit(clerk, registration, {
      ...registration.document,
      contacts: [first, { ...second, id: 'new-1', name: '阿部 悠', email: null }],
    });
    await approve(other.body.id, 1);
    await letDaysPass(portal, handover.body.id, 5);
    await runJobs(portal);
    expect(await names(registration.id)).toEqual(['佐藤 健一', '阿部 悠']);
    expect((await get(handover.body.id)).blockedAt).not.toBeNull();
  });

  it('is put right by another than whoever proposed it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const handover = await sendHandover(reviewer, registration);
    await approve(handover.body.id, 1, secondReviewer);
    const other = await submit(clerk, registration, withPhone(registration.document));
    await approve(other.body.id, 1);
    const own = await reviewer.client.post(`/change-requests/${handover.body.id}/rebase`, {
      ifMatch: 2,
      body: { registrationVersion: 2, choices: [] },
    });
    expect([own.status, own.body.code]).toEqual([403, 'forbidden']);
  });
});

describe('a request whose whole matter is settled by what happened meanwhile', () => {
  it('can be given back, so that it stands in nobody’s way', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const handover = await sendHandover(clerk, registration);
    await approve(handover.body.id, 1);
    const [first] = registration.document.contacts;
    const other = await submit(clerk, registration, { ...registration.document, contacts: [first] });
    await letDaysPass(portal, handover.body.id, 5);
    await runJobs(portal);
    expect((await approve(other.body.id, 1)).body.code).toBe('registration-moved');
    const rebase = await reviewer.client.post(`/change-requests/${other.body.id}/rebase`, {
      ifMatch: 1,
      body: { registrationVersion: 2, choices: [] },
    });
    expect(rebase.body.code).toBe('no-changes');
    const returned = await reviewer.client.post<ChangeRequestResponse>(
      `/change-requests/${other.body.id}/return`,
      { ifMatch: 1, body: { reason: '引継ぎとして反映ずみです。取り下げてください。' } },
    );
    expect(returned.body.status).toBe('returned');
  });
});

describe('a returned handover', () => {
  it('is mended as a handover, with another date', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await sendHandover(clerk, registration);
    const path = `/change-requests/${sent.body.id}`;
    await reviewer.client.post(`${path}/return`, {
      ifMatch: 1,
      body: { reason: '日付をお確かめください。' },
    });
    const asChange = await clerk.client.put(path, {
      ifMatch: 2,
      body: { proposed: withPhone(registration.document) },
    });
    expect([asChange.status, asChange.body.code]).toEqual([409, 'not-editable']);
    await letDaysPass(portal, sent.body.id, 6);
    const late = await clerk.client.post(`${path}/submit`, { ifMatch: 2 });
    expect(late.body.errors?.[0]).toMatchObject({ pointer: '/effectiveOn', code: 'in-the-past' });
    const effectiveOn = await inDays(10);
    const edited = await clerk.client.put<ChangeRequestResponse>(`${path}/handover`, {
      ifMatch: 2,
      body: {
        outgoingContactId: registration.document.contacts[1]?.id,
        incoming: { name: '阿部 悠' },
        effectiveOn,
      },
    });
    expect(edited.body).toMatchObject({ status: 'returned', effectiveOn, version: 3 });
    const again = await clerk.client.post<ChangeRequestResponse>(`${path}/submit`, { ifMatch: 3 });
    expect(again.body).toMatchObject({ kind: 'handover', status: 'under_review', effectiveOn });
    expect((await approve(sent.body.id, 4)).body.status).toBe('scheduled');
  });
});

describe('a rebase while a mailbox has yet to answer', () => {
  it('asks also the one that the registration has lost meanwhile', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const personal = `takasaki@t${registration.code}.example`;
    const fresh = `new@t${registration.code}.example`;
    const [department] = registration.document.departments;
    const handover = await sendHandover(clerk, registration);
    await approve(handover.body.id, 1);
    const sent = await submit(clerk, registration, {
      ...registration.document,
      departments: [
        { ...department, email: fresh },
        { id: 'new-1', name: '総務課', email: personal },
      ],
    });
    await letDaysPass(portal, handover.body.id, 5);
    await runJobs(portal);
    const clerkAgain = await signInMember(portal, registration);
    const rebased = await clerkAgain.client.post<ChangeRequestResponse>(
      `/change-requests/${sent.body.id}/rebase`,
      { ifMatch: 1, body: { registrationVersion: 2, choices: [] } },
    );
    expect(rebased.body.status).toBe('awaiting_verification');
    expect(rebased.body.verifications.map(({ email }) => email)).toEqual([fresh, personal]);
    expect((await mailsTo(portal, fresh)).filter((kind) => /verify/.test(kind))).toHaveLength(1);
  });
});

describe('a mailbox that leaves', () => {
  it('loses its sessions for good, also where it comes back at once', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const personal = `takasaki@t${registration.code}.example`;
    const leaving = await signInMember(portal, { ...registration, mailbox: personal });
    const [first, second] = registration.document.contacts;
    const without = await submit(clerk, registration, {
      ...registration.document,
      contacts: [first, { ...second, email: null }],
    });
    await approve(without.body.id, 1);
    expect((await leaving.client.get('/me')).status).toBe(401);
    const back = await submit(clerk, registration, registration.document, 2);
    const code = await mailedCode(portal, 'change-request.verify-address', personal);
    await new Client(portal).post(`/verifications/${(await get(back.body.id)).verifications[0]?.id}`, {
      body: { code },
    });
    await approve(back.body.id, 2);
    expect((await read(registration.id)).contacts[1]?.email).toBe(personal);
    expect((await leaving.client.get('/me')).status).toBe(401);
  });
});
