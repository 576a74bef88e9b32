import type { StaffList, StaffResponse } from '../../src/staff/staff.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { Tasks } from '../../src/platform/tasks/tasks.service.js';
import { failedTask } from '../../src/platform/jobs/jobs.service.js';
import {
  PASSWORD,
  type SignedIn,
  signInAs,
  signInStaff,
  type StaffPerson,
  totpOf,
} from '../factories/people.js';
import { Client } from '../setup/client.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let admin: SignedIn & { readonly person: StaffPerson };

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await signInStaff(portal, ['admin'], '堀越 直央');
});
afterAll(() => portal.close());

const read = async (id: string): Promise<StaffResponse> =>
  (await admin.client.get<StaffResponse>(`/users/${id}`)).body;

const mailsOf = async (kind: string): Promise<string[]> =>
  (await queuedMails(portal)).filter((mail) => mail.kind === kind).map(({ recipient }) => recipient);

describe('an admin', () => {
  it('sees who there is, without a word of how they sign in', async () => {
    const { status, body } = await admin.client.get<StaffList>('/users');
    expect(status).toBe(200);
    expect(Object.keys(body.items[0] ?? {}).toSorted()).toEqual([
      'createdAt',
      'email',
      'id',
      'lastSignInAt',
      'name',
      'roles',
      'status',
      'version',
    ]);
    const { client } = await signInStaff(portal, ['reviewer', 'editor']);
    expect((await client.get('/users')).status).toBe(403);
    expect((await client.post('/users', { body: {} })).status).toBe(403);
  });

  it('invites, and again, but nobody twice by one address', async () => {
    const body = { email: 'fujisawa@council.example', name: '藤澤 理久', roles: ['reviewer'] };
    const invited = await admin.client.post<StaffResponse>('/users', { body });
    expect([invited.status, invited.body.status, invited.etag]).toEqual([201, 'invited', '"1"']);
    const again = await admin.client.post<StaffResponse>(`/users/${invited.body.id}/invite`);
    expect(again.status).toBe(200);
    expect(await mailsOf('staff.staff-invitation')).toEqual([body.email, body.email]);
    const taken = { ...body, email: admin.person.email.toUpperCase() };
    expect((await admin.client.post('/users', { body: taken })).body.code).toBe('address-in-use');
    for (const roles of [[], ['king'], ['member'], ['admin', 'admin'], 'admin']) {
      const answer = await admin.client.post('/users', { body: { ...body, roles } });
      expect([roles, answer.status]).toEqual([roles, 422]);
    }
  });

  it('changes roles, which hold from the next request, and never over what another admin has just done', async () => {
    const other = await signInStaff(portal, ['reviewer']);
    const path = `/users/${other.person.accountId}`;
    const changed = await admin.client.patch<StaffResponse>(path, {
      ifMatch: 1,
      body: { roles: ['editor'] },
    });
    expect([changed.body.roles, changed.etag]).toEqual([['editor'], '"2"']);
    expect((await other.client.get('/applications')).body.code).toBe('forbidden');
    expect((await other.client.get('/me')).status).toBe(200);
    expect((await admin.client.patch(path, { ifMatch: 1, body: { roles: ['admin'] } })).status).toBe(412);
    expect((await admin.client.patch(path, { body: { roles: ['admin'] } })).status).toBe(428);
    expect(await mailsOf('staff.account-changed')).toContain(other.person.email);
  });

  it('moves somebody to another address: sessions and invitations end, both addresses are told', async () => {
    const other = await signInStaff(portal, ['reviewer']);
    const path = `/users/${other.person.accountId}`;
    await admin.client.post(`${path}/invite`);
    const email = 'moved@council.example';
    expect((await admin.client.patch(path, { ifMatch: 1, body: { email } })).status).toBe(200);
    expect((await other.client.get('/me')).body.code).toBe('session-ended');
    expect((await mailsOf('staff.account-changed')).slice(-2).toSorted()).toEqual(
      [email, other.person.email].toSorted(),
    );
    const [open] = await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.query<object>(
          'SELECT count(*)::int AS n FROM staff_invitation WHERE account_id = $1 AND used_at IS NULL',
          [other.person.accountId],
        ),
      );
    expect(open).toEqual({ n: 0 });
    const taken = { email: admin.person.email };
    expect((await admin.client.patch(path, { ifMatch: 2, body: taken })).body.code).toBe('address-in-use');
  });

  it('closes an account and opens it again; what was open stays ended', async () => {
    const other = await signInStaff(portal, ['admin', 'reviewer']);
    const id = other.person.accountId;
    await portal.app.get(Database).asSystem('test', (tx) =>
      portal.app.get(Tasks).open(tx, failedTask, {
        subjectId: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e',
        registrationId: null,
        title: '試し',
      }),
    );
    const [task] = (await other.client.get<TaskPage>('/tasks')).body.items;
    expect((await other.client.post(`/tasks/${task?.id}/take`)).status).toBe(200);

    expect((await admin.client.post<StaffResponse>(`/users/${id}/disable`)).body.status).toBe('disabled');
    expect((await admin.client.post(`/users/${id}/disable`)).body.code).toBe('account-not-active');
    expect((await admin.client.post(`/users/${id}/invite`)).body.code).toBe('account-not-active');
    expect((await other.client.get('/me')).body.code).toBe('session-ended');
    const entered = {
      email: other.person.email,
      password: PASSWORD,
      totp: await totpOf(portal, other.person),
    };
    expect((await new Client(portal).post('/auth/password', { body: entered })).body.code).toBe(
      'sign-in-failed',
    );
    const [released] = (await admin.client.get<TaskPage>('/tasks')).body.items;
    expect(released).toMatchObject({ id: task?.id, ownerAccountId: null });

    expect((await admin.client.post<StaffResponse>(`/users/${id}/enable`)).body.status).toBe('active');
    expect((await admin.client.post(`/users/${id}/enable`)).body.code).toBe('account-not-active');
    expect((await other.client.get('/me')).body.code).toBe('session-ended');
    expect((await new Client(portal).post('/auth/password', { body: entered })).status).toBe(200);
    expect((await read(id)).lastSignInAt).not.toBeNull();
    await admin.client.post(`/users/${id}/disable`);
  });

  it('needs a second factor shown lately for all of it', async () => {
    const other = await signInAs(portal, admin.person, ['admin']);
    await withConnection(portal.database.adminUrl, (root) =>
      root.query('UPDATE session SET stepped_up_at = NULL WHERE id = $1', [other.viewer.sessionId]),
    );
    const path = `/users/${admin.person.accountId}`;
    const body = { email: 'new@council.example', name: '誰か', roles: ['admin'] };
    const answers = [
      await other.client.post('/users', { body }),
      await other.client.patch(path, { ifMatch: 1, body: { name: '誰か' } }),
      await other.client.post(`${path}/invite`),
      await other.client.post(`${path}/disable`),
      await other.client.post(`${path}/enable`),
    ];
    expect(answers.map(({ body: { code } }) => code)).toEqual(answers.map(() => 'step-up-needed'));
    expect((await other.client.get(path)).status).toBe(200);
  });
});

