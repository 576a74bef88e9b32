import type { ChallengeResponse } from '../../src/sign-in/sign-in.dto.js';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Permission } from '../../src/platform/access/permission.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { RecoveryPage, RecoveryResponse } from '../../src/recoveries/recovery.dto.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff } from '../factories/people.js';
import {
  claim,
  CLAIMED_NUMBER,
  claimedMailbox,
  claimOf,
  deputyMailbox,
  type Desk,
  noteCall,
  OFFICIAL_NUMBER,
  openDesk,
  typeCode,
  verifiedClaim,
} from '../factories/recoveries.js';
import { Client } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let desk: Desk;

beforeAll(async () => {
  portal = await startTestPortal();
  desk = await openDesk(portal);
});
afterAll(() => portal.close());

describe('everyone has left', () => {
  it('is carried out by a second member of staff', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { id, path, number } = await verifiedClaim(portal, registration);
    await noteCall(desk.caller, path);
    const alone = await desk.agree(path, 3, desk.caller);
    expect([alone.status, alone.body.code]).toEqual([403, 'second-person-needed']);
    // Even against a version that is stale: who it is comes first.
    expect((await desk.agree(path, 1, desk.caller)).body.code).toBe('second-person-needed');
    expect((await desk.agree(path, 1)).body.code).toBe('stale-version');
    expect((await desk.second.client.post(`${path}/agree`)).body.code).toBe('if-match-required');
    const before = await desk.get(path);
    const done = await desk.agree(path, 3);
    expect([done.status, done.etag]).toEqual([200, '"4"']);
    expect(done.body).toMatchObject({
      status: 'done',
      decidedByName: '藤澤 理久',
      confirmedByName: '中邨 彩葉',
      registrationVersion: 2,
    });
    expect((await clerk.client.get(`/registrations/${registration.id}`)).body.code).toBe('session-ended');

    const { body: now } = await desk.second.client.get<RegistrationResponse>(
      `/registrations/${registration.id}`,
    );
    expect(now).toMatchObject({
      version: 2,
      mainPhone: registration.document.mainPhone,
      departments: [
        {
          id: registration.document.primaryDepartmentId,
          name: '政策推進課',
          kana: 'きかくか',
          email: claimedMailbox(registration),
          phone: CLAIMED_NUMBER,
          postalCode: '080-0198',
        },
      ],
      contacts: [{ name: '大槻 千尋', role: 'primary', email: null, title: '主査' }],
    });
    expect(now.contacts).toHaveLength(1);
    const { body: history } = await desk.second.client.get<HistoryPage>(
      `/registrations/${registration.id}/history`,
    );
    expect(history.items[0]).toMatchObject({
      version: 2,
      cause: 'recovery',
      changeRequestId: null,
      proposedBy: '大槻 千尋',
      decidedBy: '藤澤 理久',
      // What the second person was shown is what was written.
      changes: before.changes,
    });
    const contact = now.contacts[0]?.id;
    expect(new Set(Object.keys(now.freshness))).toEqual(
      new Set([
        ...['name', 'email', 'phone'].map((field) => `/departments/${now.primaryDepartmentId}/${field}`),
        ...['role', 'name', 'kana', 'title', 'email', 'extension'].map(
          (field) => `/contacts/${contact}/${field}`,
        ),
      ]),
    );
    for (const { method, by } of Object.values(now.freshness))
      expect([method, by]).toEqual(['phone', '大槻 千尋']);

    expect(await mailsTo(portal, claimedMailbox(registration))).toEqual([
      'recovery.verify-address',
      'recovery.carried-out',
    ]);
    for (const gone of [registration.mailbox, deputyMailbox(registration)]) {
      expect(await mailsTo(portal, gone)).toEqual(['recovery.claimed', 'recovery.address-replaced']);
    }
    const farewell = (await queuedMails(portal)).findLast(({ kind }) => kind === 'recovery.address-replaced');
    expect(farewell?.body).toContain(number);
    expect(farewell?.body).not.toMatch(/大槻|政策|4444|@new/u);
    expect(await desk.openTasks(id)).toEqual([]);
    expect(await desk.trailOf(id)).toEqual([
      'recovery.claimed',
      'recovery.verified',
      'recovery.call-noted',
      'recovery.carried-out',
    ]);
    expect(await desk.trailOf(registration.id)).toEqual(['access.revoked']);
  });
});

