import type {
  ChangeRequestPreviewResponse,
  ChangeRequestResponse,
} from '../../src/change-requests/change-request.dto.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { ReviewPolicyResponse } from '../../src/review-policy/review-policy.dto.js';
import { newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { rowsOf } from '../factories/trail.js';
import type { Answer, Problem } from '../setup/client.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;
let editor: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  editor = await signInStaff(portal, ['editor']);
});
afterAll(() => portal.close());

type Previewed = Answer<ChangeRequestPreviewResponse & Partial<Problem>>;

const preview = (who: SignedIn, { id }: TestRegistration, body: unknown): Promise<Previewed> =>
  who.client.post(`/registrations/${id}/change-requests/preview`, { body });

const previewHandover = (who: SignedIn, { id }: TestRegistration, body: unknown): Promise<Previewed> =>
  who.client.post(`/registrations/${id}/handovers/preview`, { body });

/** Without the ids that each resolving gives to what is new. */
const nameless = (value: unknown, { document }: TestRegistration): unknown => {
  const known = new Set([...document.departments, ...document.contacts].map(({ id }) => id));
  const text = JSON.stringify(value);
  return JSON.parse(
    text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => (known.has(id) ? id : 'new')),
  );
};

async function mailedAfter(mails: number): Promise<{ told: string[]; asked: string[] }> {
  const queued = (await queuedMails(portal)).slice(mails);
  const to = (code: boolean): string[] =>
    [
      ...new Set(queued.filter(({ codePurpose }) => (codePurpose !== null) === code).map((m) => m.recipient)),
    ].toSorted();
  return { told: to(false), asked: to(true) };
}

/** Every kind of change at once, with a person and a department to be added. */
function muchChanged(document: RegistrationDocument, host: string): unknown {
  const { departments, contacts } = withMailbox(document, `chosei@${host}`);
  return {
    ...withPhone(document),
    departments: [
      ...departments,
      {
        id: 'new-1',
        name: '総務課',
        kana: 'そうむか',
        email: `somu@${host}`,
        phone: '0155-00-2112',
        fax: null,
        postalCode: '080-0198',
        address: '北海道河東郡音更町元町2',
      },
    ],
    contacts: [contacts[0], { id: 'new-2', departmentId: 'new-1', name: '三枝 千紘', role: 'deputy' }],
  };
}

