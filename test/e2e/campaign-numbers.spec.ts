import type { CampaignPage, CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import type { TargetPage } from '../../src/campaigns/target.dto.js';
import { arrange, on } from '../factories/campaign-walk.js';
import { reviewer, start } from '../factories/campaigns.js';
import { createRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

let portal: ClockedPortal;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2027-03-01T10:00:00+09:00');
  await createRegistration(portal);
});
afterAll(() => portal.close());

/** Whether the campaign and its one target say that a mail was delivered. */
async function reached(id: string): Promise<[number | undefined, boolean | null | undefined]> {
  const { client } = await reviewer(portal);
  const { body } = await client.get<CampaignResponse>(`/campaigns/${id}`);
  const { items } = (await client.get<TargetPage>(`/campaigns/${id}/targets`)).body;
  return [body.progress?.reached, items[0]?.reached];
}

it('counts a mail as delivered that went, didn’t come back, and isn’t kept any longer', async () => {
  const { id } = await start((await reviewer(portal)).client);
  expect(await reached(id)).toEqual([0, null]);
  await on(portal, '2027-03-10T09:05:00+09:00');
  // It is on its way: nobody knows.
  expect(await reached(id)).toEqual([0, null]);
  const ofCampaign = `SELECT mail_id FROM campaign_reminder WHERE campaign_id = $1`;
  await arrange(portal, `UPDATE outbox_message SET failed_at = now() WHERE id IN (${ofCampaign})`, [id]);
  expect(await reached(id)).toEqual([0, false]);
  await arrange(
    portal,
    `UPDATE outbox_message SET failed_at = NULL, sent_at = now() WHERE id IN (${ofCampaign})`,
    [id],
  );
  expect(await reached(id)).toEqual([1, true]);
  await arrange(portal, `UPDATE outbox_message SET bounced_at = now() WHERE id IN (${ofCampaign})`, [id]);
  expect(await reached(id)).toEqual([0, false]);
  await arrange(portal, `UPDATE outbox_message SET bounced_at = NULL WHERE id IN (${ofCampaign})`, [id]);
  expect(await reached(id)).toEqual([1, true]);
  await arrange(portal, `DELETE FROM outbox_message WHERE id IN (${ofCampaign})`, [id]);
  expect(await reached(id)).toEqual([1, true]);
});

it('counts for a list who was put onto it', async () => {
  const { client } = await reviewer(portal);
  const { items } = (await client.get<CampaignPage>('/campaigns')).body;
  await on(portal, '2027-04-28T09:05:00+09:00');
  const session = await reviewer(portal);
  const { steps } = (await session.client.get<CampaignResponse>(`/campaigns/${items[0]?.id}`)).body;
  const lists = steps.filter(({ template }) => template === 'phone' || template === 'letter');
  expect(lists.map(({ status, municipalities, mails }) => [status, municipalities, mails])).toEqual([
    ['done', 1, 0],
    ['planned', 0, 0],
  ]);
});