describe('a lost address', () => {
  it('leaves the people, tells those that stay what changed, and ends what was open', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const deputy = deputyMailbox(registration);
    // What the old mailboxes have under way: a change request with a new mailbox, and codes to sign in.
    const awaited = `next@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, awaited));
    const addressCode = await mailedCode(portal, 'change-request.verify-address', awaited);
    const browser = new Client(portal);
    const asked = await browser.post<ChallengeResponse>('/auth/challenges', { body: { email: deputy } });
    const signInCode = await mailedCode(portal, 'sign-in.sign-in-code', deputy);

    const { path } = await verifiedClaim(portal, registration, 'lost-address');
    await noteCall(desk.caller, path);
    expect((await desk.agree(path, 3)).status).toBe(200);

    expect((await clerk.client.get('/me')).status).toBe(401);
    const typed = await new Client(portal).post(`/verifications/${sent.body.verifications[0]?.id}`, {
      body: { code: addressCode },
    });
    expect([typed.status, typed.body.code]).toEqual([422, 'wrong-code']);
    const signIn = { code: signInCode, operatorName: '髙﨑 由美' };
    const late = await browser.post(`/auth/challenges/${asked.body.challengeId}/verify`, { body: signIn });
    expect([late.status, late.body.code]).toEqual([401, 'sign-in-failed']);
    const closed = await desk.second.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`);
    expect(closed.body).toMatchObject({
      status: 'withdrawn',
      version: 2,
      expiresAt: null,
      decisionReason: expect.stringContaining('連絡先の回復'),
    });
    expect(await desk.trailOf(sent.body.id)).toEqual(['change-request.submitted', 'change-request.closed']);

    const { body: now } = await desk.second.client.get<RegistrationResponse>(
      `/registrations/${registration.id}`,
    );
    expect(now.contacts.map(({ name, role, email }) => [name, role, email])).toEqual([
      ['大槻 千尋', 'primary', null],
      ['佐藤 健一', 'deputy', null],
      ['髙﨑 由美', 'deputy', deputy],
    ]);
    expect((await mailsTo(portal, deputy)).slice(-2)).toEqual(['recovery.claimed', 'recovery.carried-out']);
    const result = (await queuedMails(portal)).find(
      ({ kind, recipient }) => kind === 'recovery.carried-out' && recipient === deputy,
    );
    expect(result?.body).toContain('変更後\n　　kikaku@new');
    expect((await mailsTo(portal, registration.mailbox)).at(-1)).toBe('recovery.address-replaced');

    // Both the new mailbox and the one that stayed may sign in from now on.
    for (const email of [claimedMailbox(registration), deputy]) {
      const client = new Client(portal);
      const { body } = await client.post<ChallengeResponse>('/auth/challenges', { body: { email } });
      const code = await mailedCode(portal, 'sign-in.sign-in-code', email);
      const answer = await client.post(`/auth/challenges/${body.challengeId}/verify`, {
        body: { code, operatorName: '大槻 千尋' },
      });
      expect(answer.status).toBe(200);
    }
  });

  it('closes a change request that is being looked at, with its task', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    expect(await desk.openTasks(sent.body.id)).toEqual(['change-request.review 2']);
    const { path } = await verifiedClaim(portal, registration, 'lost-address');
    await noteCall(desk.caller, path);
    await desk.agree(path, 3);
    expect(await desk.openTasks(sent.body.id)).toEqual([]);
    const approve = await desk.caller.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 2 });
    expect(approve.body.code).toBe('already-decided');
  });
});

