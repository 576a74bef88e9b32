import type { RegistrationDocument } from '../../registry/registration-document.js';
import type { SimulatedPortal } from './portal.js';
import type { World } from './world.js';

/** How things stand at the end of a day. Numbers of registrations. */
export interface Point {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Everything that is registered is so in truth. */
  readonly true: number;
  /** Answered without anybody of the office having reached them. */
  readonly byThemselves: number;
  /** Answered after a call that reached somebody, or a letter. */
  readonly withTheOffice: number;
}

/** Reads from the database what stands there, and compares it with the truth. */
export async function measure(portal: SimulatedPortal, world: World, date: string): Promise<Point> {
  return portal.database.asSystem('simulation', async (tx) => {
    const rows = await tx.query<{ id: string; document: RegistrationDocument }>(
      `SELECT r.id, v.document FROM registration r
         JOIN registration_version v ON v.registration_id = r.id AND v.version = r.version`,
    );
    const [answered] = await tx.query<{ themselves: number; helped: number }>(ANSWERED);
    return {
      date,
      true: rows.filter(({ id, document }) => world.town(id).isTrue(document)).length,
      byThemselves: answered?.themselves ?? 0,
      withTheOffice: answered?.helped ?? 0,
    };
  });
}

/** What must never be: two mails of one step to one mailbox about one registration, or two of a campaign on one day. */
export async function doubledMails(portal: SimulatedPortal): Promise<number> {
  const [row] = await portal.database.asSystem('simulation', (tx) => tx.query<{ doubled: number }>(DOUBLED));
  return row?.doubled ?? 0;
}

/** Mails that campaigns queued, by the month of their step's place in the ladder. */
export async function mailsByStep(portal: SimulatedPortal): Promise<{ step: string; mails: number }[]> {
  return portal.database.asSystem('simulation', (tx) =>
    tx.query(
      `SELECT s.template || ' → ' || s.recipients AS step, count(DISTINCT r.mail_id)::int AS mails
         FROM campaign_reminder r JOIN campaign_step s ON s.id = r.step_id
        GROUP BY s.id, s.template, s.recipients, s.position ORDER BY s.position`,
    ),
  );
}

const ANSWERED = `
  SELECT count(*) FILTER (WHERE NOT helped)::int AS themselves, count(*) FILTER (WHERE helped)::int AS helped
    FROM (SELECT t.answer = 'phone' OR EXISTS (
                   SELECT FROM campaign_call c
                    WHERE c.campaign_id = t.campaign_id AND c.registration_id = t.registration_id
                      AND c.outcome IN ('confirmed', 'partly-confirmed', 'has-changes', 'will-answer', 'sent')
                      AND c.called_at <= t.answered_at) AS helped
            FROM campaign_target t WHERE t.answered_at IS NOT NULL) answers`;

const DOUBLED = `
  SELECT (SELECT count(*) FROM (
            SELECT FROM campaign_reminder r JOIN outbox_message o ON o.id = r.mail_id
             GROUP BY r.campaign_id, r.registration_id, r.step_id, lower(o.recipient) HAVING count(*) > 1) a)::int
       + (SELECT count(*) FROM (
            SELECT FROM campaign_reminder r JOIN outbox_message o ON o.id = r.mail_id
             GROUP BY r.campaign_id, r.registration_id, lower(o.recipient), (o.queued_at AT TIME ZONE 'Asia/Tokyo')::date
            HAVING count(*) > 1) b)::int
       + (SELECT count(*) FROM (
            SELECT FROM outbox_message WHERE kind LIKE 'campaign.%'
             GROUP BY lower(recipient), subject, body, queued_at::date HAVING count(*) > 1) c)::int AS doubled`;
