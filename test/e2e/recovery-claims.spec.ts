import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import type { RecoveryResponse } from '../../src/recoveries/recovery.dto.js';
import type { RegistrationResponse } from '../../src/registry/registration.dto.js';
import { mailsTo, newRegistration } from '../factories/change-requests.js';
import {
  claim,
  CLAIMED_NUMBER,
  claimedMailbox,
  claimOf,
  deputyMailbox,
  type Desk,
  noteCall,
  openDesk,
  recoveryId,
  typeCode,
  verifiedClaim,
} from '../factories/recoveries.js';
import { CODES } from '../factories/registrations.js';
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
    expect(await desk.openTasks(id)).toEqual([]);
    expect(await desk.trailOf(id)).toEqual(['recovery.claimed']);
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

  it('says only to whoever reads a registered mailbox that it can sign in', async () => {
    const { registration } = await newRegistration(portal);
    for (const email of [registration.mailbox.toUpperCase(), deputyMailbox(registration)]) {
      const answer = await claim(portal, claimOf(registration, 'lost-address', email));
      expect(answer.status).toBe(201);
      const typed = await typeCode(portal, email);
      expect([typed.status, typed.body.code]).toEqual([409, 'can-sign-in']);
      expect(typed.body.title).toContain('ログイン用コードをこのアドレスで受け取って');
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

  it('fills no mailbox: twelve codes within the hour', async () => {
    const { registration } = await newRegistration(portal);
    const body = claimOf(registration);
    const answers = await Promise.all(Array.from({ length: 14 }, () => claim(portal, body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(12);
    expect(answers.filter(({ body: { code } }) => code === 'too-many-requests')).toHaveLength(2);
  });

  it('fills no municipality’s queue: forty a day that nobody has verified', async () => {
    const { registration } = await newRegistration(portal);
    const claimAs = (name: number) =>
      claim(portal, claimOf(registration, 'everyone-left', `m${name}@new${registration.code}.example`));
    const answers = await Promise.all(Array.from({ length: 42 }, (_, name) => claimAs(name)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(40);
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
    expect(await desk.openTasks(id)).toEqual(['recovery.call 3']);
    expect(await desk.trailOf(id)).toEqual(['recovery.claimed', 'recovery.verified']);
    for (const registered of [registration.mailbox, deputyMailbox(registration)]) {
      expect(await mailsTo(portal, registered)).toEqual(['recovery.claimed']);
    }
    const told = (await queuedMails(portal)).findLast(({ kind }) => kind === 'recovery.claimed');
    expect(told?.body).not.toMatch(/大槻|政策|4444|@/u);
    expect(told?.body).toContain('03-5210-9080');
    expect(await desk.get(`/recoveries/${id}`)).toMatchObject({
      status: 'awaiting_call',
      version: 2,
      expiresAt: null,
    });
  });

  it('has a hundred tries at its code from everywhere together, and wrong ones change nothing', async () => {
    const { registration } = await newRegistration(portal);
    const { body } = await claim(portal, claimOf(registration));
    const mailbox = claimedMailbox(registration);
    const [verification] = await desk.rows<{ number: string }>(
      'SELECT number FROM address_verification WHERE email = $1',
      [mailbox],
    );
    const right = await mailedCode(portal, 'recovery.verify-address', mailbox);
    const wrong = right.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    await desk.rows(`UPDATE address_verification SET attempts = 97 WHERE email = $1`, [mailbox]);
    for (let round = 0; round < 3; round += 1) {
      const answer = await new Client(portal).post(`/verifications/${verification?.number}`, {
        body: { code: wrong },
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'wrong-code']);
    }
    expect((await typeCode(portal, mailbox)).body.code).toBe('wrong-code');
    const path = `/recoveries/${await recoveryId(portal, body.number)}`;
    expect((await desk.get(path)).status).toBe('awaiting_verification');
    expect(await mailsTo(portal, registration.mailbox)).toEqual([]);
    expect((await noteCall(desk.caller, path)).body.code).toBe('recovery-not-ready');
    expect((await desk.agree(path, 1)).body.code).toBe('recovery-not-ready');
    const early = await desk.caller.client.post(`${path}/decline`, { ifMatch: 1, body: { reason: 'x' } });
    expect(early.body.code).toBe('recovery-not-ready');
  });

  it('that never answers lets its claim lapse without a word; what waits for the office never lapses', async () => {
    const { registration } = await newRegistration(portal);
    const { path: waiting } = await verifiedClaim(portal, registration);
    const late = `late@new${registration.code}.example`;
    const { body } = await claim(portal, claimOf(registration, 'lost-address', late));
    const id = await recoveryId(portal, body.number);
    await desk.rows(`UPDATE recovery SET claimed_at = claimed_at - interval '20 days'`);
    await desk.rows(`UPDATE recovery SET expires_at = now() WHERE id = $1`, [id]);
    const mails = (await queuedMails(portal)).length;
    await Promise.all([portal.app.get(Jobs).runDue(), portal.app.get(Jobs).runDue()]);
    expect(await desk.get(`/recoveries/${id}`)).toMatchObject({ status: 'expired', version: 2, changes: [] });
    expect((await desk.get(waiting)).status).toBe('awaiting_call');
    expect(await desk.trailOf(id)).toEqual(['recovery.claimed', 'recovery.expired']);
    expect(await queuedMails(portal)).toHaveLength(mails);
    expect((await typeCode(portal, late)).body.code).toBe('not-awaiting-verification');
    expect((await noteCall(desk.caller, `/recoveries/${id}`)).body.code).toBe('recovery-decided');
  });
});

describe('the call', () => {
  it('goes to the number on the official site, which staff are led to', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    const [master] = await desk.rows<Record<string, string>>(
      'SELECT website, office_postal_code AS "officePostalCode", office_address AS "officeAddress" FROM municipality WHERE code = $1',
      [registration.code],
    );
    const recovery = await desk.get(path);
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
      const answer = await noteCall(desk.caller, path, { numberCalled });
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
      const answer = await noteCall(desk.caller, path, call);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
    expect((await desk.get(path)).calls).toEqual([]);
  });

  it('may find nobody, many times', async () => {
    const { registration } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    for (let round = 1; round <= 3; round += 1) {
      const answer = await noteCall(desk.caller, path, {
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
    const { calls } = await desk.get(path);
    expect(calls.map(({ note, calledByName, outcomeLabel }) => [note, calledByName, outcomeLabel])).toEqual(
      ['1回目', '2回目', '3回目'].map((note) => [note, '中邨 彩葉', 'つながらず']),
    );
    expect(await desk.openTasks(id)).toEqual(['recovery.call 3']);
    expect((await desk.agree(path, 5)).body.code).toBe('recovery-not-ready');
    expect(await mailsTo(portal, registration.mailbox)).toEqual(['recovery.claimed']);
  });

  it('that denies it ends it at once, and everybody is told', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    const denied = await noteCall(desk.caller, path, { outcome: 'denied' });
    expect(denied.body).toMatchObject({ status: 'declined', decidedByName: '中邨 彩葉', changes: [] });
    expect(await desk.openTasks(id)).toEqual([]);
    for (const told of [registration.mailbox, deputyMailbox(registration)]) {
      expect(await mailsTo(portal, told)).toEqual(['recovery.claimed', 'recovery.declined']);
    }
    expect(await mailsTo(portal, claimedMailbox(registration))).toEqual([
      'recovery.verify-address',
      'recovery.declined',
    ]);
    expect(await desk.trailOf(id)).toEqual([
      'recovery.claimed',
      'recovery.verified',
      'recovery.call-noted',
      'recovery.declined',
    ]);
    expect((await noteCall(desk.caller, path)).body.code).toBe('recovery-decided');
    expect((await desk.agree(path, 3)).body.code).toBe('recovery-decided');
    const now = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect([now.status, now.body.version]).toEqual([200, 1]);
  });

  it('that confirms it passes it on, and nobody else has to call', async () => {
    const { registration } = await newRegistration(portal);
    const { id, path } = await verifiedClaim(portal, registration);
    const confirmed = await noteCall(desk.caller, path);
    expect(confirmed.body).toMatchObject({
      status: 'awaiting_agreement',
      version: 3,
      confirmedByName: '中邨 彩葉',
      decidedAt: null,
    });
    expect(await desk.openTasks(id)).toEqual(['recovery.agree 3']);
    expect((await noteCall(desk.second, path)).body.code).toBe('recovery-not-ready');
  });
});

describe('declining', () => {
  it('takes a reason, which stays in the office, and is bound to what the reviewer saw', async () => {
    const { registration } = await newRegistration(portal);
    const { path } = await verifiedClaim(portal, registration);
    await noteCall(desk.caller, path);
    const decline = (ifMatch: number, body: object = { reason: '登録のアドレスから電話があった。' }) =>
      desk.second.client.post<RecoveryResponse & { code?: string }>(`${path}/decline`, { ifMatch, body });
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
