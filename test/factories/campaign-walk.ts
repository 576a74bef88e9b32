import { withConnection } from '../../src/platform/database/database-roles.js';
import { Database } from '../../src/platform/database/database.service.js';
import { CAMPAIGN_SETTINGS_ID } from '../../src/campaigns/campaign.entity.js';
import type { QueuedMail } from '../setup/outbox.js';
import type { ClockedPortal } from '../setup/faked-clock.js';
import type { TestPortal } from '../setup/test-portal.js';
import { campaignMails } from './campaigns.js';
import { runJobs } from './clock.js';
import { buildDocument, createRegistration, type TestRegistration } from './registrations.js';

/** Reads the database as the portal's own work does. */
export const rowsOf = <Row extends object>(
  { app }: TestPortal,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> => app.get(Database).asSystem('test', (tx) => tx.query<Row>(sql, parameters));

/** Arranges what neither the portal nor its owner may do, such as the end of a municipality. */
export const arrange = async (
  { database }: TestPortal,
  sql: string,
  parameters: unknown[] = [],
): Promise<void> => {
  await withConnection(database.adminUrl, (admin) => admin.query(sql, parameters));
};

/** Sets the clock and does what is due. @returns the campaigns' mails that this has queued */
export async function on(portal: ClockedPortal, instant: string): Promise<QueuedMail[]> {
  const before = (await campaignMails(portal)).length;
  await portal.clock.set(instant);
  await runJobs(portal);
  return (await campaignMails(portal)).slice(before);
}

/** An audience of these alone, picked by hand. */
export const only = (...registrations: readonly Pick<TestRegistration, 'code'>[]): object => ({
  kind: 'chosen',
  municipalities: registrations.map(({ code }) => code),
});

/** How one stands in a campaign: `open`, `answered phone`, `left closed`; `-` where it isn't in it. */
export async function standingOf(
  portal: TestPortal,
  campaignId: string,
  { id }: Pick<TestRegistration, 'id'>,
): Promise<string> {
  const [row] = await rowsOf<{ answer: string | null; left: string | null }>(
    portal,
    'SELECT answer, left_because AS left FROM campaign_target WHERE campaign_id = $1 AND registration_id = $2',
    [campaignId, id],
  );
  if (!row) return '-';
  if (row.answer !== null) return `answered ${row.answer}`;
  return row.left === null ? 'open' : `left ${row.left}`;
}

/** Where mails go, sorted. */
export const toMailboxes = (mails: readonly Pick<QueuedMail, 'recipient'>[]): string[] =>
  mails.map(({ recipient }) => recipient).toSorted();

/** How a campaign's steps stand, in their order: `ask done`. */
export async function stepsOf(portal: TestPortal, campaignId: string): Promise<string[]> {
  const rows = await rowsOf<{ step: string }>(
    portal,
    `SELECT template || CASE WHEN done_at IS NOT NULL THEN ' done' WHEN overtaken_at IS NOT NULL THEN ' overtaken'
                             ELSE '' END AS step
       FROM campaign_step WHERE campaign_id = $1 ORDER BY position`,
    [campaignId],
  );
  return rows.map(({ step }) => step);
}

/** Lets the portal ask by itself, or not, without anybody's doing it. */
export const setStandingRule = (portal: TestPortal, standingRule: boolean): Promise<void> =>
  arrange(portal, 'UPDATE campaign_settings SET standing_rule = $2 WHERE id = $1', [
    CAMPAIGN_SETTINGS_ID,
    standingRule,
  ]);

/**
 * Registrations that no other test knows.
 *
 * @param hosts of the mailboxes of each: two with one host share them
 */
export async function registrationsAt(
  portal: TestPortal,
  hosts: readonly string[],
): Promise<TestRegistration[]> {
  const free = await rowsOf<{ code: string }>(
    portal,
    `SELECT code FROM municipality
      WHERE valid_to IS NULL AND code NOT IN (SELECT municipality_code FROM registration)
      ORDER BY code DESC LIMIT $1`,
    [hosts.length],
  );
  const made: TestRegistration[] = [];
  for (const [at, host] of hosts.entries()) {
    made.push(await createRegistration(portal, free[at]?.code, buildDocument(host)));
  }
  return made;
}