describe('several claims for one municipality', () => {
  it('stand beside one another; the later one works on what the earlier left', async () => {
    const { registration } = await newRegistration(portal);
    const bogus = await verifiedClaim(
      portal,
      registration,
      'everyone-left',
      `x@evil${registration.code}.example`,
    );
    const real = await verifiedClaim(portal, registration, 'lost-address');
    await noteCall(desk.caller, bogus.path);
    await noteCall(desk.caller, real.path);
    expect((await desk.agree(real.path, 3)).status).toBe(200);
    expect(await desk.get(bogus.path)).toMatchObject({
      status: 'awaiting_agreement',
      baseVersion: 1,
      registrationVersion: 2,
      registrationMoved: true,
    });
    expect((await desk.agree(bogus.path, 3)).body).toMatchObject({ status: 'done', registrationVersion: 3 });
    const { body } = await desk.second.client.get<HistoryPage>(`/registrations/${registration.id}/history`);
    expect(body.items.map(({ version, cause }) => [version, cause])).toEqual([
      [3, 'recovery'],
      [2, 'recovery'],
      [1, 'import'],
    ]);
    expect((await mailsTo(portal, claimedMailbox(registration))).at(-1)).toBe('recovery.address-replaced');
  });

  it('let one of twenty agreements win', async () => {
    const { registration } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    await noteCall(desk.caller, path);
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.agree(path, 3)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      answers.filter(({ status, body }) => status === 409 && body.code === 'recovery-decided'),
    ).toHaveLength(19);
    expect((await desk.trailOf(id)).filter((type) => type === 'recovery.carried-out')).toHaveLength(1);
    expect((await desk.get(path)).registrationVersion).toBe(2);
  });

  it('may be carried out while a change request is decided: one comes first, and nothing is lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { registration, clerk } = await newRegistration(portal);
      const sent = await submit(clerk, registration, withPhone(registration.document));
      const { path } = await verifiedClaim(portal, registration, 'lost-address');
      await noteCall(desk.caller, path);
      const [agreed, approved] = await Promise.all([
        desk.agree(path, 3),
        desk.caller.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 }),
      ]);
      expect(agreed.status).toBe(200);
      expect([200, 409]).toContain(approved.status);
      const { body } = await desk.second.client.get<RegistrationResponse>(
        `/registrations/${registration.id}`,
      );
      expect(body.departments[0]?.email).toBe(claimedMailbox(registration));
      expect(body.mainPhone).toBe(approved.status === 200 ? '0155-00-9999' : registration.document.mainPhone);
    }
  });
});

describe('a registration that was withdrawn meanwhile', () => {
  it('is not recovered, but the claim can be declined, and the code of another one no longer goes on', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    const other = `other@new${registration.code}.example`;
    await claim(portal, claimOf(registration, 'everyone-left', other));
    await noteCall(desk.caller, path);
    await desk.rows(
      `UPDATE registration SET status = 'withdrawn', withdrawn_at = now(), withdrawn_reason = 'x' WHERE id = $1`,
      [registration.id],
    );
    for (const version of [3, 1]) {
      expect((await desk.agree(path, version)).body.code).toBe('registration-withdrawn');
    }
    expect((await desk.agree(path, 3, desk.caller)).body.code).toBe('second-person-needed');
    expect((await typeCode(portal, other)).body.code).toBe('not-awaiting-verification');
    const mails = await mailsTo(portal, registration.mailbox);
    const declined = await desk.caller.client.post<RecoveryResponse>(`${path}/decline`, {
      ifMatch: 3,
      body: { reason: '退会した。' },
    });
    expect(declined.body.status).toBe('declined');
    expect(await mailsTo(portal, registration.mailbox)).toEqual(mails);
    expect((await mailsTo(portal, claimedMailbox(registration))).at(-1)).toBe('recovery.declined');
  });
});

