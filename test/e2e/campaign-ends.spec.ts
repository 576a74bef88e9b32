import type { CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { ReviewPolicyResponse } from '../../src/review-policy/review-policy.dto.js';
import { arrange, only, on, standingOf, toMailboxes } from '../factories/campaign-walk.js';
import { reviewer, start } from '../factories/campaigns.js';
import { newRegistration, submit, withPhone } from '../factories/change-requests.js';
import { runJobs } from '../factories/clock.js';
import { signInMember, signInStaff } from '../factories/people.js';
import { noteCall, openDesk, verifiedClaim } from '../factories/recoveries.js';
import type { TestRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

/** A question ends by whatever way its registration is confirmed, changed or left, and by no other. */
const WAYS = [
  'member',
  'telephone',
  'request',
  'at-once',
  'handover',
  'recovery',
  'withdrawal',
  'merger',
  'early',
  'silent',
] as const;
type Way = (typeof WAYS)[number];

let portal: ClockedPortal;
let campaign: CampaignResponse;
const asked = {} as Record<Way, TestRegistration>;

const now = (way: Way): Promise<string> => standingOf(portal, campaign.id, asked[way]);

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2027-03-01T10:00:00+09:00');
  for (const way of WAYS) asked[way] = (await newRegistration(portal)).registration;
  campaign = await start((await reviewer(portal)).client, { audience: only(...Object.values(asked)) });
});
afterAll(() => portal.close());

const confirmations = ({ id }: TestRegistration): string => `/registrations/${id}/confirmations`;

describe('before the first day that counts', () => {
  it('a confirmation is no answer', async () => {
    const { client } = await signInMember(portal, asked.early);
    expect((await client.post(confirmations(asked.early), { ifMatch: 1 })).status).toBe(201);
    expect(await now('early')).toBe('open');
    await portal.clock.set('2027-03-31T23:59:00+09:00');
    const late = await signInMember(portal, asked.early);
    expect((await late.client.post(confirmations(asked.early), { ifMatch: 1 })).status).toBe(201);
    expect(await now('early')).toBe('open');
  });

  it('a change is none, either, nor a handover until its day', async () => {
    const clerk = await signInMember(portal, asked.handover);
    const sent = await clerk.client.post<ChangeRequestResponse>(
      `/registrations/${asked.handover.id}/handovers`,
      {
        ifMatch: 1,
        body: {
          outgoingContactId: asked.handover.document.contacts[1]?.id,
          incoming: { name: '三枝 千紘' },
          effectiveOn: '2027-04-07',
        },
      },
    );
    expect(sent.status).toBe(201);
    const office = await reviewer(portal);
    await office.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: sent.body.version });
    const changing = await signInMember(portal, asked.early);
    const change = await submit(changing, asked.early, withPhone(asked.early.document));
    const approved = await office.client.post(`/change-requests/${change.body.id}/approve`, {
      ifMatch: change.body.version,
    });
    expect(approved.status).toBe(200);
    expect([await now('handover'), await now('early')]).toEqual(['open', 'open']);
  });
});

describe('from the first day that counts', () => {
  it('the ask goes to all who have said nothing since', async () => {
    const mails = await on(portal, '2027-04-05T09:00:10+09:00');
    expect(toMailboxes(mails)).toEqual(
      Object.values(asked)
        .map(({ mailbox }) => mailbox)
        .toSorted(),
    );
    await portal.clock.set('2027-04-06T10:00:00+09:00');
  });

  it('a member’s confirmation is an answer', async () => {
    const { client } = await signInMember(portal, asked.member);
    await client.post(confirmations(asked.member), { ifMatch: 1 });
    expect(await now('member')).toBe('answered unchanged');
  });

  it('so is what staff were told by telephone', async () => {
    const { client } = await reviewer(portal);
    const { status } = await client.post(confirmations(asked.telephone), { ifMatch: 1 });
    expect([status, await now('telephone')]).toEqual([201, 'answered phone']);
  });

  it('so is a change request, once it is approved', async () => {
    const clerk = await signInMember(portal, asked.request);
    const sent = await submit(clerk, asked.request, withPhone(asked.request.document));
    expect(await now('request')).toBe('open');
    await (
      await reviewer(portal)
    ).client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: sent.body.version });
    expect(await now('request')).toBe('answered changed');
  });

  it('so is a change that needs no review', async () => {
    const [admin, second] = [await signInStaff(portal, ['admin']), await signInStaff(portal, ['admin'])];
    const proposed = await admin.client.put<ReviewPolicyResponse>('/review-policy', {
      ifMatch: 1,
      body: { atOnce: ['extension'], reason: '内線の変更が多いためです。' },
    });
    await second.client.post('/review-policy/agree', { ifMatch: proposed.body.version });
    const clerk = await signInMember(portal, asked['at-once']);
    const { contacts, ...document } = asked['at-once'].document;
    const [first, ...others] = contacts;
    const sent = await submit(clerk, asked['at-once'], {
      ...document,
      contacts: [{ ...first, extension: '777' }, ...others],
    });
    expect(sent.body.status).toBe('approved');
    expect(await now('at-once')).toBe('answered changed');
  });

  it('so is a recovery that two of the staff have agreed on', async () => {
    const desk = await openDesk(portal);
    const { path } = await verifiedClaim(portal, asked.recovery);
    await noteCall(desk.caller, path);
    expect(await now('recovery')).toBe('open');
    expect((await desk.agree(path, 3)).status).toBe(200);
    expect(await now('recovery')).toBe('answered changed');
  });

  it('so is a handover, on its day', async () => {
    await portal.clock.set('2027-04-06T23:59:00+09:00');
    await runJobs(portal);
    expect(await now('handover')).toBe('open');
    await portal.clock.set('2027-04-07T00:01:00+09:00');
    await runJobs(portal);
    expect(await now('handover')).toBe('answered changed');
  });

  it('whoever leaves is asked no longer, and has not answered', async () => {
    const { client } = await reviewer(portal);
    const left = await client.post(`/registrations/${asked.withdrawal.id}/withdraw`, {
      ifMatch: 1,
      body: { reason: '町の方針により、退会します。' },
    });
    expect([left.status, await now('withdrawal')]).toEqual([200, 'left withdrawn']);
  });

  it('nor is a municipality that exists no longer, from its day on', async () => {
    await arrange(portal, `UPDATE municipality SET valid_to = '2027-04-09' WHERE code = $1`, [
      asked.merger.code,
    ]);
    await on(portal, '2027-04-08T23:59:00+09:00');
    expect(await now('merger')).toBe('open');
    await on(portal, '2027-04-09T00:00:30+09:00');
    expect(await now('merger')).toBe('left municipality-ended');
  });

  it('whoever has said nothing, or only before, is asked again, and nobody else', async () => {
    const mails = await on(portal, '2027-04-12T09:00:10+09:00');
    const deputies = [asked.early, asked.silent].map(({ code }) => `takasaki@t${code}.example`);
    expect(toMailboxes(mails)).toEqual(deputies.toSorted());
  });
});

