import type {
  ChangeRequestPage,
  ChangeRequestResponse,
} from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { diffRegistrations } from '../../src/registry/registration-diff.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import type { ReviewPolicyResponse } from '../../src/review-policy/review-policy.dto.js';
import { mailsTo, newRegistration, submit, withPhone } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import type { Answer } from '../setup/client.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;
let admin: SignedIn;
let secondAdmin: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  admin = await signInStaff(portal, ['admin'], '堀越 直央');
  secondAdmin = await signInStaff(portal, ['admin'], '仁科 柚木');
});
afterAll(() => portal.close());

const policy = async (): Promise<ReviewPolicyResponse> =>
  (await reviewer.client.get<ReviewPolicyResponse>('/review-policy')).body;

/** Puts rules in force as two admins do. */
async function allow(...atOnce: string[]): Promise<void> {
  const proposed = await admin.client.put<ReviewPolicyResponse>('/review-policy', {
    ifMatch: (await policy()).version,
    body: { atOnce, reason: '年度初めのためです。' },
  });
  await secondAdmin.client.post('/review-policy/agree', { ifMatch: proposed.body.version });
}

/** Changes the first person, who has no mailbox of their own. */
const change = (
  who: SignedIn,
  registration: TestRegistration,
  person: object,
  ifMatch = 1,
): Promise<Answer<ChangeRequestResponse>> => {
  const [first, ...others] = registration.document.contacts;
  return submit(
    who,
    registration,
    { ...registration.document, contacts: [{ ...first, ...person }, ...others] },
    ifMatch,
  );
};