describe('claims are for the office', () => {
  it('in a list by status, oldest first, page by page', async () => {
    const { registration } = await newRegistration(portal);
    for (const name of ['a', 'b', 'c']) {
      await verifiedClaim(portal, registration, 'lost-address', `${name}@new${registration.code}.example`);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await desk.caller.client.get<RecoveryPage>(
        `/recoveries?status=awaiting_call&limit=2${cursor}`,
      );
      expect(body.items.map(({ status }) => status)).toEqual(body.items.map(() => 'awaiting_call'));
      seen.push(...body.items.map(({ id, claimedAt }) => `${String(claimedAt)} ${id}`));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      expect(body.total).toBeGreaterThan(2);
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.map((row) => row.slice(0, 24))).toEqual(seen.map((row) => row.slice(0, 24)).toSorted());
    const one = (await desk.caller.client.get<RecoveryPage>('/recoveries?limit=1')).body.items[0];
    expect(one).toMatchObject({ contactName: '大槻 千尋', statusLabel: expect.any(String) });
    expect((await desk.caller.client.get('/recoveries?status=x')).status).toBe(422);
    expect((await desk.caller.client.get('/recoveries/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e')).status).toBe(
      404,
    );
  });

  it('an editor and an admin read them, and decide nothing', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    for (const role of ['editor', 'admin'] as const) {
      const who = await signInStaff(portal, [role]);
      expect((await who.client.get(path)).status).toBe(200);
      expect((await noteCall(who, path)).body.code).toBe('forbidden');
      expect((await desk.agree(path, 2, who)).body.code).toBe('forbidden');
    }
  });

  it('a member of the very municipality can’t list, read or decide them, nor get behind the guards', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    await noteCall(desk.caller, path, { numberCalled: OFFICIAL_NUMBER });
    const calls = [
      clerk.client.get('/recoveries'),
      clerk.client.get(path),
      clerk.client.post(`${path}/calls`, { body: {} }),
      clerk.client.post(`${path}/agree`, { ifMatch: 3 }),
      clerk.client.post(`${path}/decline`, { ifMatch: 3, body: { reason: 'x' } }),
    ];
    for (const { status, body } of await Promise.all(calls))
      expect([status, body.code]).toEqual([403, 'forbidden']);
    const asMember = <Row>(sql: string): Promise<Row[]> =>
      portal.app
        .get(Database)
        .transaction(clerk.viewer, Permission.ReadRegistration, (tx) => tx.query<Row>(sql, []));
    for (const table of ['recovery', 'recovery_call']) {
      expect(await desk.rows(`SELECT 1 FROM ${table} LIMIT 1`)).toHaveLength(1);
      expect(await asMember(`SELECT 1 FROM ${table}`)).toEqual([]);
    }
    expect(await asMember(`UPDATE recovery SET status = 'declined' RETURNING id`)).toEqual([]);
    await expect(asMember(`SELECT * FROM revoke_access_of('${registration.id}')`)).rejects.toThrow(
      /only staff/,
    );
    expect((await clerk.client.get('/me')).status).toBe(200);
  });

  it.each([
    'DELETE FROM recovery',
    'DELETE FROM recovery_call',
    `UPDATE recovery_call SET outcome = 'confirmed'`,
  ])('and the portal itself may not: %s', async (statement) => {
    await expect(desk.rows(statement)).rejects.toThrow(/permission denied/);
  });

  it('and the database lets nobody carry out alone what they confirmed', async () => {
    const { registration } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    await noteCall(desk.caller, path);
    const alone = desk.rows(
      `UPDATE recovery SET status = 'done', decided_at = now(), decided_by_account_id = confirmed_by_account_id
        WHERE id = $1`,
      [id],
    );
    await expect(alone).rejects.toThrow(/recovery_takes_two_people/);
  });
});
