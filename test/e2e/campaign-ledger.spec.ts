import { arrange, only, registrationsAt, rowsOf, stepsOf } from '../factories/campaign-walk.js';
import { campaignMails, confirm, reviewer, start } from '../factories/campaigns.js';
import type { TestRegistration } from '../factories/registrations.js';
import type { CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import { Client } from '../setup/client.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import { type PortalProcess, preloading, Processes, ticked } from '../setup/processes.js';
import type { SunkMail } from '../setup/smtp-sink.js';

/**
 * Three processes on one database tick over a whole ladder, each several times a second: whatever a step has for a
 * mailbox about a registration goes there once, in the outbox and on the wire.
 */
const PROCESSES = 3;
const ALONE = 54;
const PAIRS = 3;
const REGISTRATIONS = ALONE + 2 * PAIRS;
const HOSTS = ALONE + PAIRS;

const LADDER = [
  { template: 'pre-notice', recipients: 'primary', on: '2027-03-10' },
  { template: 'ask', recipients: 'everyone', on: '2027-04-05' },
  { template: 'reminder', recipients: 'deputy', afterDays: 5 },
  { template: 'final', recipients: 'department', afterDays: 5 },
  { template: 'phone', afterDays: 5 },
  { template: 'letter', afterDays: 10 },
];

let portal: ClockedPortal;
let processes: Processes;
let running: PortalProcess[];
let made: TestRegistration[];
let campaign: CampaignResponse;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2027-03-01T10:00:00+09:00');
  made = await registrationsAt(portal, [
    ...Array.from({ length: ALONE }, (_, at) => `alone${at}.example`),
    ...Array.from({ length: PAIRS }, (_, at) => [`pair${at}.example`, `pair${at}.example`]).flat(),
  ]);
  campaign = await start((await reviewer(portal)).client, { audience: only(...made), steps: LADDER });
  processes = await Processes.beside(portal);
  running = await Promise.all(
    Array.from({ length: PROCESSES }, () => processes.start(preloading('quick-ticks'))),
  );
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});

const everyoneTicks = (times: number): Promise<unknown> =>
  Promise.all(running.map((process) => ticked(process, times)));

/** Until every mail that arrived is noted as sent: the workers would take it for lost once the clock moves on. */
async function noted(): Promise<void> {
  for (;;) {
    const [row] = await rowsOf<{ n: number }>(
      portal,
      'SELECT count(*)::int AS n FROM outbox_message WHERE sent_at IS NULL',
    );
    if (row?.n === 0) return;
    await everyoneTicks(1);
  }
}

/** Sets the clock and waits until so many campaign mails have arrived in all, and everybody has looked again. */
async function arrivedBy(instant: string, count: number): Promise<SunkMail[]> {
  const before = processes.sink.mails.length;
  await portal.clock.set(instant);
  await everyoneTicks(2);
  await processes.sink.waitFor(before + count);
  await everyoneTicks(3);
  await noted();
  return processes.sink.mails.slice(before);
}

const about = (mails: readonly SunkMail[], words: RegExp): SunkMail[] =>
  mails.filter(({ subject }) => words.test(subject ?? ''));
const mailboxes = (mails: readonly SunkMail[]): string[] =>
  mails.flatMap(({ envelopeTo }) => envelopeTo).toSorted();
const unique = (values: readonly string[]): number => new Set(values).size;

/** What the person who has a mail types: each number with its code. */
const typedFrom = ({ text = '' }: SunkMail): { number: string; code: string }[] => {
  const numbers = [...text.matchAll(/番号　　　　([\d ]+)/gu)].map(([, number = '']) => number);
  const codes = [...text.matchAll(/確認コード　([\d ]+)/gu)].map(([, code = '']) => code);
  return numbers.map((number, at) => ({ number, code: codes[at] ?? '' }));
};

