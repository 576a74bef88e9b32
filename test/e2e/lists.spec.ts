import type {
  ChangeRequestPage,
  ChangeRequestSummaryResponse,
} from '../../src/change-requests/change-request.dto.js';
import type { MunicipalityPage } from '../../src/registry/municipality.dto.js';
import type { RegistrationPage } from '../../src/registry/registration.dto.js';
import { newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration } from '../factories/registrations.js';
import { asIntruder } from '../factories/trail.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** What the lists say of each thing, so that the page needs no second question. */
let portal: TestPortal;
let reviewer: SignedIn;
let colleague: SignedIn;
let editor: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  colleague = await signInStaff(portal, ['reviewer', 'admin']);
  editor = await signInStaff(portal, ['editor']);
});
afterAll(() => portal.close());

const summary = async (
  who: SignedIn,
  registrationId: string,
  query = '',
): Promise<ChangeRequestSummaryResponse | undefined> =>
  (await who.client.get<ChangeRequestPage>(`/change-requests?registrationId=${registrationId}${query}`)).body
    .items[0];

describe('the queue', () => {
  it('says who may decide: a reviewer, on what somebody else has proposed and is under review', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { body: own } = await submit(reviewer, registration, withPhone(registration.document));
    const said = async (who: SignedIn): Promise<boolean | undefined> =>
      (await summary(who, registration.id))?.mayDecide;
    expect(await Promise.all([reviewer, colleague, editor, clerk].map(said))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    const refused = await reviewer.client.post(`/change-requests/${own.id}/approve`, {
      ifMatch: 1,
      body: {},
    });
    expect(refused.body.code).toBe('own-proposal');
    await colleague.client.post(`/change-requests/${own.id}/return`, {
      ifMatch: 1,
      body: { reason: 'お確かめください。' },
    });
    expect(await said(colleague)).toBe(false);
    expect(await summary(clerk, registration.id)).toMatchObject({
      proposedByStaff: true,
      proposedByName: '事務局',
    });
    expect(await summary(clerk, registration.id)).not.toHaveProperty('proposedByAccountId');
  });

  it('says what waits for a new mailbox, until when, and where the registration has moved', async () => {
    const { registration, clerk } = await newRegistration(portal);
    await submit(
      clerk,
      registration,
      withMailbox(registration.document, `chosei@t${registration.code}.example`),
    );
    const waiting = await summary(reviewer, registration.id);
    expect(waiting).toMatchObject({ unverified: true, registrationMoved: false, mayDecide: false });
    expect(new Date(waiting?.expiresAt ?? 0).getTime()).toBeGreaterThan(Date.now() + 13 * 86_400_000);
    await asIntruder(portal, 'UPDATE registration SET version = version + 1 WHERE id = $1', [
      registration.id,
    ]);
    expect((await summary(reviewer, registration.id))?.registrationMoved).toBe(true);

    const other = await newRegistration(portal);
    const { body: sent } = await submit(
      other.clerk,
      other.registration,
      withPhone(other.registration.document),
    );
    expect(await summary(reviewer, other.registration.id)).toMatchObject({
      unverified: false,
      expiresAt: null,
    });
    await reviewer.client.post(`/change-requests/${sent.id}/approve`, { ifMatch: 1, body: {} });
    // The registration is one version further because of it, which is no moving.
    expect(await summary(reviewer, other.registration.id)).toMatchObject({
      status: 'approved',
      registrationMoved: false,
      mayDecide: false,
    });
  });

  it('is told apart by what is open and what isn’t', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { body: sent } = await submit(clerk, registration, withPhone(registration.document));
    expect((await summary(reviewer, registration.id, '&open=true'))?.id).toBe(sent.id);
    expect(await summary(reviewer, registration.id, '&open=false')).toBeUndefined();
    await clerk.client.post(`/change-requests/${sent.id}/withdraw`, { ifMatch: 1 });
    expect(await summary(reviewer, registration.id, '&open=true')).toBeUndefined();
    expect((await summary(clerk, registration.id, '&open=false'))?.id).toBe(sent.id);
    const wrong = await reviewer.client.get('/change-requests?open=perhaps');
    expect([wrong.status, wrong.body.errors?.[0]?.pointer]).toEqual([422, '/open']);
  });
});

describe('the list of registrations', () => {
  it('comes whole where it is asked for, with what a page searches by', async () => {
    const registration = await createRegistration(portal, CODES.otofuke);
    const { status, body } = await editor.client.get<RegistrationPage>('/registrations?limit=2000');
    expect([status, body.items.length, body.nextCursor]).toEqual([200, body.total, null]);
    expect(body.items.find(({ id }) => id === registration.id)).toMatchObject({
      municipality: '音更町',
      municipalityKana: 'おとふけちょう',
      prefectureCode: '010006',
      mainPhone: '0155-00-2110',
    });
    const master = await editor.client.get<MunicipalityPage>('/municipalities?limit=2000');
    expect(master.body.items).toHaveLength(master.body.total);
    for (const path of ['/registrations?limit=2001', '/municipalities?limit=2001']) {
      expect((await editor.client.get(path)).status).toBe(422);
    }
  });
});
