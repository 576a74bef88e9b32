import type { CampaignPlanDto, CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Codes } from '../../src/platform/mail/codes.js';
import { queuedMails, type QueuedMail } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import type { Client, Answer, Problem } from '../setup/client.js';
import { signInStaff, type SignedIn } from './people.js';

type Step = Partial<CampaignPlanDto['steps'][number]>;

/** A ladder through April and May 2027, from a notice in March to letters. */
export const LADDER: readonly Step[] = [
  { template: 'pre-notice', recipients: 'primary', on: '2027-03-10' },
  { template: 'ask', recipients: 'primary', on: '2027-04-05' },
  { template: 'reminder', recipients: 'deputy', afterDays: 5 },
  { template: 'final', recipients: 'department', afterDays: 5 },
  { template: 'phone', afterDays: 5 },
  { template: 'letter', afterDays: 10 },
];

export const plan = (changes: Partial<Record<keyof CampaignPlanDto, unknown>> = {}): object => ({
  title: '令和9年度 登録情報の年度確認',
  audience: { kind: 'all' },
  countsFrom: '2027-04-01',
  deadline: '2027-04-30',
  steps: LADDER,
  ...changes,
});

/** A reviewer who has just shown a second factor; signed in anew, since a session doesn't outlive a day. */
export const reviewer = (portal: TestPortal): Promise<SignedIn> => signInStaff(portal, ['reviewer']);

export async function create(
  client: Client,
  changes: Parameters<typeof plan>[0] = {},
): Promise<CampaignResponse> {
  const { status, body } = await client.post<CampaignResponse>('/campaigns', { body: plan(changes) });
  if (status !== 201) throw new Error(`not planned: ${JSON.stringify(body)}`);
  return body;
}

/** One of the steps that a person takes: start, pause, resume or close. */
export const step = (
  client: Client,
  { id, version }: Pick<CampaignResponse, 'id' | 'version'>,
  what: 'start' | 'pause' | 'resume' | 'close',
): Promise<Answer<CampaignResponse & Partial<Problem>>> =>
  client.post(`/campaigns/${id}/${what}`, { ifMatch: version });

export async function start(
  client: Client,
  changes: Parameters<typeof plan>[0] = {},
): Promise<CampaignResponse> {
  const { status, body } = await step(client, await create(client, changes), 'start');
  if (status !== 200) throw new Error(`not started: ${JSON.stringify(body)}`);
  return body;
}

/** What a campaign has mailed, oldest first: those of its own kinds. */
export async function campaignMails(portal: TestPortal): Promise<QueuedMail[]> {
  return (await queuedMails(portal)).filter(({ kind }) => kind.startsWith('campaign.'));
}

/** As it arrives, with its codes in their places. */
export const arrived = ({ app }: TestPortal, mail: QueuedMail): string => app.get(Codes).fillIn(mail);

/** What somebody reads off a mail: its numbers and its codes, in their order. */
export function readOff(portal: TestPortal, mail: QueuedMail): { number: string; code: string }[] {
  const text = arrived(portal, mail);
  const numbers = [...text.matchAll(/番号　　　　([\d ]+)/gu)].map(([, number = '']) => number);
  const codes = [...text.matchAll(/確認コード　([\d ]+)/gu)].map(([, code = '']) => code);
  return numbers.map((number, at) => ({ number, code: codes[at] ?? '' }));
}

export const confirm = (
  client: Client,
  { number, code }: { number: string; code: string },
  name = '小野寺 真理',
): Promise<Answer<{ municipality: string; status: string } & Partial<Problem>>> =>
  client.post(`/confirm/${encodeURIComponent(number.trim())}`, { body: { code, answer: 'unchanged', name } });

/** How each target of a campaign stands, by its municipality's code. */
export async function targetsOf(
  { app }: TestPortal,
  campaignId: string,
): Promise<Record<string, { answer: string | null; leftBecause: string | null }>> {
  const rows = await app.get(Database).asSystem('test', (tx) =>
    tx.query<{ code: string; answer: string | null; leftBecause: string | null }>(
      `SELECT g.municipality_code AS code, t.answer, t.left_because AS "leftBecause"
         FROM campaign_target t JOIN registration g ON g.id = t.registration_id
        WHERE t.campaign_id = $1 ORDER BY 1`,
      [campaignId],
    ),
  );
  return Object.fromEntries(rows.map(({ code, ...rest }) => [code, rest]));
}
