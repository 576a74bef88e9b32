import type {
  ApplicationPage,
  ApplicationResponse,
  ApplicationSummaryResponse,
} from '../../src/memberships/application.dto.js';
import { Permission } from '../../src/platform/access/permission.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { Tx } from '../../src/platform/database/tx.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import {
  applied,
  apply,
  countApplications,
  proposalOf,
  tasksAbout,
  trailOf,
} from '../factories/applications.js';
import { mailsTo } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;
let clerk: SignedIn;
let ours: TestRegistration;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  ours = await createRegistration(portal, CODES.otofuke);
  clerk = await signInMember(portal, ours);
});
afterAll(() => portal.close());

const asSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  portal.app.get(Database).asSystem('test', work);

describe('accepting', () => {
  it('registers what was proposed, with history, freshness, trail and invitations', async () => {
    const { id, number, host, municipalityCode } = await applied(portal, reviewer);
    const accepted = await reviewer.client.post<ApplicationResponse>(`/applications/${id}/accept`, {
      ifMatch: 2,
    });
    expect([accepted.status, accepted.etag]).toEqual([200, '"3"']);
    expect(accepted.body).toMatchObject({
      status: 'accepted',
      decidedByName: '中邨 彩葉',
      decisionReason: null,
    });
    const path = `/registrations/${accepted.body.registrationId}`;
    const { body } = await reviewer.client.get<RegistrationResponse>(path);
    expect(body).toMatchObject({ municipalityCode, version: 1, status: 'active', mainPhone: '0889-00-1110' });
    expect(body.lastConfirmedAt).toBe(accepted.body.decidedAt);
    // 代表電話, seven fields of the department, six of the person.
    expect(Object.values(body.freshness)).toEqual(
      Array.from({ length: 14 }, () => ({ at: accepted.body.decidedAt, by: '髙﨑 澪里', method: 'change' })),
    );
    const history = await reviewer.client.get<HistoryPage>(`${path}/history`);
    expect(history.body.items).toMatchObject([
      { version: 1, cause: 'application', proposedBy: '髙﨑 澪里', decidedBy: '中邨 彩葉', changes: [] },
    ]);
    for (const mailbox of [`kikaku@${host}`, `takasaki@${host}`]) {
      expect((await mailsTo(portal, mailbox)).at(-1)).toBe('registry.registered');
    }
    const invitation = (await queuedMails(portal)).findLast(({ kind }) => kind === 'registry.registered');
    expect(invitation?.body).toContain(`受付番号　${number}`);
    expect(await tasksAbout(reviewer, id)).toEqual([]);
    expect((await trailOf(portal, id)).at(-1)).toBe('application.accepted');
    expect(await trailOf(portal, accepted.body.registrationId ?? '')).toEqual(['registration.created']);
    const again = await apply(portal, municipalityCode, 'again.example');
    expect(again.body.code).toBe('already-registered');
  });

  it('lets one of twenty win', async () => {
    const { id, municipalityCode } = await applied(portal, reviewer);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        reviewer.client.post(`/applications/${id}/${index % 2 ? 'accept' : 'decline'}`, {
          ifMatch: 2,
          body: index % 2 ? undefined : { reason: '今回は見送ります。' },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'application-decided')).toHaveLength(19);
    const rows = await asSystem((tx) =>
      tx.query('SELECT FROM registration WHERE municipality_code = $1', [municipalityCode]),
    );
    expect(rows.length).toBeLessThanOrEqual(1);
  });

  it('is bound to what the reviewer saw: decided, then registered already, then stale', async () => {
    const { id, municipalityCode } = await applied(portal, reviewer);
    const accept = `/applications/${id}/accept`;
    expect((await reviewer.client.post(accept)).body.code).toBe('if-match-required');
    expect((await reviewer.client.post(accept, { ifMatch: 1 })).body.code).toBe('stale-version');
    await createRegistration(portal, municipalityCode);
    expect((await reviewer.client.post(accept, { ifMatch: 1 })).body.code).toBe('already-registered');
    const decline = { ifMatch: 2, body: { reason: 'すでに登録していました。' } };
    expect((await reviewer.client.post(`/applications/${id}/decline`, decline)).status).toBe(200);
    expect((await reviewer.client.post(accept, { ifMatch: 1 })).body.code).toBe('application-decided');
  });

  it('at the moment in which staff register the municipality makes one registration', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, municipalityCode } = await applied(portal, reviewer);
      const answers = await Promise.all([
        reviewer.client.post(`/applications/${id}/accept`, { ifMatch: 2 }),
        reviewer.client.post('/registrations', {
          body: { ...proposalOf(`race-${round}.example`), municipalityCode },
        }),
      ]);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      expect(answers.filter(({ body }) => body.code === 'already-registered')).toHaveLength(1);
    }
  });
});