describe('the preview of a change request', () => {
  it('says what the sending then says and does: the changes, the codes, the mails', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const proposed = muchChanged(registration.document, `t${registration.code}.example`);
    const shown = await preview(clerk, registration, { proposed });
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({
      baseVersion: 1,
      appliesAtOnce: false,
      effectiveOn: null,
      reviewBusinessDays: 3,
    });
    const before = (await queuedMails(portal)).length;
    const sent = await submit(clerk, registration, proposed, shown.body.baseVersion);
    expect(sent.status).toBe(201);
    expect(nameless(shown.body.changes, registration)).toEqual(nameless(sent.body.changes, registration));
    const { told, asked } = await mailedAfter(before);
    expect(shown.body.notified.toSorted()).toEqual(told);
    expect(shown.body.newMailboxes.toSorted()).toEqual(asked);
    expect(asked).toHaveLength(2);
  });

  it('writes nothing, however often it is asked for', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const count = async (): Promise<unknown> =>
      rowsOf(
        portal,
        `SELECT (SELECT count(*) FROM change_request) AS requests, (SELECT count(*) FROM address_verification) AS codes,
                (SELECT count(*) FROM outbox_message) AS mails, (SELECT count(*) FROM audit_event) AS events,
                (SELECT count(*) FROM task) AS tasks, (SELECT last_value FROM change_request_serial) AS serial,
                (SELECT version FROM registration WHERE id = $1) AS version`,
        [registration.id],
      );
    await clerk.client.put(`/registrations/${registration.id}/draft`, {
      body: { baseVersion: 1, content: { mainPhone: '0155-00-1' } },
    });
    const before = await count();
    const proposed = withMailbox(registration.document, `chosei@t${registration.code}.example`);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => preview(clerk, registration, { proposed })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await count()).toEqual(before);
    expect((await clerk.client.get(`/registrations/${registration.id}/draft`)).status).toBe(200);
  });

  it('tells what the rules let pass at once, and only that', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const [one, two] = [await signInStaff(portal, ['admin']), await signInStaff(portal, ['admin'])];
    const put = await one.client.put<ReviewPolicyResponse>('/review-policy', {
      ifMatch: 1,
      body: { atOnce: ['title'], reason: '異動が多いためです。' },
    });
    await two.client.post('/review-policy/agree', { ifMatch: put.body.version });
    const [first, ...others] = registration.document.contacts;
    const proposed = { ...registration.document, contacts: [{ ...first, title: '課長' }, ...others] };
    const shown = await preview(clerk, registration, { proposed });
    expect(shown.body).toMatchObject({
      appliesAtOnce: true,
      newMailboxes: [],
      changes: [{ rule: 'at-once' }],
    });
    const mixed = await preview(clerk, registration, {
      proposed: { ...proposed, mainPhone: '0155-00-9999' },
    });
    expect(mixed.body.appliesAtOnce).toBe(false);
    expect(mixed.body.changes.map(({ rule }) => rule)).toEqual(['review', 'review']);
    expect((await preview(reviewer, registration, { proposed })).body.appliesAtOnce).toBe(false);
    const before = (await queuedMails(portal)).length;
    const sent = await submit(clerk, registration, proposed);
    expect(sent.body.status).toBe('approved');
    expect(sent.body.changes.map((change) => ({ ...change, decision: null }))).toEqual(shown.body.changes);
    expect(shown.body.notified.toSorted()).toEqual((await mailedAfter(before)).told);
  });

  it('for staff shows and notes whose people it is about, and tells the staff as the sender', async () => {
    const { registration } = await newRegistration(portal);
    const shown = await preview(reviewer, registration, { proposed: withPhone(registration.document) });
    expect(shown.status).toBe(200);
    expect(shown.body.notified).toEqual([expect.stringMatching(/@council\.example$/)]);
    const noted = await rowsOf(
      portal,
      `SELECT operation FROM personal_read WHERE session_id = $1 AND subject_id = $2`,
      [reviewer.viewer.sessionId, registration.id],
    );
    expect(noted).toEqual([{ operation: 'change-request.preview' }]);
    expect((await preview(editor, registration, { proposed: withPhone(registration.document) })).status).toBe(
      403,
    );
  });

  it('refuses what the sending refuses, in the same words', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { document } = registration;
    const foreign = await newRegistration(portal);
    const bad: unknown[] = [
      document,
      { ...document, mainPhone: 'x' },
      { ...document, mainPhone: '0155\u0000' },
      { ...document, departments: [] },
      { ...document, departments: 'x' },
      { ...document, primaryDepartmentId: 'new-9' },
      { ...document, contacts: [document.contacts[0], document.contacts[0]] },
      { ...document, contacts: [{ ...document.contacts[0], email: 'a@b, c@d' }] },
      { ...document, contacts: foreign.registration.document.contacts },
      { ...document, more: 1 },
      null,
      [],
      'x',
    ];
    for (const proposed of bad) {
      const shown = await preview(clerk, registration, { proposed });
      const sent = await submit(clerk, registration, proposed);
      expect(shown.status).toBeGreaterThanOrEqual(400);
      expect(shown.status).toBeLessThan(500);
      const { instance: _one, ...told } = shown.body as Partial<Problem>;
      const { instance: _other, ...toldThen } = sent.body as unknown as Partial<Problem>;
      expect(told).toEqual(toldThen);
    }
    for (const body of [undefined, {}, [], { proposed: withPhone(document), comment: 1 }]) {
      expect([400, 422]).toContain((await preview(clerk, registration, body)).status);
    }
    expect((await preview(foreign.clerk, registration, { proposed: withPhone(document) })).status).toBe(404);
    expect(
      (await clerk.client.post('/registrations/x/change-requests/preview', { body: {} })).status,
    ).toBeLessThan(500);
  });

  it('names the request that is open already', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { body: first } = await submit(clerk, registration, withPhone(registration.document));
    const shown = await preview(clerk, registration, {
      proposed: withPhone(registration.document, '0155-00-1111'),
    });
    expect(shown.body).toMatchObject({
      status: 409,
      code: 'open-request-exists',
      changeRequest: { id: first.id },
    });
  });
});

describe('the preview of a handover', () => {
  const inDays = (days: number): string =>
    new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

  const bodyOf = ({ document, code }: TestRegistration, change: object = {}): object => ({
    outgoingContactId: document.contacts[1]?.id,
    incoming: { name: '三枝 千紘', email: `saegusa@t${code}.example` },
    effectiveOn: inDays(20),
    ...change,
  });

  it('says what the sending then says, with its date', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const body = bodyOf(registration);
    const shown = await previewHandover(clerk, registration, body);
    expect(shown.body).toMatchObject({
      effectiveOn: inDays(20),
      appliesAtOnce: false,
      reviewBusinessDays: 3,
    });
    const before = (await queuedMails(portal)).length;
    const sent = await clerk.client.post<ChangeRequestResponse>(
      `/registrations/${registration.id}/handovers`,
      {
        ifMatch: 1,
        body,
      },
    );
    expect(sent.status).toBe(201);
    expect(nameless(shown.body.changes, registration)).toEqual(nameless(sent.body.changes, registration));
    const { told, asked } = await mailedAfter(before);
    expect([shown.body.notified.toSorted(), shown.body.newMailboxes]).toEqual([told, asked]);
  });

  it('refuses what the sending refuses, in the same words', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const bad = [
      { effectiveOn: inDays(-1) },
      { effectiveOn: inDays(500) },
      { effectiveOn: '2027-02-30' },
      { effectiveOn: 'x' },
      { outgoingContactId: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4dff' },
      { outgoingContactId: 'x' },
      { incoming: { name: '髙﨑　由美' } },
      { incoming: {} },
      { incoming: null },
    ];
    for (const change of bad) {
      const body = bodyOf(registration, change);
      const shown = await previewHandover(clerk, registration, body);
      const sent = await clerk.client.post(`/registrations/${registration.id}/handovers`, {
        ifMatch: 1,
        body,
      });
      expect([shown.status, shown.body.code, shown.body.errors]).toEqual([
        422,
        sent.body.code,
        sent.body.errors,
      ]);
    }
  });
});
