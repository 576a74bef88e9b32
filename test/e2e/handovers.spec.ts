import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { WithdrawalResponse } from '../../src/memberships/withdrawal.dto.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { Database } from '../../src/platform/database/database.service.js';
import { formatDateWithEra } from '../../src/platform/text/japanese-date.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { letDaysPass, runJobs } from '../factories/clock.js';
import { mailsTo, newRegistration, submit } from '../factories/change-requests.js';
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

/** @returns the calendar date in Japan so many days from today */
async function inDays(days: number): Promise<string> {
  const [row] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ day: string }>('SELECT (today_in_tokyo() + $1::int)::text AS day', [days]),
    );
  return row?.day ?? '';
}

type Sent = Answer<
  ChangeRequestResponse & Pick<Problem, 'code' | 'errors'> & { changeRequest?: { number: string } }
>;

/** The second person, who has a mailbox of their own, hands over. */
async function handOver(
  who: SignedIn,
  registration: TestRegistration,
  effectiveOn: string,
  change: { incoming?: object; outgoingContactId?: string } = {},
  ifMatch = 1,
): Promise<Sent> {
  return who.client.post(`/registrations/${registration.id}/handovers`, {
    ifMatch,
    body: {
      outgoingContactId: registration.document.contacts[1]?.id,
      incoming: { name: '三枝 千紘', kana: 'さえぐさ ちひろ', extension: '530' },
      effectiveOn,
      comment: '4月1日付けの人事異動によるものです。',
      ...change,
    },
  });
}

const decide = (sent: Sent, version = sent.body.version): Promise<Answer<ChangeRequestResponse>> =>
  reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: version });

const read = async (id: string): Promise<RegistrationResponse> =>
  (await reviewer.client.get<RegistrationResponse>(`/registrations/${id}`)).body;

const names = async (id: string): Promise<string[]> => (await read(id)).contacts.map(({ name }) => name);