describe('a ladder that three processes climb', () => {
  it('tells each mailbox once in March', async () => {
    const mails = await arrivedBy('2027-03-10T09:00:00+09:00', HOSTS);
    expect(unique(mailboxes(mails))).toBe(HOSTS);
    expect(mails).toHaveLength(HOSTS);
  });

  it('asks each of both mailboxes once in April', async () => {
    expect(await arrivedBy('2027-04-05T08:59:40+09:00', 0)).toEqual([]);
    const mails = await arrivedBy('2027-04-05T09:00:00+09:00', 2 * HOSTS);
    expect([mails.length, unique(mailboxes(mails))]).toEqual([2 * HOSTS, 2 * HOSTS]);
    // One mail to a pair, with what each of the two types.
    const pairs = mails.filter(({ envelopeTo }) => envelopeTo[0]?.startsWith('kikaku@pair'));
    expect(pairs.map((mail) => unique(typedFrom(mail).map(({ number }) => number)))).toEqual([2, 2, 2]);
  });

  it('asks whoever has answered by what arrived no more, and of a pair only the other', async () => {
    const asked = about(processes.sink.mails, /登録内容の確認のお願い/u);
    const typed = ['kikaku@alone0.example', 'kikaku@alone1.example', 'kikaku@pair0.example'].flatMap(
      (mailbox) =>
        typedFrom(asked.find(({ envelopeTo }) => envelopeTo[0] === mailbox) as SunkMail).slice(0, 1),
    );
    const before = processes.sink.mails.length;
    for (const [at, one] of typed.entries()) {
      const { body } = await confirm(new Client(running[at % PROCESSES] as PortalProcess), one);
      expect(body.status).toBe('confirmed');
    }
    // Each confirmation tells both mailboxes of it.
    await processes.sink.waitFor(before + 2 * typed.length);
    await noted();
    const mails = await arrivedBy('2027-04-12T09:00:00+09:00', HOSTS - 2);
    expect(unique(mailboxes(mails))).toBe(HOSTS - 2);
    expect(mails).toHaveLength(HOSTS - 2);
    const pair = mails.find(({ envelopeTo }) => envelopeTo[0] === 'takasaki@pair0.example') as SunkMail;
    expect(typedFrom(pair)).toHaveLength(1);
    expect(typedFrom(pair)[0]?.number).not.toBe(typed[2]?.number);
  });

  it('asks once more, and ends with people', async () => {
    const mails = await arrivedBy('2027-04-19T09:00:00+09:00', HOSTS - 2);
    expect([mails.length, unique(mailboxes(mails))]).toEqual([HOSTS - 2, HOSTS - 2]);
    expect(await arrivedBy('2027-04-26T09:00:00+09:00', 0)).toEqual([]);
    expect(await arrivedBy('2027-05-14T09:00:00+09:00', 0)).toEqual([]);
    expect(await stepsOf(portal, campaign.id)).toEqual(LADDER.map(({ template }) => `${template} done`));
  });

  it('has come to one mail for each row of the ledger, nowhere more', async () => {
    const rows = await rowsOf<{ step: string; mailbox: string; mail: string }>(
      portal,
      'SELECT step_id AS step, mailbox_key AS mailbox, mail_id AS mail FROM campaign_reminder',
    );
    const still = REGISTRATIONS - 3;
    expect(rows).toHaveLength(REGISTRATIONS + 2 * REGISTRATIONS + still + still);
    // A mail is about one step and one mailbox, and each of those has one mail.
    const places = unique(rows.map(({ step, mailbox }) => `${step} ${mailbox}`));
    expect(unique(rows.map(({ mail }) => mail))).toBe(places);
    expect(unique(rows.map(({ step, mailbox, mail }) => `${step} ${mailbox} ${mail}`))).toBe(places);
    expect(await campaignMails(portal)).toHaveLength(places);
    const sent = about(processes.sink.mails, /お願い/u);
    expect(sent).toHaveLength(places);
    expect(unique(sent.map(({ messageId = '' }) => messageId))).toBe(places);
    const failed = await rowsOf(portal, `SELECT FROM task WHERE kind = 'jobs.failed'`);
    expect(failed).toEqual([]);
  });

  it('sends nothing more where every mark of what has gone is taken away: the ledger remembers', async () => {
    const before = processes.sink.mails.length;
    await arrange(portal, 'UPDATE campaign_step SET done_at = NULL WHERE campaign_id = $1', [campaign.id]);
    await everyoneTicks(3);
    expect(processes.sink.mails.length).toBe(before);
  });
});
