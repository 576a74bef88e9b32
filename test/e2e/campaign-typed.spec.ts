import { only, on, registrationsAt, rowsOf, standingOf } from '../factories/campaign-walk.js';
import { campaignMails, confirm, readOff, reviewer, start, step } from '../factories/campaigns.js';
import { newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInMember } from '../factories/people.js';
import { moveRegistration, type TestRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import { overlap } from '../setup/overlap.js';

/** Answers without signing in: by the number and the code of a mail, typed by whoever has it. */
let portal: ClockedPortal;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
});
afterAll(() => portal.close());

interface Asked {
  readonly registration: TestRegistration;
  readonly campaignId: string;
  readonly number: string;
  readonly code: string;
}

const STEPS = [{ template: 'ask', recipients: 'everyone', on: '2027-04-05' }];
const CODE_LENGTH = 12;

/** A municipality that was asked this morning, with what its mail shows. */
async function asked(): Promise<Asked> {
  await portal.clock.set('2027-04-02T10:00:00+09:00');
  const { registration } = await newRegistration(portal);
  const { id } = await start((await reviewer(portal)).client, {
    audience: only(registration),
    steps: STEPS,
  });
  const [mail] = await on(portal, '2027-04-05T09:00:10+09:00');
  const [read] = mail ? readOff(portal, mail) : [];
  if (!read) throw new Error('nobody was asked');
  return { registration, campaignId: id, ...read };
}

const say = (typed: Pick<Asked, 'number' | 'code'>, name?: string) =>
  confirm(new Client(portal), typed, name);

const standing = ({ campaignId, registration }: Asked): Promise<string> =>
  standingOf(portal, campaignId, registration);

/** Lets a change be approved, as the municipality asks for it. @returns nothing: the registration is a version on */
async function change(
  { registration }: Pick<Asked, 'registration'>,
  document = withPhone(registration.document),
  version = 1,
): Promise<void> {
  const clerk = await signInMember(portal, registration);
  const sent = await submit(clerk, registration, document, version);
  const { client } = await reviewer(portal);
  const approved = await client.post(`/change-requests/${sent.body.id}/approve`, {
    ifMatch: sent.body.version,
  });
  if (approved.status !== 200) throw new Error(`not approved: ${JSON.stringify(approved.body)}`);
}

const wrongCode = (code: string): string =>
  String((Number(code) + 1) % 10 ** CODE_LENGTH).padStart(CODE_LENGTH, '0');
const fullWidth = (digits: string): string =>
  digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

describe('a number and a code', () => {
  it('are taken as people type them: full-width, with blanks and hyphens, or without any', async () => {
    const ways: ((digits: string) => string)[] = [
      (digits) => digits.replaceAll(' ', ''),
      (digits) => fullWidth(digits).replaceAll(' ', '　'),
      (digits) => digits.replaceAll(' ', '-'),
      (digits) => `  ${fullWidth(digits)}  `,
    ];
    for (const typed of ways) {
      const one = await asked();
      const { status, body } = await say({ number: typed(one.number), code: typed(one.code) });
      expect([status, body.status, await standing(one)]).toEqual([200, 'confirmed', 'answered unchanged']);
    }
  });

  it('that don’t belong together are answered like a number that nobody has', async () => {
    const [one, other] = [await asked(), await asked()];
    const answers = [
      await say({ number: one.number, code: wrongCode(one.code.replaceAll(' ', '')) }),
      await say({ number: one.number, code: other.code }),
      await say({ number: '999999', code: one.code }),
      await say({ number: '0', code: one.code }),
    ];
    const [first] = answers;
    expect(first).toMatchObject({ status: 422, body: { code: 'wrong-code' } });
    for (const { status, body, headers } of answers) {
      expect({ ...body, instance: null }).toEqual({ ...first?.body, instance: null });
      expect([status, headers.get('retry-after')]).toEqual([first?.status, null]);
    }
    expect([await standing(one), await standing(other)]).toEqual(['open', 'open']);
  });

  it('in a mail to several mailboxes are the same for each, and for one that serves two, each its own', async () => {
    await portal.clock.set('2027-04-02T10:00:00+09:00');
    const made = await registrationsAt(portal, ['two.example', 'two.example']);
    const { id } = await start((await reviewer(portal)).client, { audience: only(...made), steps: STEPS });
    const mails = await on(portal, '2027-04-05T09:00:10+09:00');
    const read = mails.map((mail) => readOff(portal, mail));
    expect(read.map(({ length }) => length)).toEqual([2, 2]);
    expect(read[0]).toEqual(read[1]);
    const [one, two] = read[0] ?? [];
    if (!one || !two) throw new Error('nothing to read off');
    expect((await say({ number: one.number, code: two.code })).body.code).toBe('wrong-code');
    expect((await say(two)).body.status).toBe('confirmed');
    const standings = await Promise.all(made.map((one) => standingOf(portal, id, one)));
    expect(standings.toSorted()).toEqual(['answered unchanged', 'open']);
    expect((await say(one)).body.status).toBe('confirmed');
  });

  it('change nothing by a mail being opened: neither its page nor its address by GET or HEAD', async () => {
    const one = await asked();
    const address = `${portal.origin}/api/v1/confirm/${one.number.replaceAll(' ', '')}`;
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
      expect((await fetch(address, { method })).status).toBeGreaterThanOrEqual(400);
    }
    for (const method of ['GET', 'HEAD']) await fetch(`${portal.origin}/k`, { method });
    await fetch(`${address}?code=${one.code.replaceAll(' ', '')}&answer=unchanged&name=x`);
    expect(await standing(one)).toBe('open');
    expect((await say(one)).body.status).toBe('confirmed');
  });

  it('take a name, and the one answer that there is', async () => {
    const one = await asked();
    const post = (body: object) =>
      new Client(portal).post(`/confirm/${one.number.replaceAll(' ', '')}`, {
        body: { code: one.code, answer: 'unchanged', name: '小野寺', ...body },
      });
    expect((await post({ name: '  ' })).body.errors).toMatchObject([{ pointer: '/name' }]);
    expect((await post({ answer: 'changed' })).body.errors).toMatchObject([{ pointer: '/answer' }]);
    expect((await post({ code: '1234' })).body.errors).toMatchObject([{ pointer: '/code' }]);
    expect(await standing(one)).toBe('open');
  });
});

