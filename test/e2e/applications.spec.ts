import { Database } from '../../src/platform/database/database.service.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import {
  answer,
  applied,
  apply,
  countApplications,
  findApplication,
  freeCode,
  proposalOf,
  tasksAbout,
  trailOf,
} from '../factories/applications.js';
import { mailsTo } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration } from '../factories/registrations.js';
import { queuedMails } from '../setup/outbox.js';
import { Client } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  await createRegistration(portal, CODES.otofuke);
});
afterAll(() => portal.close());

const asSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  portal.app.get(Database).asSystem('test', work);

describe('applying', () => {
  it('mails every mailbox its code and nothing else, and shows staff nothing to do', async () => {
    const code = await freeCode(portal);
    const sent = await apply(portal, code, 'one.example');
    expect(sent.status).toBe(201);
    expect(sent.body).toEqual({
      number: expect.stringMatching(/^R\d+-A\d{3}$/),
      municipality: expect.stringMatching(/[都道府県].+[市町村区]$/u),
      status: 'awaiting_verification',
      statusLabel: 'アドレスの確認待ち',
      awaiting: ['kikaku@one.example', 'takasaki@one.example'],
      expiresAt: expect.stringMatching(/T15:00:00.000Z$/),
    });
    for (const mailbox of sent.body.awaiting) {
      expect(await mailsTo(portal, mailbox)).toEqual(['membership.verify-address']);
    }
    const application = await findApplication(reviewer, sent.body.number);
    expect(application).toMatchObject({
      municipalityCode: code,
      applicantMailbox: 'kikaku@one.example',
      comment: null,
      version: 1,
      endedRegistrationId: null,
    });
    expect(await tasksAbout(reviewer, application.id)).toEqual([]);
    for (const decision of ['accept', 'decline']) {
      const early = await reviewer.client.post(`/applications/${application.id}/${decision}`, {
        ifMatch: 9,
        body: { reason: 'x' },
      });
      expect([early.status, early.body.code]).toEqual([409, 'application-not-under-review']);
    }
  });

  it('goes on when every mailbox has answered, with a receipt and a task', async () => {
    const sent = await apply(portal, await freeCode(portal), 'two.example', {
      comment: '令和8年度から\r\n参加を希望します。',
    });
    const wrong = await answer(portal, 'kikaku@two.example', '00000000');
    expect([wrong.status, wrong.body.code]).toEqual([422, 'wrong-code']);
    const first = await answer(portal, 'takasaki@two.example');
    expect(first.body).toMatchObject({
      subject: 'application',
      receiptNumber: sent.body.number,
      remaining: 1,
      status: 'awaiting_verification',
    });
    const last = await answer(portal, 'kikaku@two.example');
    expect(last.body).toMatchObject({ remaining: 0, status: 'under_review' });
    // Typed twice: the answer is the same again.
    expect((await answer(portal, 'takasaki@two.example')).body).toEqual(last.body);
    const application = await findApplication(reviewer, sent.body.number);
    expect(application).toMatchObject({ status: 'under_review', version: 2, expiresAt: null });
    expect(await tasksAbout(reviewer, application.id)).toMatchObject([
      {
        kind: 'application.review',
        weight: 2,
        title: `${sent.body.municipality}　登録の申込み ${sent.body.number}`,
        registrationId: null,
      },
    ]);
    expect(await mailsTo(portal, 'takasaki@two.example')).toEqual(['membership.verify-address']);
    expect(await mailsTo(portal, 'kikaku@two.example')).toEqual([
      'membership.verify-address',
      'membership.received',
    ]);
    const receipt = (await queuedMails(portal)).findLast(({ kind }) => kind === 'membership.received');
    expect(receipt?.body).toContain('　　　takasaki@two.example');
    expect(receipt?.body).toContain('令和8年度から\n参加を希望します。');
    expect(await trailOf(portal, application.id)).toEqual([
      'application.submitted',
      'application.address-verified',
      'application.address-verified',
    ]);
  });

  it('may have its codes typed all at once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const host = `at-once-${round}.example`;
      const sent = await apply(portal, await freeCode(portal), host);
      await Promise.all(sent.body.awaiting.map((mailbox) => answer(portal, mailbox)));
      expect((await findApplication(reviewer, sent.body.number)).status).toBe('under_review');
    }
  });

  it.each([
    ['a wrong code', { municipalityCode: '016315' }, '/municipalityCode', 422],
    ['an unknown code', { municipalityCode: '999999' }, '/municipalityCode', 422],
    ['no name', { applicantName: undefined }, '/applicantName', 422],
    ['a line end in the name', { applicantName: '髙﨑\nBcc: x@y.example' }, '/applicantName', 422],
    ['an unknown field', { status: 'accepted' }, '/status', 422],
    ['nothing proposed', { proposed: null }, '/proposed', 422],
    [
      'a primary department that is not in it',
      { proposed: { ...proposalOf('bad.example'), primaryDepartmentId: 'new-9' } },
      '/proposed/primaryDepartmentId',
      422,
    ],
    [
      'an id instead of a label',
      {
        proposed: {
          ...proposalOf('bad.example'),
          primaryDepartmentId: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e',
          departments: [
            { id: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e', name: '企画課', email: 'a@bad.example' },
          ],
          contacts: [],
        },
      },
      '/proposed/departments/0/id',
      404,
    ],
  ])(
    'with %s is answered with a pointer, and nothing is written',
    async (_what, changes, pointer, status) => {
      const before = await countApplications(reviewer);
      const refused = await apply(portal, CODES.totsukawa, 'bad.example', changes);
      expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([status, pointer]);
      expect(await countApplications(reviewer)).toBe(before);
    },
  );

  it('is refused for a municipality that is registered, and for one that has ended', async () => {
    const registered = await apply(portal, '01631', 'three.example');
    expect([registered.status, registered.body.code]).toEqual([409, 'already-registered']);
    await withConnection(portal.database.ownerUrl, (owner) =>
      owner.query(
        `INSERT INTO municipality (code, prefecture_code, name, kana, type, valid_to, search_text)
         VALUES ('403059', '400009', '那珂川町', 'なかがわまち', 'town', '2018-10-01', '那珂川町')`,
      ),
    );
    const ended = await apply(portal, '403059', 'three.example');
    expect([ended.status, ended.body.errors?.[0]?.code]).toEqual([422, 'municipality-code']);
  });

  it('fills nobody’s mailbox: forty a day for a municipality, twelve codes an hour for a mailbox', async () => {
    const code = await freeCode(portal);
    const sent = await Promise.all(
      Array.from({ length: 43 }, (_, index) => apply(portal, code, `flood-${index}.example`)),
    );
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(40);
    const refused = sent.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.headers.get('retry-after')).toBe('300');
    await asSystem((tx) =>
      tx.execute(
        `UPDATE membership_application SET submitted_at = now() - interval '25 hours' WHERE municipality_code = $1`,
        [code],
      ),
    );
    expect((await apply(portal, code, 'tomorrow.example')).status).toBe(201);

    const codes: string[] = [];
    for (let index = 0; index < 14; index += 1) codes.push(await freeCode(portal));
    const bombs = await Promise.all(codes.map((other) => apply(portal, other, 'victim.example')));
    expect(bombs.filter(({ status }) => status === 201)).toHaveLength(12);
    expect(await mailsTo(portal, 'kikaku@victim.example')).toHaveLength(12);
  });

  it('from one place keeps nobody else out: three for a municipality, sixty in all', async () => {
    const stranger = new Client(portal);
    const code = await freeCode(portal);
    const flood = async (to: string, host: string): Promise<number> =>
      (await apply(portal, to, host, {}, stranger)).status;
    const sent: number[] = [];
    for (let index = 0; index < 5; index += 1) sent.push(await flood(code, `stranger-${index}.example`));
    expect(sent).toEqual([201, 201, 201, 429, 429]);
    const others: number[] = [];
    for (let index = 0; index < 58; index += 1) {
      others.push(await flood(await freeCode(portal), `s${index}.example`));
    }
    expect(others).toEqual([...Array.from({ length: 57 }, () => 201), 429]);
    expect((await apply(portal, code, 'town.example')).status).toBe(201);
  });

  it('is no mail cannon: codes are counted by where they come from, and what is refused costs nothing', async () => {
    const sender = new Client(portal);
    const crowd = (host: string): unknown => {
      const proposed = proposalOf(host) as { departments: object[] };
      const departments = Array.from({ length: 19 }, (_, n) => ({
        id: `new-${10 + n}`,
        name: `第${n}課`,
        email: `d${n}@${host}`,
      }));
      return { ...proposed, departments: [...proposed.departments, ...departments] };
    };
    const send = async (host: string, changes: object = {}): Promise<number> => {
      const body = { proposed: crowd(host), ...changes };
      return (await apply(portal, await freeCode(portal), host, body, sender)).status;
    };
    // Twenty mistakes first: a clerk who corrects a form isn't a flood.
    for (let round = 0; round < 20; round += 1) {
      expect((await apply(portal, '016315', 'typo.example', {}, sender)).status).toBe(422);
    }
    const statuses: number[] = [];
    for (let round = 0; round < 12; round += 1) statuses.push(await send(`crowd-${round}.example`));
    // 21 mailboxes each: the twelfth would be beyond 240.
    expect(statuses).toEqual([...Array.from({ length: 11 }, () => 201), 429]);
  });

  it('fills nobody’s mailbox far away either: so many codes an hour from the whole portal', async () => {
    await asSystem((tx) =>
      tx.execute(
        `INSERT INTO address_verification (id, subject_kind, subject_id, email, expires_at)
         SELECT gen_random_uuid(), 'recovery', gen_random_uuid(), n || '@far.example', now() FROM generate_series(1, 2000) n`,
      ),
    );
    expect((await apply(portal, await freeCode(portal), 'near.example')).status).toBe(429);
    await asSystem((tx) =>
      tx.execute(`UPDATE address_verification SET created_at = now() - interval '61 minutes'`),
    );
    expect((await apply(portal, await freeCode(portal), 'near.example')).status).toBe(201);
  });

  it('by a second office waits for the first, and its last code stays good', async () => {
    const code = await freeCode(portal);
    const first = await applied(portal, reviewer, code);
    const second = await apply(portal, code, 'second.example');
    await answer(portal, 'takasaki@second.example');
    const early = await answer(portal, 'kikaku@second.example');
    expect([early.status, early.body.code]).toEqual([409, 'open-application-exists']);
    expect(await findApplication(reviewer, second.body.number)).toMatchObject({
      status: 'awaiting_verification',
      version: 1,
    });
    await reviewer.client.post(`/applications/${first.id}/decline`, {
      ifMatch: 2,
      body: { reason: 'お電話で取下げのご連絡をいただきました。' },
    });
    expect((await answer(portal, 'kikaku@second.example')).body).toMatchObject({ status: 'under_review' });
  });

  it('by two offices at once leaves one under review', async () => {
    const code = await freeCode(portal);
    const hosts = ['east.example', 'west.example'];
    for (const host of hosts) {
      await apply(portal, code, host);
      await answer(portal, `takasaki@${host}`);
    }
    const answers = await Promise.all(hosts.map((host) => answer(portal, `kikaku@${host}`)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('of a municipality that staff have registered meanwhile comes to nothing', async () => {
    const code = await freeCode(portal);
    await apply(portal, code, 'late.example');
    await answer(portal, 'takasaki@late.example');
    await createRegistration(portal, code);
    const late = await answer(portal, 'kikaku@late.example');
    expect([late.status, late.body.code]).toEqual([409, 'already-registered']);
  });

  it('goes on being numbered after 999', async () => {
    await withConnection(portal.database.adminUrl, (admin) =>
      admin.query(`SELECT setval('membership_application_serial', 999)`),
    );
    expect((await apply(portal, await freeCode(portal), 'n.example')).body.number).toMatch(/^R\d+-A1000$/);
  });
});

describe('an application that waits too long', () => {
  const lapse = (number: string): Promise<number> =>
    asSystem((tx) =>
      tx.execute('UPDATE membership_application SET expires_at = now() WHERE number = $1', [number]),
    );

  it('expires, and tells only a mailbox that had answered', async () => {
    const silent = await apply(portal, await freeCode(portal), 'silent.example');
    await answer(portal, 'takasaki@silent.example');
    const heard = await apply(portal, await freeCode(portal), 'heard.example');
    await answer(portal, 'kikaku@heard.example');
    const waiting = await apply(portal, await freeCode(portal), 'waiting.example');
    for (const { body } of [silent, heard]) await lapse(body.number);
    await Promise.all([portal.app.get(Jobs).runDue(), portal.app.get(Jobs).runDue()]);

    const expired = await findApplication(reviewer, heard.body.number);
    expect(expired).toMatchObject({ status: 'expired', statusLabel: '期限切れ', version: 2 });
    expect((await findApplication(reviewer, silent.body.number)).status).toBe('expired');
    expect((await findApplication(reviewer, waiting.body.number)).status).toBe('awaiting_verification');
    for (const mailbox of ['kikaku@silent.example', 'takasaki@silent.example', 'takasaki@heard.example']) {
      expect(await mailsTo(portal, mailbox)).toEqual(['membership.verify-address']);
    }
    expect(await mailsTo(portal, 'kikaku@heard.example')).toEqual([
      'membership.verify-address',
      'membership.expired',
    ]);
    const mail = (await queuedMails(portal)).findLast(({ kind }) => kind === 'membership.expired');
    expect(mail?.body).toContain('\n　takasaki@heard.example\n');
    const late = await answer(portal, 'takasaki@heard.example');
    expect([late.status, late.body.code]).toEqual([409, 'not-awaiting-verification']);
    const decided = await reviewer.client.post(`/applications/${expired.id}/accept`, { ifMatch: 2 });
    expect(decided.body.code).toBe('application-decided');
    expect((await trailOf(portal, expired.id)).at(-1)).toBe('application.expired');
  });

  it('takes no code after its last day', async () => {
    await apply(portal, await freeCode(portal), 'over.example');
    await asSystem((tx) =>
      tx.execute(`UPDATE address_verification SET expires_at = now() WHERE email LIKE '%@over.example'`),
    );
    const late = await answer(portal, 'kikaku@over.example');
    expect([late.status, late.body.code]).toEqual([422, 'wrong-code']);
  });
});