describe('what was said between the first day that counts and the start', () => {
  it('is an answer from before, by confirmation or change; what was imported is none', async () => {
    await portal.clock.set('2027-06-01T08:59:59+09:00');
    const made = [];
    for (let at = 0; at < 4; at += 1) made.push((await newRegistration(portal)).registration);
    const [confirmed, changed, early, silent] = made as [
      TestRegistration,
      TestRegistration,
      TestRegistration,
      TestRegistration,
    ];
    await portal.clock.set('2027-05-31T23:59:58+09:00');
    await (await signInMember(portal, early)).client.post(confirmations(early), { ifMatch: 1 });
    await portal.clock.set('2027-06-01T09:00:00+09:00');
    await (await signInMember(portal, confirmed)).client.post(confirmations(confirmed), { ifMatch: 1 });
    const sent = await submit(await signInMember(portal, changed), changed, withPhone(changed.document));
    const { client } = await reviewer(portal);
    await client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: sent.body.version });
    const late = await start(client, {
      audience: only(...made),
      countsFrom: '2027-06-01',
      deadline: '2027-06-30',
      steps: [{ template: 'ask', recipients: 'primary', on: '2027-06-02' }],
    });
    expect(late.progress).toMatchObject({ targets: 4, answered: 2, before: 2, open: 2 });
    const standings = await Promise.all(made.map((one) => standingOf(portal, late.id, one)));
    expect(standings).toEqual(['answered before', 'answered before', 'open', 'open']);
    const mails = await on(portal, '2027-06-02T09:00:10+09:00');
    expect(toMailboxes(mails)).toEqual([early.mailbox, silent.mailbox].toSorted());
  });
});

describe('a change request on its way', () => {
  it('holds the next mail back, and lets it go once it was withdrawn', async () => {
    await portal.clock.set('2027-07-01T09:00:00+09:00');
    const { registration } = await newRegistration(portal);
    const { id } = await start((await reviewer(portal)).client, {
      audience: only(registration),
      countsFrom: '2027-07-01',
      deadline: '2027-07-30',
      steps: [
        { template: 'ask', recipients: 'primary', on: '2027-07-02' },
        { template: 'reminder', recipients: 'primary', on: '2027-07-05' },
        { template: 'final', recipients: 'primary', on: '2027-07-07' },
      ],
    });
    expect(await on(portal, '2027-07-02T09:00:10+09:00')).toHaveLength(1);
    const clerk = await signInMember(portal, registration);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    expect(await on(portal, '2027-07-05T09:00:10+09:00')).toEqual([]);
    const { client } = await reviewer(portal);
    const read = await client.get<CampaignResponse>(`/campaigns/${id}`);
    expect(read.body.progress).toMatchObject({ checking: 1, open: 0, answered: 0 });
    const again = await signInMember(portal, registration);
    const taken = await again.client.post(`/change-requests/${sent.body.id}/withdraw`, {
      ifMatch: sent.body.version,
    });
    expect(taken.status).toBe(200);
    const mails = await on(portal, '2027-07-07T09:00:10+09:00');
    expect(toMailboxes(mails)).toEqual([registration.mailbox]);
    expect(mails[0]?.body).toContain('2027年7月2日（金）にもお願いしましたが');
  });
});
