import type { ChallengeResponse } from '../../src/accounts/accounts.dto.js';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Permission } from '../../src/platform/access/permission.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import type { RecoveryPage, RecoveryResponse } from '../../src/recoveries/recovery.dto.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import {
  claim,
  CLAIMED_NUMBER,
  claimedMailbox,
  claimOf,
  noteCall,
  OFFICIAL_NUMBER,
  recoveryId,
  typeCode,
  verifiedClaim,
} from '../factories/recoveries.js';
import { CODES, type TestRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let caller: SignedIn;
let second: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  caller = await signInStaff(portal, ['reviewer'], '中邨 彩葉');
  second = await signInStaff(portal, ['reviewer'], '藤澤 理久');
});
afterAll(() => portal.close());

const rows = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
  portal.app.get(Database).asSystem('test', (tx) => tx.query<Row>(sql, parameters));

const get = async (path: string, who = caller): Promise<RecoveryResponse> =>
  (await who.client.get<RecoveryResponse>(path)).body;

const agree = (path: string, ifMatch: number, who = second) =>
  who.client.post<RecoveryResponse & { code?: string }>(`${path}/agree`, { ifMatch });

const openTasks = async (subjectId: string): Promise<string[]> =>
  (await caller.client.get<TaskPage>('/tasks?limit=500')).body.items
    .filter((task) => task.subjectId === subjectId)
    .map(({ kind, weight }) => `${kind} ${weight}`);

const trailOf = async (subjectId: string): Promise<string[]> =>
  (
    await rows<{ type: string }>('SELECT type FROM audit_event WHERE subject_id = $1 ORDER BY id', [
      subjectId,
    ])
  ).map(({ type }) => type);

/** A mailbox that stays through every recovery of {@link newRegistration} for a lost address. */
const deputyMailbox = ({ code }: TestRegistration): string => `takasaki@t${code}.example`;

describe('a claim', () => {
  it('is answered with its receipt alone; nobody but its mailbox hears of it', async () => {
    const { registration } = await newRegistration(portal);
    const { status, body, headers } = await claim(portal, claimOf(registration));
    expect(status).toBe(201);
    expect(body).toEqual({
      number: expect.stringMatching(/^R\d+-K\d{3,}$/),
      status: 'awaiting_verification',
      expiresAt: expect.stringMatching(/T15:00:00\.000Z$/),
      next: expect.stringContaining('メールでお送りしました'),
    });
    expect(headers.get('etag')).toBeNull();
    expect(await mailsTo(portal, claimedMailbox(registration))).toEqual(['recovery.verify-address']);
    expect(await mailsTo(portal, registration.mailbox)).toEqual([]);
    const id = await recoveryId(portal, body.number);
    expect(await openTasks(id)).toEqual([]);
    expect(await trailOf(id)).toEqual(['recovery.claimed']);
    const mail = (await queuedMails(portal)).findLast(({ kind }) => kind === 'recovery.verify-address');
    expect(mail?.body).not.toMatch(/佐藤|髙﨑|企画課|0155-00-2110|大槻/u);
  });

  it('is for a municipality that is registered', async () => {
    const { registration } = await newRegistration(portal);
    const answer = await claim(portal, { ...claimOf(registration), municipalityCode: CODES.yusuhara });
    expect([answer.status, answer.body.code]).toEqual([409, 'not-registered']);
    expect(answer.body.title).toContain('登録の申込み');
    for (const municipalityCode of ['016315', '999999', 'x']) {
      const wrong = await claim(portal, { ...claimOf(registration), municipalityCode });
      expect([wrong.status, wrong.body.errors?.[0]]).toEqual([
        422,
        expect.objectContaining({ pointer: '/municipalityCode', code: 'municipality-code' }),
      ]);
    }
  });

  it('is not for a mailbox that can sign in, whoever’s it is', async () => {
    const { registration } = await newRegistration(portal);
    for (const email of [registration.mailbox.toUpperCase(), deputyMailbox(registration)]) {
      const answer = await claim(portal, claimOf(registration, 'lost-address', email));
      expect([answer.status, answer.body.errors]).toEqual([
        422,
        [
          {
            pointer: '/department/email',
            code: 'already-registered',
            message: expect.stringContaining('このアドレスはすでに登録されています。ログイン用コードを'),
          },
        ],
      ]);
    }
  });

  it('is refused where it is badly formed', async () => {
    const { registration } = await newRegistration(portal);
    const good = claimOf(registration);
    for (const [body, pointer] of [
      [{ ...good, kind: 'other' }, '/kind'],
      [{ ...good, department: { ...good.department, email: 'x' } }, '/department/email'],
      [{ ...good, department: undefined }, '/department'],
      [{ ...good, contact: { name: '' } }, '/contact/name'],
      [{ ...good, contact: { name: 'x', email: 'x@town.example' } }, '/contact/email'],
      [{ ...good, message: 'a\u0000' }, '/message'],
    ] as const) {
      const answer = await claim(portal, body);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
  });

  it('fills no mailbox: five codes within the hour', async () => {
    const { registration } = await newRegistration(portal);
    const body = claimOf(registration);
    const answers = await Promise.all(Array.from({ length: 7 }, () => claim(portal, body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ body: { code } }) => code === 'too-many-requests')).toHaveLength(2);
  });

  it('fills no municipality’s queue: ten a day that nobody has verified', async () => {
    const { registration } = await newRegistration(portal);
    const claimAs = (name: number) =>
      claim(portal, claimOf(registration, 'everyone-left', `m${name}@new${registration.code}.example`));
    const answers = await Promise.all(Array.from({ length: 12 }, (_, name) => claimAs(name)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, headers }) => [status, headers.has('retry-after')])).toEqual([
      [429, true],
      [429, true],
    ]);
    // One that its mailbox has answered for makes room.
    const verified = answers.findIndex(({ status }) => status === 201);
    await typeCode(portal, `m${verified}@new${registration.code}.example`);
    expect((await claimAs(99)).status).toBe(201);
  });
});