describe('the last admin', () => {
  it('stays one, whichever way out is tried', async () => {
    const path = `/users/${admin.person.accountId}`;
    const version = (await read(admin.person.accountId)).version;
    const demoted = await admin.client.patch(path, { ifMatch: version, body: { roles: ['reviewer'] } });
    expect([demoted.status, demoted.body.code]).toEqual([409, 'last-admin']);
    expect((await admin.client.post(`${path}/disable`)).body.code).toBe('last-admin');
    expect(await read(admin.person.accountId)).toMatchObject({ status: 'active', roles: ['admin'], version });
    const byHand = withConnection(portal.database.adminUrl, (root) =>
      root.query(`UPDATE account SET status = 'disabled' WHERE 'admin' = ANY (roles)`),
    );
    await expect(byHand).rejects.toThrow(/one active admin has to remain/);
  });

  it('is one of two who close each other’s account at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const second = await signInStaff(portal, ['admin']);
      const answers = await Promise.all([
        admin.client.post(`/users/${second.person.accountId}/disable`),
        second.client.post(`/users/${admin.person.accountId}/disable`),
      ]);
      const [winner] = answers[0].status === 200 ? [admin] : [second];
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      admin = winner;
      const { body } = await admin.client.get<StaffList>('/users');
      expect(
        body.items.filter(({ roles, status }) => status === 'active' && roles.includes('admin')),
      ).toHaveLength(1);
    }
  });
});