describe('a handover', () => {
  it('is looked at now and counts from its date, with access moving along', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const leaving = `takasaki@t${registration.code}.example`;
    const coming = `saegusa@t${registration.code}.example`;
    const day = await inDays(30);
    const sent = await handOver(clerk, registration, day, { incoming: { name: '三枝 千紘', email: coming } });
    expect(sent.body).toMatchObject({ kind: 'handover', effectiveOn: day, status: 'awaiting_verification' });
    const receipt = (await queuedMails(portal)).findLast(({ kind }) => kind === 'change-request.received');
    expect(receipt?.body).toContain(`引継ぎの日　${formatDateWithEra(day)}`);
    const code = await mailedCode(portal, 'change-request.verify-address', coming);
    const [verification] = (await clerk.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`))
      .body.verifications;
    await new Client(portal).post(`/verifications/${verification?.id}`, { body: { code } });
    const decided = await decide(sent, 2);
    expect(decided.body).toMatchObject({ status: 'scheduled', statusLabel: '反映予定', appliedAt: null });
    expect(decided.body.changes.map(({ decision }) => decision)).toEqual(['accepted', 'accepted']);
    expect((await mailsTo(portal, leaving)).at(-1)).toBe('change-request.scheduled');

    const outgoing = await signInMember(portal, { ...registration, mailbox: leaving });
    await runJobs(portal);
    expect(await names(registration.id)).toEqual(['佐藤 健一', '髙﨑 由美']);
    expect((await outgoing.client.get(`/registrations/${registration.id}`)).status).toBe(200);

    await letDaysPass(portal, sent.body.id, 30);
    await Promise.all([runJobs(portal), runJobs(portal), runJobs(portal)]);
    const now = await read(registration.id);
    expect(now.version).toBe(2);
    expect(now.contacts.map(({ name, role }) => [name, role])).toEqual([
      ['佐藤 健一', 'primary'],
      ['三枝 千紘', 'deputy'],
    ]);
    expect((await outgoing.client.get(`/registrations/${registration.id}`)).body.code).toBe('session-ended');
    expect((await mailsTo(portal, leaving)).at(-1)).toBe('change-request.address-removed');
    expect((await mailsTo(portal, coming)).filter((kind) => kind === 'change-request.approved')).toHaveLength(
      1,
    );
    const history = await clerk.client.get<HistoryPage>(`/registrations/${registration.id}/history`);
    expect(history.body.items[0]).toMatchObject({
      cause: 'handover',
      proposedBy: '小野寺 真理',
      effectiveOn: await inDays(0),
    });
  });

  it('is applied once after an outage, and holds from its own date', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await handOver(clerk, registration, await inDays(10));
    await decide(sent);
    // The registration is older than the handover's date, as any is that wasn't made by this test.
    await withConnection(portal.database.adminUrl, (admin) =>
      admin.query(
        'UPDATE registration_version SET effective_on = effective_on - 100 WHERE registration_id = $1',
        [registration.id],
      ),
    );
    await letDaysPass(portal, sent.body.id, 13);
    await runJobs(portal);
    await runJobs(portal);
    const path = `/registrations/${registration.id}/history`;
    const { body } = await clerk.client.get<HistoryPage>(path);
    expect(body.items.map(({ version, effectiveOn }) => [version, effectiveOn])).toEqual([
      [2, await inDays(-3)],
      [1, await inDays(-100)],
    ]);
    expect(new Date(body.items[0]?.recordedAt ?? 0).getTime()).toBeGreaterThan(Date.now() - 60_000);
    const asOf = async (days: number): Promise<number | undefined> =>
      (await clerk.client.get<HistoryPage>(`${path}?asOf=${await inDays(days)}`)).body.items[0]?.version;
    expect([await asOf(-4), await asOf(-3), await asOf(0)]).toEqual([1, 2, 2]);
    const applied = await clerk.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`);
    expect(applied.body).toMatchObject({ status: 'approved', appliedAt: expect.any(String) });
  });

  it('leaves room for other changes meanwhile, and keeps them, with everybody in their place', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const outgoingContactId = registration.document.contacts[0]?.id ?? '';
    const sent = await handOver(clerk, registration, await inDays(5), { outgoingContactId });
    await decide(sent);
    const other = await submit(clerk, registration, { ...registration.document, mainPhone: '0155-00-9999' });
    expect(other.status).toBe(201);
    await reviewer.client.post(`/change-requests/${other.body.id}/approve`, { ifMatch: 1 });
    await letDaysPass(portal, sent.body.id, 5);
    await runJobs(portal);
    const now = await read(registration.id);
    expect([now.version, now.mainPhone]).toEqual([3, '0155-00-9999']);
    expect(now.contacts.map(({ name }) => name)).toEqual(['三枝 千紘', '髙﨑 由美']);
  });

  it('waits for a person where somebody changed the same meanwhile', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await handOver(clerk, registration, await inDays(5));
    await decide(sent);
    const [first, second] = registration.document.contacts;
    const other = await submit(clerk, registration, {
      ...registration.document,
      contacts: [first, { ...second, extension: '999' }],
    });
    await reviewer.client.post(`/change-requests/${other.body.id}/approve`, { ifMatch: 1 });
    await letDaysPass(portal, sent.body.id, 5);
    await runJobs(portal);
    await runJobs(portal);
    expect((await read(registration.id)).version).toBe(2);
    const blocked = await clerk.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`);
    expect(blocked.body).toMatchObject({ status: 'scheduled', blockedAt: expect.any(String) });
    const tasksNow = async (): Promise<string[]> =>
      (await reviewer.client.get<TaskPage>('/tasks?limit=500')).body.items
        .filter(({ subjectId }) => subjectId === sent.body.id)
        .map(({ kind, weight }) => `${kind} ${weight}`);
    expect(await tasksNow()).toEqual(['change-request.handover-blocked 3']);

    const rebased = await reviewer.client.post<ChangeRequestResponse>(
      `/change-requests/${sent.body.id}/rebase`,
      {
        ifMatch: blocked.body.version,
        body: { registrationVersion: 2, choices: [{ pointer: `/contacts/${second?.id}`, take: 'proposed' }] },
      },
    );
    expect(rebased.body).toMatchObject({ status: 'scheduled', blockedAt: null });
    expect(await tasksNow()).toEqual([]);
    await runJobs(portal);
    expect(await names(registration.id)).toEqual(['佐藤 健一', '三枝 千紘']);
  });

  it('waits for a person where its mailbox has left the registration meanwhile', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const [first, second] = registration.document.contacts;
    const mailbox = `takasaki@t${registration.code}.example`;
    const sent = await handOver(clerk, registration, await inDays(30), {
      outgoingContactId: first?.id ?? '',
      incoming: { name: '三枝 千紘', email: mailbox },
    });
    // It is registered, so nobody has to answer.
    expect(sent.body.status).toBe('under_review');
    await decide(sent);
    const left = await submit(clerk, registration, {
      ...registration.document,
      contacts: [first, { ...second, email: null }],
    });
    await reviewer.client.post(`/change-requests/${left.body.id}/approve`, { ifMatch: 1 });
    await letDaysPass(portal, sent.body.id, 30);
    await runJobs(portal);
    const path = `/change-requests/${sent.body.id}`;
    const { body: blocked } = await clerk.client.get<ChangeRequestResponse>(path);
    expect(blocked).toMatchObject({ status: 'scheduled', blockedAt: expect.any(String) });
    expect((await read(registration.id)).contacts.map(({ email }) => email)).toEqual([null, null]);
    const back = await clerk.client.post(`${path}/withdraw`, { ifMatch: blocked.version });
    expect(back.status).toBe(200);
  });

  it('of today counts with the decision', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const decided = await decide(await handOver(clerk, registration, await inDays(0)));
    expect(decided.body.status).toBe('approved');
    expect(await names(registration.id)).toEqual(['佐藤 健一', '三枝 千紘']);
  });

  it('is called off by the clerk or by staff before its date', async () => {
    for (const byStaff of [false, true]) {
      const { registration, clerk } = await newRegistration(portal);
      const sent = await handOver(clerk, registration, await inDays(5));
      await decide(sent);
      const who = byStaff ? reviewer : clerk;
      const path = `/change-requests/${sent.body.id}/withdraw`;
      expect((await who.client.post<ChangeRequestResponse>(path, { ifMatch: 2 })).body.status).toBe(
        'withdrawn',
      );
      await letDaysPass(portal, sent.body.id, 5);
      await runJobs(portal);
      expect((await read(registration.id)).version).toBe(1);
    }
  });

  it('is called off by 退会', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await handOver(clerk, registration, await inDays(5));
    await decide(sent);
    const ended = await reviewer.client.post<WithdrawalResponse>(
      `/registrations/${registration.id}/withdraw`,
      {
        ifMatch: 1,
        body: { reason: '町の方針により、退会します。' },
      },
    );
    expect(ended.body.closedChangeRequests).toEqual([{ id: sent.body.id, number: sent.body.number }]);
    await letDaysPass(portal, sent.body.id, 6);
    await runJobs(portal);
    const now = await reviewer.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`);
    expect(now.body.status).toBe('withdrawn');
    expect((await read(registration.id)).version).toBe(2);
  });

  it('is refused for a date that cannot be, oneself, a stranger, or a second time', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const refused = async (effectiveOn: string, change = {}): Promise<string> => {
      const answer = await handOver(clerk, registration, effectiveOn, change);
      const [error] = answer.body.errors ?? [];
      return `${answer.status} ${answer.body.code} ${error?.pointer ?? ''} ${error?.code ?? ''}`.trim();
    };
    const tomorrow = await inDays(1);
    expect(await refused(await inDays(-1))).toBe('422 invalid /effectiveOn in-the-past');
    expect(await refused(await inDays(400))).toBe('422 invalid /effectiveOn too-far-ahead');
    expect(await refused('2027-02-29')).toBe('422 invalid /effectiveOn date');
    expect(await refused('2027-4-1')).toBe('422 invalid /effectiveOn date');
    expect(await refused(tomorrow, { incoming: { name: '髙﨑　由美' } })).toBe(
      '422 invalid /incoming/name same-person',
    );
    expect(await refused(tomorrow, { incoming: { name: '三枝', role: 'primary' } })).toBe(
      '422 invalid /incoming/role unknown-field',
    );
    const stranger = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60';
    expect(await refused(tomorrow, { outgoingContactId: stranger })).toBe(
      '422 invalid /outgoingContactId unknown-id',
    );
    const sent = await handOver(clerk, registration, tomorrow);
    expect(await refused(tomorrow)).toBe('409 open-request-exists');
    await decide(sent);
    const again = await handOver(clerk, registration, await inDays(2));
    expect([again.status, again.body.code]).toEqual([409, 'handover-overlaps']);
    expect(again.body.changeRequest?.number).toBe(sent.body.number);
    const another = await handOver(clerk, registration, tomorrow, {
      outgoingContactId: registration.document.contacts[0]?.id ?? '',
    });
    expect(another.status).toBe(201);
  });

  it('is nothing for another municipality', async () => {
    const { registration } = await newRegistration(portal);
    const { clerk: stranger } = await newRegistration(portal);
    expect((await handOver(stranger, registration, await inDays(1))).status).toBe(404);
  });
});