describe('the claimed mailbox', () => {
  it('has to answer; then the office calls, and all that are registered are told at once', async () => {
    const { registration } = await newRegistration(portal);
    const { body } = await claim(portal, claimOf(registration));
    const id = await recoveryId(portal, body.number);
    const mailbox = claimedMailbox(registration);
    for (let round = 0; round < 2; round += 1) {
      const answered = await typeCode(portal, mailbox);
      expect([answered.status, answered.body]).toEqual([
        200,
        {
          subject: 'recovery',
          receiptNumber: body.number,
          remaining: 0,
          status: 'awaiting_call',
          next: expect.stringContaining('公式サイト'),
        },
      ]);
    }
    expect(await openTasks(id)).toEqual(['recovery.call 3']);
    expect(await trailOf(id)).toEqual(['recovery.claimed', 'recovery.verified']);
    for (const registered of [registration.mailbox, deputyMailbox(registration)]) {
      expect(await mailsTo(portal, registered)).toEqual(['recovery.claimed']);
    }
    const told = (await queuedMails(portal)).findLast(({ kind }) => kind === 'recovery.claimed');
    expect(told?.body).not.toMatch(/大槻|政策|4444|@/u);
    expect(told?.body).toContain('03-5210-9080');
    expect(await get(`/recoveries/${id}`)).toMatchObject({
      status: 'awaiting_call',
      version: 2,
      expiresAt: null,
    });
  });

  it('has ten tries at its code, and wrong ones change nothing', async () => {
    const { registration } = await newRegistration(portal);
    const { body } = await claim(portal, claimOf(registration));
    const mailbox = claimedMailbox(registration);
    const [verification] = await rows<{ number: string }>(
      'SELECT number FROM address_verification WHERE email = $1',
      [mailbox],
    );
    const right = await mailedCode(portal, 'recovery.verify-address', mailbox);
    const wrong = right.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    for (let round = 0; round < 10; round += 1) {
      const answer = await new Client(portal).post(`/verifications/${verification?.number}`, {
        body: { code: wrong },
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'wrong-code']);
    }
    expect((await typeCode(portal, mailbox)).body.code).toBe('wrong-code');
    const path = `/recoveries/${await recoveryId(portal, body.number)}`;
    expect((await get(path)).status).toBe('awaiting_verification');
    expect(await mailsTo(portal, registration.mailbox)).toEqual([]);
    expect((await noteCall(caller, path)).body.code).toBe('recovery-not-ready');
    expect((await agree(path, 1)).body.code).toBe('recovery-not-ready');
    const early = await caller.client.post(`${path}/decline`, { ifMatch: 1, body: { reason: 'x' } });
    expect(early.body.code).toBe('recovery-not-ready');
  });

  it('that never answers lets its claim lapse without a word; what waits for the office never lapses', async () => {
    const { registration } = await newRegistration(portal);
    const { path: waiting } = await verifiedClaim(portal, registration);
    const late = `late@new${registration.code}.example`;
    const { body } = await claim(portal, claimOf(registration, 'lost-address', late));
    const id = await recoveryId(portal, body.number);
    await rows(`UPDATE recovery SET claimed_at = claimed_at - interval '20 days'`);
    await rows(`UPDATE recovery SET expires_at = now() WHERE id = $1`, [id]);
    const mails = (await queuedMails(portal)).length;
    await Promise.all([portal.app.get(Jobs).runDue(), portal.app.get(Jobs).runDue()]);
    expect(await get(`/recoveries/${id}`)).toMatchObject({ status: 'expired', version: 2, changes: [] });
    expect((await get(waiting)).status).toBe('awaiting_call');
    expect(await trailOf(id)).toEqual(['recovery.claimed', 'recovery.expired']);
    expect(await queuedMails(portal)).toHaveLength(mails);
    expect((await typeCode(portal, late)).body.code).toBe('not-awaiting-verification');
    expect((await noteCall(caller, `/recoveries/${id}`)).body.code).toBe('recovery-decided');
  });
});