describe('declining', () => {
  it('tells the applicant why, and nobody else', async () => {
    const { id, host, municipalityCode } = await applied(portal, reviewer);
    const path = `/applications/${id}/decline`;
    const reasonless = await reviewer.client.post(path, { ifMatch: 2, body: {} });
    expect(reasonless.body.errors?.[0]).toMatchObject({ pointer: '/reason', code: 'required' });
    const stale = await reviewer.client.post(path, { ifMatch: 1, body: { reason: 'x' } });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale-version']);
    const reason = '協定が結ばれましたら、\n改めてご案内します。';
    const declined = await reviewer.client.post<ApplicationResponse>(path, { ifMatch: 2, body: { reason } });
    expect(declined.body).toMatchObject({ status: 'declined', decisionReason: reason, registrationId: null });
    expect((await mailsTo(portal, `kikaku@${host}`)).at(-1)).toBe('membership.declined');
    expect(await mailsTo(portal, `takasaki@${host}`)).toEqual(['membership.verify-address']);
    const mail = (await queuedMails(portal)).findLast(({ kind }) => kind === 'membership.declined');
    expect(mail?.body).toContain(reason);
    expect(await tasksAbout(reviewer, id)).toEqual([]);
    expect((await apply(portal, municipalityCode, 'better.example')).status).toBe(201);
  });
});

describe('the list of applications', () => {
  it('pages to its end in either order, and narrows by status', async () => {
    for (const sort of ['submittedAt', '-submittedAt']) {
      const seen: ApplicationSummaryResponse[] = [];
      let cursor = '';
      do {
        const { body } = await reviewer.client.get<ApplicationPage>(
          `/applications?limit=7&sort=${sort}${cursor}`,
        );
        seen.push(...body.items);
        cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      } while (cursor);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(await countApplications(reviewer));
      const times = seen.map(({ submittedAt }) => String(submittedAt));
      const sorted = times.toSorted();
      expect(times).toEqual(sort === 'submittedAt' ? sorted : sorted.toReversed());
    }
    const { body } = await reviewer.client.get<ApplicationPage>('/applications?status=accepted');
    expect(new Set(body.items.map(({ status }) => status))).toEqual(new Set(['accepted']));
    for (const query of ['status=approved', 'sort=number', 'cursor=nonsense']) {
      expect((await reviewer.client.get(`/applications?${query}`)).status).toBe(422);
    }
  });

  it('is the reviewers’: neither members nor others of the staff read or decide', async () => {
    const { id } = await applied(portal, reviewer);
    const editor = await signInStaff(portal, ['editor', 'admin']);
    for (const { client } of [clerk, editor]) {
      expect((await client.get('/applications')).status).toBe(403);
      expect((await client.get(`/applications/${id}`)).status).toBe(403);
      for (const decision of ['accept', 'decline']) {
        const refused = await client.post(`/applications/${id}/${decision}`, {
          ifMatch: 2,
          body: { reason: 'x' },
        });
        expect(refused.body.code).toBe('forbidden');
      }
    }
    expect((await new Client(portal).get('/applications')).status).toBe(401);
    expect((await reviewer.client.get(`/applications/${ours.id}`)).status).toBe(404);
    expect((await reviewer.client.post(`/applications/${ours.id}/accept`, { ifMatch: 1 })).status).toBe(404);
  });

  it('is hidden from a member by the walls, with every guard out of the way', async () => {
    // Also one that became the member's own registration.
    await asSystem((tx) =>
      tx.execute(
        `UPDATE membership_application SET registration_id = $1
          WHERE id = (SELECT id FROM membership_application WHERE status = 'accepted' LIMIT 1)`,
        [ours.id],
      ),
    );
    const rows = await portal.app
      .get(Database)
      .transaction(clerk.viewer, Permission.ReadRegistration, (tx) =>
        tx.query('SELECT id FROM membership_application'),
      );
    expect(rows).toEqual([]);
    expect(await countApplications(reviewer)).toBeGreaterThan(5);
  });
});
