import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import { mailsTo, newRegistration, submit, withMailbox } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { type Answer, Client } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';
import type { TestRegistration } from '../factories/registrations.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

interface Sent {
  readonly registration: TestRegistration;
  readonly clerk: SignedIn;
  readonly request: ChangeRequestResponse;
  /** By the end of its pointer. */
  readonly pointer: Record<'phone' | 'name' | 'extension', string>;
}

/** Another main phone, another name and extension of the first person. */
async function sendThreeChanges(): Promise<Sent> {
  const { registration, clerk } = await newRegistration(portal);
  const [first, ...others] = registration.document.contacts;
  const sent = await submit(clerk, registration, {
    ...registration.document,
    mainPhone: '0155-00-9999',
    contacts: [{ ...first, name: '三枝 千紘', extension: '530' }, ...others],
  });
  const pointer = {
    phone: '/mainPhone',
    name: `/contacts/${first?.id}/name`,
    extension: `/contacts/${first?.id}/extension`,
  };
  return { registration, clerk, request: sent.body, pointer };
}

const approve = (
  { request }: Pick<Sent, 'request'>,
  body: unknown,
  ifMatch = request.version,
): Promise<Answer<ChangeRequestResponse & { code?: string; errors?: { pointer: string; code: string }[] }>> =>
  reviewer.client.post(`/change-requests/${request.id}/approve`, { ifMatch, body });