describe('the call', () => {
  it('goes to the number on the official site, which staff are led to', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    const [master] = await rows<Record<string, string>>(
      'SELECT website, office_postal_code AS "officePostalCode", office_address AS "officeAddress" FROM municipality WHERE code = $1',
      [registration.code],
    );
    const recovery = await get(path);
    expect(master?.website).toMatch(/^https?:/);
    expect(recovery).toMatchObject({
      official: master,
      registeredMainPhone: registration.document.mainPhone,
      department: { name: '政策推進課', phone: CLAIMED_NUMBER, kana: null },
      contact: { name: '大槻 千尋', title: '主査', kana: null, extension: null },
      message: '異動で前任の者がいなくなりました。',
      registrationMoved: false,
      calls: [],
    });
    expect(recovery.changes.map(({ kind, label }) => [kind, label])).toEqual([
      ['changed', '企画課　部署名'],
      ['changed', '企画課　所属アドレス'],
      ['changed', '企画課　電話'],
      ['removed', '担当者（正）佐藤 健一'],
      ['removed', '担当者（副）髙﨑 由美'],
      ['added', '担当者（正）大槻 千尋'],
    ]);
  });

  it('never goes to a number of the claim’s, however it is written', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    for (const numberCalled of [
      CLAIMED_NUMBER,
      '０１５５－００－４４４４',
      '(0155)00-4444',
      '+81-155-00-4444',
    ]) {
      const answer = await noteCall(caller, path, { numberCalled });
      expect([answer.status, answer.body.errors?.[0]]).toEqual([
        422,
        expect.objectContaining({ pointer: '/numberCalled', code: 'number-of-claim' }),
      ]);
    }
    for (const [call, pointer] of [
      [{ numberCalled: 'x' }, '/numberCalled'],
      [{ source: 'claim' as never }, '/source'],
      [{ outcome: 'perhaps' as never }, '/outcome'],
      [{ spokeWith: null }, '/spokeWith'],
    ] as const) {
      const answer = await noteCall(caller, path, call);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
    expect((await get(path)).calls).toEqual([]);
  });

  it('may find nobody, many times', async () => {
    const { registration } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    for (let round = 1; round <= 3; round += 1) {
      const answer = await noteCall(caller, path, {
        outcome: 'no-answer',
        spokeWith: null,
        note: `${round}回目`,
      });
      expect([answer.status, answer.etag, answer.body.status]).toEqual([
        201,
        `"${2 + round}"`,
        'awaiting_call',
      ]);
    }
    const { calls } = await get(path);
    expect(calls.map(({ note, calledByName, outcomeLabel }) => [note, calledByName, outcomeLabel])).toEqual(
      ['1回目', '2回目', '3回目'].map((note) => [note, '中邨 彩葉', 'つながらず']),
    );
    expect(await openTasks(id)).toEqual(['recovery.call 3']);
    expect((await agree(path, 5)).body.code).toBe('recovery-not-ready');
    expect(await mailsTo(portal, registration.mailbox)).toEqual(['recovery.claimed']);
  });

  it('that denies it ends it at once, and everybody is told', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    const denied = await noteCall(caller, path, { outcome: 'denied' });
    expect(denied.body).toMatchObject({ status: 'declined', decidedByName: '中邨 彩葉', changes: [] });
    expect(await openTasks(id)).toEqual([]);
    for (const told of [registration.mailbox, deputyMailbox(registration)]) {
      expect(await mailsTo(portal, told)).toEqual(['recovery.claimed', 'recovery.declined']);
    }
    expect(await mailsTo(portal, claimedMailbox(registration))).toEqual([
      'recovery.verify-address',
      'recovery.declined',
    ]);
    expect(await trailOf(id)).toEqual([
      'recovery.claimed',
      'recovery.verified',
      'recovery.call-noted',
      'recovery.declined',
    ]);
    expect((await noteCall(caller, path)).body.code).toBe('recovery-decided');
    expect((await agree(path, 3)).body.code).toBe('recovery-decided');
    const now = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect([now.status, now.body.version]).toEqual([200, 1]);
  });

  it('that confirms it passes it on, and nobody else has to call', async () => {
    const { registration } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    const confirmed = await noteCall(caller, path);
    expect(confirmed.body).toMatchObject({
      status: 'awaiting_agreement',
      version: 3,
      confirmedByName: '中邨 彩葉',
      decidedAt: null,
    });
    expect(await openTasks(id)).toEqual(['recovery.agree 3']);
    expect((await noteCall(second, path)).body.code).toBe('recovery-not-ready');
  });
});