describe('the rules for low-risk fields', () => {
  it('let nothing pass at first, and change only when a second admin agrees', async () => {
    const first = await reviewer.client.get<ReviewPolicyResponse>('/review-policy');
    expect(first.body).toMatchObject({ version: 1, proposal: null });
    expect(first.body.rules.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'name review',
      'kana review',
      'title review',
      'extension review',
    ]);
    expect((await admin.client.post('/review-policy/agree', { ifMatch: 1 })).body.code).toBe('no-proposal');
    const body = { atOnce: ['title', 'extension'], reason: '内線の変更が多いためです。' };
    expect((await reviewer.client.put('/review-policy', { ifMatch: 1, body })).status).toBe(403);
    expect((await admin.client.put('/review-policy', { ifMatch: 9, body })).status).toBe(412);
    const proposed = await admin.client.put<ReviewPolicyResponse>('/review-policy', { ifMatch: 1, body });
    expect(proposed.body).toMatchObject({ version: 2, proposal: { proposedByName: '堀越 直央' } });
    expect(proposed.body.rules.every(({ rule }) => rule === 'review')).toBe(true);
    const waiting = await secondAdmin.client.get<TaskPage>('/tasks');
    expect(waiting.body.items.map(({ kind, title }) => [kind, title])).toEqual([
      ['review-policy.agree', '確認を省く項目　担当者の職名、担当者の内線'],
    ]);
    const alone = await admin.client.post('/review-policy/agree', { ifMatch: 2 });
    expect([alone.status, alone.body.code]).toEqual([403, 'second-person-needed']);
    const agreed = await secondAdmin.client.post<ReviewPolicyResponse>('/review-policy/agree', {
      ifMatch: 2,
    });
    expect(agreed.body.proposal).toBeNull();
    expect(agreed.body.rules.filter(({ rule }) => rule === 'at-once').map(({ field }) => field)).toEqual([
      'title',
      'extension',
    ]);
    expect((await secondAdmin.client.get<TaskPage>('/tasks')).body.total).toBe(0);
  });

  it('can be declined, and a newer proposal takes the place of one that waits', async () => {
    const before = await policy();
    const put = (atOnce: string[], ifMatch: number): Promise<Answer<ReviewPolicyResponse>> =>
      admin.client.put('/review-policy', { ifMatch, body: { atOnce, reason: 'x' } });
    const first = await put(['name'], before.version);
    const second = await put([], first.body.version);
    expect(second.body.proposal?.rules.every(({ rule }) => rule === 'review')).toBe(true);
    expect(
      (await secondAdmin.client.post('/review-policy/agree', { ifMatch: first.body.version })).status,
    ).toBe(412);
    const declined = await secondAdmin.client.post<ReviewPolicyResponse>('/review-policy/decline', {
      ifMatch: second.body.version,
    });
    expect(declined.body).toMatchObject({ rules: before.rules, proposal: null });
  });

  it('are changed by one admin at a time, each bound to what they saw', async () => {
    const { version } = await policy();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 ? admin : secondAdmin).client.put('/review-policy', {
          ifMatch: version,
          body: { atOnce: ['kana'], reason: 'x' },
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    const proposed = await policy();
    const proposer = proposed.proposal?.proposedByName === '堀越 直央' ? admin : secondAdmin;
    const other = proposer === admin ? secondAdmin : admin;
    const both = await Promise.all([
      ...Array.from({ length: 4 }, () =>
        other.client.post('/review-policy/agree', { ifMatch: proposed.version }),
      ),
      ...Array.from({ length: 4 }, () =>
        proposer.client.put('/review-policy', {
          ifMatch: proposed.version,
          body: { atOnce: [], reason: 'x' },
        }),
      ),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(both.filter(({ status }) => status === 412)).toHaveLength(7);
  });

  it.each([
    [{ atOnce: ['email'], reason: 'x' }, '/atOnce not-allowed'],
    [{ atOnce: ['name', 'name'], reason: 'x' }, '/atOnce duplicate'],
    [{ atOnce: 'name', reason: 'x' }, '/atOnce type'],
    [{ atOnce: [] }, '/reason required'],
  ])('refuse %j', async (body, expected) => {
    const answer = await admin.client.put('/review-policy', { ifMatch: (await policy()).version, body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([expected]);
  });
});

describe('a change that the rules let pass', () => {
  it('counts at once, is told as such, and waits to be looked over', async () => {
    await allow('title', 'extension');
    const { registration, clerk } = await newRegistration(portal);
    const sent = await change(clerk, registration, { title: '課長補佐', extension: '530' });
    expect(sent.body).toMatchObject({
      status: 'approved',
      decidedByRule: expect.any(Number),
      decidedByName: null,
      lookedOverAt: null,
    });
    expect(sent.body.changes.map(({ rule, decision }) => [rule, decision])).toEqual([
      ['at-once', 'accepted'],
      ['at-once', 'accepted'],
    ]);
    const now = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect(now.body).toMatchObject({ version: 2, contacts: [{ title: '課長補佐', extension: '530' }, {}] });
    expect(await mailsTo(portal, registration.mailbox)).toEqual(['change-request.applied-at-once']);
    expect(await mailsTo(portal, `takasaki@t${registration.code}.example`)).toEqual([
      'change-request.applied-at-once',
    ]);
    const history = await reviewer.client.get<HistoryPage>(`/registrations/${registration.id}/history`);
    expect(history.body.items[0]).toMatchObject({ cause: 'rule', decidedBy: null });

    const toLookOver = async (): Promise<string[]> =>
      (await reviewer.client.get<ChangeRequestPage>('/change-requests?toLookOver=true')).body.items.map(
        ({ id }) => id,
      );
    expect(await toLookOver()).toContain(sent.body.id);
    const looked = await reviewer.client.post<ChangeRequestResponse>(
      `/change-requests/${sent.body.id}/look-over`,
    );
    expect(looked.body.lookedOverAt).not.toBeNull();
    expect((await reviewer.client.post(`/change-requests/${sent.body.id}/look-over`)).status).toBe(200);
    expect(await toLookOver()).not.toContain(sent.body.id);
    const tasks = await reviewer.client.get<TaskPage>('/tasks?limit=500');
    expect(tasks.body.items.filter(({ subjectId }) => subjectId === sent.body.id)).toEqual([]);
  });

  it('is one where every part may, and none else', async () => {
    await allow('name', 'kana', 'title', 'extension');
    const { registration, clerk } = await newRegistration(portal);
    const [first, second] = registration.document.contacts;
    const mixed = await submit(clerk, registration, {
      ...withPhone(registration.document),
      contacts: [{ ...first, extension: '530' }, second],
    });
    expect([mixed.body.status, mixed.body.decidedByRule]).toEqual(['under_review', null]);
    await clerk.client.post(`/change-requests/${mixed.body.id}/withdraw`, { ifMatch: 1 });
    // The second person's own mailbox was never proved to be read.
    const unproved = await submit(clerk, registration, {
      ...registration.document,
      contacts: [first, { ...second, extension: '531' }],
    });
    expect(unproved.body.status).toBe('under_review');
    await clerk.client.post(`/change-requests/${unproved.body.id}/withdraw`, { ifMatch: 1 });
    const themselves = await signInMember(portal, {
      ...registration,
      mailbox: `takasaki@t${registration.code}.example`,
    });
    const own = await submit(themselves, registration, {
      ...registration.document,
      contacts: [first, { ...second, extension: '531' }],
    });
    expect(own.body.status).toBe('approved');
  });

  it('is never one that was given back, whatever is left of it', async () => {
    await allow();
    const { registration, clerk } = await newRegistration(portal);
    const sent = await change(clerk, registration, { name: '三枝 千紘' });
    const path = `/change-requests/${sent.body.id}`;
    await reviewer.client.post(`${path}/return`, {
      ifMatch: 1,
      body: { reason: '在籍していないとのことです。' },
    });
    await allow('name', 'kana', 'title', 'extension');
    const again = await clerk.client.post<ChangeRequestResponse>(`${path}/submit`, { ifMatch: 2 });
    expect(again.body).toMatchObject({ status: 'under_review', decidedByRule: null });
  });

  it('is none of which staff have given up a part: they decide on the rest, too, and tell of both', async () => {
    await allow('extension');
    const { registration, clerk } = await newRegistration(portal);
    const { document, id: registrationId } = registration;
    const [first, second] = document.contacts;
    const sent = await submit(clerk, registration, {
      ...withPhone(document),
      contacts: [{ ...first, extension: '530' }, second],
    });
    const moved = withPhone(document, '0155-00-7777');
    await portal.app.get(Database).asSystem('test', (tx) =>
      portal.app.get(RegistrationsService).apply(tx, {
        registrationId,
        baseVersion: 1,
        document: moved,
        changes: diffRegistrations(document, moved),
        cause: 'import',
        changeRequestId: null,
        proposedBy: '名簿',
        decidedBy: null,
      }),
    );
    const path = `/change-requests/${sent.body.id}`;
    await reviewer.client.post(`${path}/rebase`, {
      ifMatch: 1,
      body: {
        registrationVersion: 2,
        choices: [{ pointer: '/mainPhone', take: 'current', reason: '名簿のとおりです。' }],
      },
    });
    await reviewer.client.post(`${path}/return`, { ifMatch: 2, body: { reason: 'お確かめください。' } });
    const again = await clerk.client.post<ChangeRequestResponse>(`${path}/submit`, { ifMatch: 3 });
    expect(again.body).toMatchObject({ status: 'under_review', decidedByRule: null });
    const decided = await reviewer.client.post<ChangeRequestResponse>(`${path}/approve`, { ifMatch: 4 });
    expect(decided.body).toMatchObject({
      status: 'partly_approved',
      refused: [{ pointer: '/mainPhone', reason: '名簿のとおりです。' }],
    });
  });

  it('is never one of staff', async () => {
    await allow('name', 'kana', 'title', 'extension');
    const { registration } = await newRegistration(portal);
    const proposer = await signInStaff(portal, ['reviewer'], '藤澤 理久');
    expect((await change(proposer, registration, { extension: '530' })).body.status).toBe('under_review');
  });

  it('is taken back by a change that somebody else decides', async () => {
    await allow('extension');
    const { registration, clerk } = await newRegistration(portal);
    const sent = await change(clerk, registration, { extension: '530' });
    const undo = `/change-requests/${sent.body.id}/undo`;
    expect((await clerk.client.post(undo, { body: { reason: 'x' } })).status).toBe(403);
    const back = await reviewer.client.post<ChangeRequestResponse>(undo, {
      body: { reason: '取り違えのようです。' },
    });
    expect(back.status).toBe(201);
    expect(back.body).toMatchObject({
      status: 'under_review',
      undoesId: sent.body.id,
      proposedByStaff: true,
    });
    expect(back.body.changes).toMatchObject([{ beforeText: '530', afterText: '521' }]);
    const looked = await reviewer.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`);
    expect(looked.body.lookedOverAt).not.toBeNull();
    const own = await reviewer.client.post(`/change-requests/${back.body.id}/approve`, { ifMatch: 1 });
    expect(own.body.code).toBe('own-proposal');
    const other = await signInStaff(portal, ['reviewer'], '藤澤 理久');
    expect((await other.client.post(`/change-requests/${back.body.id}/approve`, { ifMatch: 1 })).status).toBe(
      200,
    );
    const now = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect([now.body.version, now.body.contacts[0]?.extension]).toEqual([3, '521']);
    const told = (await queuedMails(portal)).findLast(({ recipient }) => recipient === registration.mailbox);
    expect(told?.kind).toBe('change-request.approved');
    expect(told?.body).toContain('取り違えのようです。');
    expect((await reviewer.client.post(undo, { body: { reason: 'x' } })).body.code).toBe('no-changes');
  });

  it('brings back the person and the department that a change had removed', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { document } = registration;
    const [department] = document.departments;
    const other = await signInStaff(portal, ['reviewer'], '藤澤 理久');
    const approve = (id: string): Promise<Answer<ChangeRequestResponse>> =>
      other.client.post(`/change-requests/${id}/approve`, { ifMatch: 1 });
    const read = async (): Promise<RegistrationResponse> =>
      (await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`)).body;
    const departments = [department, { ...department, id: 'new-1', name: '広報課' }];
    await approve((await submit(clerk, registration, { ...document, departments })).body.id);
    const full = await read();
    const removed = await submit(clerk, registration, { ...document, contacts: [document.contacts[1]] }, 2);
    await approve(removed.body.id);
    expect([(await read()).departments, (await read()).contacts].map(({ length }) => length)).toEqual([1, 1]);
    const back = await reviewer.client.post<ChangeRequestResponse>(
      `/change-requests/${removed.body.id}/undo`,
      { body: { reason: '取り違えのようです。' } },
    );
    await approve(back.body.id);
    const now = await read();
    expect(now.version).toBe(4);
    expect(now.departments).toEqual(expect.arrayContaining(full.departments));
    expect(now.contacts).toEqual(expect.arrayContaining(full.contacts));
    expect([now.departments.length, now.contacts.length]).toEqual([2, 2]);
  });

  it('is not taken back where the same has changed again, or where nothing was applied', async () => {
    await allow('extension');
    const { registration, clerk } = await newRegistration(portal);
    const sent = await change(clerk, registration, { extension: '530' });
    await change(clerk, registration, { extension: '540' }, 2);
    const answer = await reviewer.client.post(`/change-requests/${sent.body.id}/undo`, {
      body: { reason: 'x' },
    });
    expect(answer.body).toMatchObject({
      code: 'registration-moved',
      threeWay: [{ state: 'conflict', baseText: '530', currentText: '540', proposedText: '521' }],
    });
    const { registration: second, clerk: secondClerk } = await newRegistration(portal);
    const open = await submit(secondClerk, second, withPhone(second.document));
    const early = await reviewer.client.post(`/change-requests/${open.body.id}/undo`, {
      body: { reason: 'x' },
    });
    expect([early.status, early.body.code]).toEqual([409, 'not-applied']);
    const look = await reviewer.client.post(`/change-requests/${open.body.id}/look-over`);
    expect([look.status, look.body.code]).toEqual([409, 'nothing-to-look-over']);
  });
});