describe('accepting some changes', () => {
  it('takes those over, leaves the others as they were, and says so to both sides', async () => {
    const sent = await sendThreeChanges();
    const { phone, name, extension } = sent.pointer;
    const decided = await approve(sent, {
      accept: [name, phone],
      refusals: [{ pointer: extension, reason: '内線の桁数をお確かめください。' }],
      reason: 'ありがとうございました。',
    });
    expect(decided.body).toMatchObject({
      status: 'partly_approved',
      statusLabel: '一部反映済み',
      refused: [
        {
          pointer: extension,
          beforeText: '521',
          afterText: '530',
          reason: '内線の桁数をお確かめください。',
        },
      ],
    });
    const decisions = decided.body.changes.map((change) => [change.pointer, change.decision]);
    expect(Object.fromEntries(decisions)).toEqual({
      [phone]: 'accepted',
      [name]: 'accepted',
      [extension]: 'refused',
    });
    const { body: now } = await sent.clerk.client.get<RegistrationResponse>(
      `/registrations/${sent.registration.id}`,
    );
    expect(now.version).toBe(2);
    expect(now.mainPhone).toBe('0155-00-9999');
    expect(now.contacts[0]).toMatchObject({ name: '三枝 千紘', extension: '521' });
    // What wasn't taken over isn't any fresher.
    expect(now.freshness[name]).toMatchObject({ method: 'change' });
    expect(now.freshness[extension]).toBeUndefined();

    const mail = (await queuedMails(portal)).findLast(
      ({ recipient }) => recipient === sent.registration.mailbox,
    );
    expect(mail?.kind).toBe('change-request.partly-approved');
    const [accepted = '', refused = ''] = mail?.body.split('■ 反映しなかった内容と理由') ?? [];
    expect(accepted).toContain('0155-00-9999');
    expect(accepted).not.toContain('530');
    expect(refused).toContain('内線の桁数をお確かめください。');
    expect(refused).toContain('ありがとうございました。');

    const history = await sent.clerk.client.get<HistoryPage>(
      `/registrations/${sent.registration.id}/history`,
    );
    expect(history.body.items[0]?.changes.map((change) => change.pointer)).toEqual([phone, name]);
  });

  it('takes over the rest of what is refused, where nothing else is said', async () => {
    const sent = await sendThreeChanges();
    const refusals = [{ pointer: sent.pointer.phone, reason: '代表電話は別の番号のようです。' }];
    const decided = await approve(sent, { refusals });
    expect(decided.body.status).toBe('partly_approved');
    const { body: now } = await reviewer.client.get<RegistrationResponse>(
      `/registrations/${sent.registration.id}`,
    );
    expect([now.mainPhone, now.contacts[0]?.extension]).toEqual(['0155-00-2110', '530']);
  });

  it('leaves a refused mailbox unregistered, and tells it nothing of the registration', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `new@t${registration.code}.example`;
    const sent = await submit(clerk, registration, {
      ...withMailbox(registration.document, email),
      mainPhone: '0155-00-9999',
    });
    const code = await mailedCode(portal, 'change-request.verify-address', email);
    await new Client(portal).post(`/verifications/${sent.body.verifications[0]?.id}`, { body: { code } });
    const pointer = `/departments/${registration.document.departments[0]?.id}/email`;
    const refusals = [{ pointer, reason: '別の市町村のアドレスのようです。' }];
    expect((await approve({ request: sent.body }, { refusals }, 2)).status).toBe(200);
    expect(await mailsTo(portal, email)).toEqual(['change-request.verify-address']);
    expect((await mailsTo(portal, registration.mailbox)).at(-1)).toBe('change-request.partly-approved');
    expect((await clerk.client.get(`/registrations/${registration.id}`)).status).toBe(200);
  });

  it.each<[string, (pointer: Sent['pointer']) => unknown, string]>([
    ['an unknown pointer', ({ name }) => ({ accept: [name, '/x'] }), '/accept/1 unknown-change'],
    [
      'a position in place of an id',
      () => ({ refusals: [{ pointer: '/contacts/0/name', reason: 'x' }] }),
      '/refusals/0/pointer unknown-change',
    ],
    ['a change in neither list', ({ name }) => ({ accept: [name] }), '/refusals reason-required'],
    [
      'a refusal without a reason',
      ({ name }) => ({ refusals: [{ pointer: name }] }),
      '/refusals/0/reason required',
    ],
    ['text in place of a list', () => ({ accept: '/mainPhone' }), '/accept type'],
    ['a number in the list', () => ({ accept: [1] }), '/accept type'],
    ['an unknown field', () => ({ acceptAll: true }), '/acceptAll unknown-field'],
  ])('refuses %s and changes nothing', async (_name, body, expected) => {
    const sent = await sendThreeChanges();
    const answer = await approve(sent, body(sent.pointer));
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toContain(expected);
    const still = await reviewer.client.get<ChangeRequestResponse>(`/change-requests/${sent.request.id}`);
    expect([still.body.status, still.body.version]).toEqual(['under_review', 1]);
  });

  it('refuses everything only by giving it back', async () => {
    const sent = await sendThreeChanges();
    const refusals = Object.values(sent.pointer).map((pointer) => ({ pointer, reason: 'x' }));
    const answer = await approve(sent, { accept: [], refusals });
    expect(answer.body.errors?.[0]).toMatchObject({ pointer: '/accept', code: 'nothing-accepted' });
  });

  it('keeps together what belongs together', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const [first] = registration.document.contacts;
    const sent = await submit(clerk, registration, {
      ...registration.document,
      departments: [
        ...registration.document.departments,
        { id: 'new-1', name: '総務課', email: registration.mailbox },
      ],
      contacts: [
        ...registration.document.contacts,
        { ...first, id: 'new-2', departmentId: 'new-1', name: '阿部 悠' },
      ],
    });
    const department = sent.body.changes.find(({ pointer }) => pointer.startsWith('/departments/'));
    const person = sent.body.changes.find(({ pointer }) => pointer.startsWith('/contacts/'));
    const alone = await approve(
      { request: sent.body },
      { refusals: [{ pointer: department?.pointer, reason: 'x' }] },
    );
    expect(alone.body.errors?.[0]).toMatchObject({ code: 'depends-on' });
    const withoutPerson = await approve(
      { request: sent.body },
      { refusals: [{ pointer: person?.pointer, reason: 'x' }] },
    );
    expect(withoutPerson.body.status).toBe('partly_approved');
  });

  it('lets one of twenty reviewers win, whatever each of them accepts', async () => {
    const sent = await sendThreeChanges();
    const choices = Object.values(sent.pointer).map((pointer) => ({ refusals: [{ pointer, reason: 'x' }] }));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => approve(sent, choices[index % 3])),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'already-decided')).toHaveLength(19);
    const { body } = await sent.clerk.client.get<RegistrationResponse>(
      `/registrations/${sent.registration.id}`,
    );
    expect(body.version).toBe(2);
  });
});