describe('declining', () => {
  it('takes a reason, which stays in the office, and is bound to what the reviewer saw', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    await noteCall(caller, path);
    const decline = (ifMatch: number, body: object = { reason: '登録のアドレスから電話があった。' }) =>
      second.client.post<RecoveryResponse & { code?: string }>(`${path}/decline`, { ifMatch, body });
    expect((await decline(3, {})).status).toBe(422);
    expect((await decline(2)).body.code).toBe('stale-version');
    expect((await decline(3)).body).toMatchObject({
      status: 'declined',
      decidedByName: '藤澤 理久',
      decisionReason: '登録のアドレスから電話があった。',
    });
    expect((await decline(4)).body.code).toBe('recovery-decided');
    const mails = (await queuedMails(portal)).filter(({ recipient }) => recipient === registration.mailbox);
    expect(mails.at(-1)?.kind).toBe('recovery.declined');
    expect(mails.at(-1)?.body).not.toContain('電話があった');
  });
});

describe('everyone has left', () => {
  it('is carried out by a second member of staff', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { id, path, number } = await verifiedClaim(portal, registration);
    await noteCall(caller, path);
    const alone = await agree(path, 3, caller);
    expect([alone.status, alone.body.code]).toEqual([403, 'second-person-needed']);
    // Even against a version that is stale: who it is comes first.
    expect((await agree(path, 1, caller)).body.code).toBe('second-person-needed');
    expect((await agree(path, 1)).body.code).toBe('stale-version');
    expect((await second.client.post(`${path}/agree`)).body.code).toBe('if-match-required');
    const before = await get(path);
    const done = await agree(path, 3);
    expect([done.status, done.etag]).toEqual([200, '"4"']);
    expect(done.body).toMatchObject({
      status: 'done',
      decidedByName: '藤澤 理久',
      confirmedByName: '中邨 彩葉',
      registrationVersion: 2,
    });
    expect((await clerk.client.get(`/registrations/${registration.id}`)).body.code).toBe('session-ended');

    const { body: now } = await second.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
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
    const { body: history } = await second.client.get<HistoryPage>(
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
    expect(await openTasks(id)).toEqual([]);
    expect(await trailOf(id)).toEqual([
      'recovery.claimed',
      'recovery.verified',
      'recovery.call-noted',
      'recovery.carried-out',
    ]);
    expect(await trailOf(registration.id)).toEqual(['access.revoked']);
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
    const signInCode = await mailedCode(portal, 'accounts.sign-in-code', deputy);

    const { path } = await verifiedClaim(portal, registration, 'lost-address');
    await noteCall(caller, path);
    expect((await agree(path, 3)).status).toBe(200);

    expect((await clerk.client.get('/me')).status).toBe(401);
    const typed = await new Client(portal).post(`/verifications/${sent.body.verifications[0]?.id}`, {
      body: { code: addressCode },
    });
    expect([typed.status, typed.body.code]).toEqual([422, 'wrong-code']);
    const signIn = { code: signInCode, operatorName: '髙﨑 由美' };
    const late = await browser.post(`/auth/challenges/${asked.body.challengeId}/verify`, { body: signIn });
    expect([late.status, late.body.code]).toEqual([401, 'sign-in-failed']);
    const closed = await second.client.get<ChangeRequestResponse>(`/change-requests/${sent.body.id}`);
    expect(closed.body).toMatchObject({
      status: 'withdrawn',
      version: 2,
      expiresAt: null,
      decisionReason: expect.stringContaining('連絡先の回復'),
    });
    expect(await trailOf(sent.body.id)).toEqual(['change-request.submitted', 'change-request.closed']);

    const { body: now } = await second.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
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
      const code = await mailedCode(portal, 'accounts.sign-in-code', email);
      const answer = await client.post(`/auth/challenges/${body.challengeId}/verify`, {
        body: { code, operatorName: '大槻 千尋' },
      });
      expect(answer.status).toBe(200);
    }
  });

  it('closes a change request that is being looked at, with its task', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    expect(await openTasks(sent.body.id)).toEqual(['change-request.review 2']);
    const { path } = await verifiedClaim(portal, registration, 'lost-address');
    await noteCall(caller, path);
    await agree(path, 3);
    expect(await openTasks(sent.body.id)).toEqual([]);
    const approve = await caller.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 2 });
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
    await noteCall(caller, bogus.path);
    await noteCall(caller, real.path);
    expect((await agree(real.path, 3)).status).toBe(200);
    expect(await get(bogus.path)).toMatchObject({
      status: 'awaiting_agreement',
      baseVersion: 1,
      registrationVersion: 2,
      registrationMoved: true,
    });
    expect((await agree(bogus.path, 3)).body).toMatchObject({ status: 'done', registrationVersion: 3 });
    const { body } = await second.client.get<HistoryPage>(`/registrations/${registration.id}/history`);
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
    await noteCall(caller, path);
    const answers = await Promise.all(Array.from({ length: 20 }, () => agree(path, 3)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      answers.filter(({ status, body }) => status === 409 && body.code === 'recovery-decided'),
    ).toHaveLength(19);
    expect((await trailOf(id)).filter((type) => type === 'recovery.carried-out')).toHaveLength(1);
    expect((await get(path)).registrationVersion).toBe(2);
  });

  it('may be carried out while a change request is decided: one comes first, and nothing is lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { registration, clerk } = await newRegistration(portal);
      const sent = await submit(clerk, registration, withPhone(registration.document));
      const { path } = await verifiedClaim(portal, registration, 'lost-address');
      await noteCall(caller, path);
      const [agreed, approved] = await Promise.all([
        agree(path, 3),
        caller.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 }),
      ]);
      expect(agreed.status).toBe(200);
      expect([200, 409]).toContain(approved.status);
      const { body } = await second.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
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
    await noteCall(caller, path);
    await rows(
      `UPDATE registration SET status = 'withdrawn', withdrawn_at = now(), withdrawn_reason = 'x' WHERE id = $1`,
      [registration.id],
    );
    for (const version of [3, 1]) {
      expect((await agree(path, version)).body.code).toBe('registration-withdrawn');
    }
    expect((await agree(path, 3, caller)).body.code).toBe('second-person-needed');
    expect((await typeCode(portal, other)).body.code).toBe('not-awaiting-verification');
    const mails = await mailsTo(portal, registration.mailbox);
    const declined = await caller.client.post<RecoveryResponse>(`${path}/decline`, {
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
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await caller.client.get<RecoveryPage>(
        `/recoveries?status=awaiting_call&limit=2${cursor}`,
      );
      expect(body.items.map(({ status }) => status)).toEqual(body.items.map(() => 'awaiting_call'));
      seen.push(...body.items.map(({ id, claimedAt }) => `${String(claimedAt)} ${id}`));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      expect(body.total).toBeGreaterThan(2);
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.map((row) => row.slice(0, 24))).toEqual(seen.map((row) => row.slice(0, 24)).toSorted());
    const one = (await caller.client.get<RecoveryPage>('/recoveries?limit=1')).body.items[0];
    expect(one).toMatchObject({ contactName: '大槻 千尋', statusLabel: expect.any(String) });
    expect((await caller.client.get('/recoveries?status=x')).status).toBe(422);
    expect((await caller.client.get('/recoveries/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e')).status).toBe(404);
  });

  it('an editor and an admin read them, and decide nothing', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    for (const role of ['editor', 'admin'] as const) {
      const who = await signInStaff(portal, [role]);
      expect((await who.client.get(path)).status).toBe(200);
      expect((await noteCall(who, path)).body.code).toBe('forbidden');
      expect((await agree(path, 2, who)).body.code).toBe('forbidden');
    }
  });

  it('a member of the very municipality can’t list, read or decide them, nor get behind the guards', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    await noteCall(caller, path, { numberCalled: OFFICIAL_NUMBER });
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
      expect(await rows(`SELECT 1 FROM ${table} LIMIT 1`)).toHaveLength(1);
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
    await expect(rows(statement)).rejects.toThrow(/permission denied/);
  });

  it('and the database lets nobody carry out alone what they confirmed', async () => {
    const { registration } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    await noteCall(caller, path);
    const alone = rows(
      `UPDATE recovery SET status = 'done', decided_at = now(), decided_by_account_id = confirmed_by_account_id
        WHERE id = $1`,
      [id],
    );
    await expect(alone).rejects.toThrow(/recovery_takes_two_people/);
  });
});
