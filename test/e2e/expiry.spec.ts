import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { letDaysPass, runJobs } from '../factories/clock.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { Client } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

const statusOf = async (who: SignedIn, id: string): Promise<string> =>
  (await who.client.get<ChangeRequestResponse>(`/change-requests/${id}`)).body.status;

describe('a change request that nobody goes on with', () => {
  it('lapses after 14 days without an answer of its new mailbox, three days after a warning', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `new@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    await letDaysPass(portal, sent.body.id, 11);
    await runJobs(portal);
    expect(await mailsTo(portal, registration.mailbox)).not.toContain('change-request.expiring');
    await letDaysPass(portal, sent.body.id, 1);
    await Promise.all([runJobs(portal), runJobs(portal)]);
    const warned = (await mailsTo(portal, registration.mailbox)).filter((kind) => /expiring/.test(kind));
    expect(warned).toHaveLength(1);
    const warning = (await queuedMails(portal)).findLast(({ kind }) => kind === 'change-request.expiring');
    expect(warning?.body).toContain(email);
    expect(await statusOf(clerk, sent.body.id)).toBe('awaiting_verification');

    await letDaysPass(portal, sent.body.id, 3);
    await Promise.all([runJobs(portal), runJobs(portal)]);
    expect(await statusOf(clerk, sent.body.id)).toBe('expired');
    const told = (await mailsTo(portal, registration.mailbox)).filter(
      (kind) => kind === 'change-request.expired',
    );
    expect(told).toHaveLength(1);
    expect(await mailsTo(portal, email)).toEqual(['change-request.verify-address']);

    const code = await mailedCode(portal, 'change-request.verify-address', email);
    const late = await new Client(portal).post(`/verifications/${sent.body.verifications[0]?.id}`, {
      body: { code },
    });
    expect([late.status, late.body.code]).toEqual([409, 'not-awaiting-verification']);
    const decided = await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    expect([decided.status, decided.body.code]).toEqual([409, 'already-decided']);
    expect((await submit(clerk, registration, withPhone(registration.document))).status).toBe(201);
  });

  it('lapses 30 days after it was given back; sent again in time it starts anew', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const path = `/change-requests/${sent.body.id}`;
    const giveBack = (ifMatch: number): Promise<unknown> =>
      reviewer.client.post(`${path}/return`, { ifMatch, body: { reason: 'お確かめください。' } });
    await giveBack(1);
    await letDaysPass(portal, sent.body.id, 28);
    await runJobs(portal);
    expect((await mailsTo(portal, registration.mailbox)).at(-1)).toBe('change-request.expiring');
    await clerk.client.post(`${path}/submit`, { ifMatch: 2 });
    await letDaysPass(portal, sent.body.id, 5);
    await runJobs(portal);
    // Nothing lapses while the office has it.
    expect(await statusOf(clerk, sent.body.id)).toBe('under_review');
    await giveBack(3);
    await letDaysPass(portal, sent.body.id, 30);
    await runJobs(portal);
    expect(await statusOf(clerk, sent.body.id)).toBe('returned');
    const warned = (await mailsTo(portal, registration.mailbox)).filter((kind) => /expiring/.test(kind));
    expect(warned).toHaveLength(2);
    await letDaysPass(portal, sent.body.id, 1);
    await runJobs(portal);
    expect(await statusOf(clerk, sent.body.id)).toBe('expired');
    expect((await clerk.client.post(`${path}/submit`, { ifMatch: 5 })).body.code).toBe('not-editable');
  });
});