describe('a code of what is registered no longer', () => {
  it('is refused, and one mail brings the new one, however often it is typed', async () => {
    const one = await asked();
    await change(one);
    const before = (await campaignMails(portal)).length;
    const answers = [await say(one), ...(await Promise.all([say(one), say(one), say(one)]))];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [409, 'registration-changed-since']),
    );
    const mails = (await campaignMails(portal)).slice(before);
    // To both mailboxes that had the mail before.
    expect(mails.map(({ kind, recipient }) => `${kind} ${recipient}`)).toEqual([
      `campaign.renewed ${one.registration.mailbox}`,
      `campaign.renewed takasaki@t${one.registration.code}.example`,
    ]);
    const [anew] = mails[0] ? readOff(portal, mails[0]) : [];
    expect(anew?.number).toBe(one.number);
    expect(mails[0]?.body).toContain('代表電話　0155-00-9999');
    expect((await say(anew ?? one)).body.status).toBe('confirmed');
    expect((await say(anew ?? one)).body.status).toBe('already');
  });

  it('brings the new one to no mailbox that is registered no longer', async () => {
    const one = await asked();
    const moved = withMailbox(one.registration.document, `new@t${one.registration.code}.example`);
    const [first, second] = moved.contacts;
    await moveRegistration(portal, one.registration, {
      ...moved,
      contacts: [
        { ...first!, email: null },
        { ...second!, email: null },
      ],
    });
    const before = (await campaignMails(portal)).length;
    expect((await say(one)).body.code).toBe('registration-changed-since');
    const mails = (await campaignMails(portal)).slice(before);
    expect(mails.map(({ recipient }) => recipient)).toEqual([`new@t${one.registration.code}.example`]);
  });
});

describe('a question that has ended', () => {
  it('by the end of the campaign is told as such to who has the code, and to nobody else', async () => {
    const one = await asked();
    const { client } = await reviewer(portal);
    await step(client, { id: one.campaignId, version: 2 }, 'close');
    expect(await standing(one)).toBe('left closed');
    expect(await say(one)).toMatchObject({ status: 409, body: { code: 'question-ended' } });
    expect((await say({ ...one, code: wrongCode(one.code.replaceAll(' ', '')) })).body.code).toBe(
      'wrong-code',
    );
    const [row] = await rowsOf<{ at: Date | null }>(
      portal,
      'SELECT last_confirmed_at AS at FROM registration WHERE id = $1',
      [one.registration.id],
    );
    expect(row?.at).toBeNull();
  });

  it('by 退会 is told as such, too', async () => {
    const one = await asked();
    const { client } = await reviewer(portal);
    const left = await client.post(`/registrations/${one.registration.id}/withdraw`, {
      ifMatch: 1,
      body: { reason: '町の方針により、退会します。' },
    });
    expect(left.status).toBe(200);
    expect(await say(one)).toMatchObject({ status: 409, body: { code: 'question-ended' } });
  });

  it('is so however often it is typed: the rightful code costs no tries', async () => {
    const one = await asked();
    await step((await reviewer(portal)).client, { id: one.campaignId, version: 2 }, 'close');
    const here = new Client(portal);
    for (let time = 0; time < 12; time += 1) {
      expect((await confirm(here, one)).body.code).toBe('question-ended');
    }
  });

  it('by an answer is told well to whoever comes after', async () => {
    const one = await asked();
    const { client } = await signInMember(portal, one.registration);
    await client.post(`/registrations/${one.registration.id}/confirmations`, { ifMatch: 1 });
    expect(await say(one)).toMatchObject({ status: 200, body: { status: 'already' } });
    expect(await confirmations(one)).toBe(1);
  });
});

const confirmations = async ({ registration }: Asked): Promise<number> => {
  const rows = await rowsOf(
    portal,
    `SELECT FROM audit_event WHERE type = 'registration.confirmed' AND subject_id = $1`,
    [registration.id],
  );
  return rows.length;
};

describe('two people who answer at once', () => {
  it('are both told well, and one confirmation is written', async () => {
    const one = await asked();
    const answers = await overlap(
      portal,
      (other) => other.query('SELECT FROM registration WHERE id = $1 FOR UPDATE', [one.registration.id]),
      () => Promise.all([say(one, '小野寺 真理'), say(one, '三枝 千紘'), say(one, '髙﨑 由美')]),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.map(({ body }) => String(body.status)).toSorted()).toEqual([
      'already',
      'already',
      'confirmed',
    ]);
    expect(await confirmations(one)).toBe(1);
    expect(await standing(one)).toBe('answered unchanged');
  });
});
