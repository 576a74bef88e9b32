import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../platform/database/tx.js';
import { CHECKING, OPEN, UNDELIVERABLE } from './target-sql.js';
import type { CallListItemResponse, RecordTargetCallDto } from './target.dto.js';
import type { CallWay } from './target.entity.js';

export type CallListRow = Omit<CallListItemResponse, 'mails'> & {
  readonly mails: readonly Omit<CallListItemResponse['mails'][number], 'label'>[];
};

/** A municipality that somebody calls or writes to. */
export interface CalledTarget {
  readonly open: boolean;
  readonly ownerAccountId: string | null;
}

@Injectable()
export class CallsRepository {
  /** Most pressing first. */
  list(tx: Tx, campaignId: string, way: CallWay): Promise<CallListRow[]> {
    return tx.query(LIST.replaceAll('$listed', way === 'phone' ? 't.to_call_at' : 't.to_write_at'), [
      campaignId,
    ]);
  }

  /** Locked: two people who call one town hall at once come one after the other. */
  async lock(tx: Tx, campaignId: string, registrationId: string): Promise<CalledTarget | null> {
    const [row] = await tx.query<CalledTarget>(
      `SELECT ${OPEN} AS open, t.owner_account_id AS "ownerAccountId"
         FROM campaign_target t WHERE t.campaign_id = $1 AND t.registration_id = $2 FOR UPDATE`,
      [campaignId, registrationId],
    );
    return row ?? null;
  }

  async insert(
    tx: Tx,
    campaignId: string,
    registrationId: string,
    { way, outcome, note, nextOn }: RecordTargetCallDto,
    accountId: string,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO campaign_call (id, campaign_id, registration_id, way, outcome, note, next_on, account_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [uuidv7(), campaignId, registrationId, way, outcome, note, nextOn, accountId],
    );
  }

  async setNext(tx: Tx, campaignId: string, registrationId: string, nextOn: string | null): Promise<void> {
    await tx.execute(
      'UPDATE campaign_target SET next_on = $3 WHERE campaign_id = $1 AND registration_id = $2',
      [campaignId, registrationId, nextOn],
    );
  }

  async setOwner(
    tx: Tx,
    campaignId: string,
    registrationId: string,
    accountId: string | null,
  ): Promise<void> {
    await tx.execute(
      'UPDATE campaign_target SET owner_account_id = $3 WHERE campaign_id = $1 AND registration_id = $2',
      [campaignId, registrationId, accountId],
    );
  }
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const MAIL_STATUS = `
  CASE WHEN o.id IS NULL THEN 'sent' WHEN o.bounced_at IS NOT NULL THEN 'bounced'
       WHEN o.failed_at IS NOT NULL THEN 'failed' WHEN o.sent_at IS NOT NULL THEN 'sent' ELSE 'waiting' END`;

/** What was mailed to a mailbox that no mail reaches weighs most; then whoever has never answered, or not the last time. */
const WEIGHT = `
  CASE WHEN mailed.undeliverable IS NOT FALSE THEN 3
       WHEN g.last_confirmed_at IS NULL OR (
         SELECT b.left_because FROM campaign_target b
          WHERE b.registration_id = t.registration_id AND b.campaign_id <> t.campaign_id AND b.added_at < t.added_at
            AND b.left_because IS DISTINCT FROM 'asked-already'
          ORDER BY b.added_at DESC LIMIT 1) = 'closed' THEN 2
       ELSE 1 END`;

const LIST = `
  SELECT t.registration_id AS "registrationId", m.code AS "municipalityCode", p.name || m.name AS municipality,
         t.number, g.version, g.main_phone AS "mainPhone", d.name AS department, d.phone AS "departmentPhone",
         d.postal_code AS "postalCode", d.address, k.name AS contact, k.extension AS "contactExtension",
         ${WEIGHT} AS weight, g.last_confirmed_at AS "lastConfirmedAt", t.next_on::text AS "nextOn",
         t.owner_account_id AS "ownerId", a.name AS "ownerName", $listed AS "listedAt",
         coalesce(mailed.mails, '[]') AS mails, coalesce(called.calls, '[]') AS calls
    FROM campaign_target t
    JOIN registration g ON g.id = t.registration_id
    JOIN municipality m ON m.code = g.municipality_code
    JOIN prefecture p ON p.code = m.prefecture_code
    JOIN department d ON d.id = g.primary_department_id
    LEFT JOIN account a ON a.id = t.owner_account_id
    LEFT JOIN LATERAL (
      SELECT c.name, c.extension FROM contact c
       WHERE c.registration_id = g.id AND c.role = 'primary' AND c.valid_from <= today_in_tokyo()
         AND (c.valid_to IS NULL OR c.valid_to > today_in_tokyo())
       ORDER BY c.position LIMIT 1) k ON true
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('template', s.template, 'mailbox', r.mailbox_key,
               'queuedAt', to_char(r.queued_at AT TIME ZONE 'UTC', ${INSTANT}), 'status', ${MAIL_STATUS})
               ORDER BY r.queued_at, r.mailbox_key) AS mails,
             bool_and(coalesce(${UNDELIVERABLE}, false)) AS undeliverable
        FROM campaign_reminder r
        JOIN campaign_step s ON s.id = r.step_id
        LEFT JOIN outbox_message o ON o.id = r.mail_id
       WHERE r.campaign_id = t.campaign_id AND r.registration_id = t.registration_id) mailed ON true
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('way', l.way, 'outcome', l.outcome, 'note', l.note, 'byName', b.name,
               'at', to_char(l.called_at AT TIME ZONE 'UTC', ${INSTANT})) ORDER BY l.id) AS calls
        FROM campaign_call l JOIN account b ON b.id = l.account_id
       WHERE l.campaign_id = t.campaign_id AND l.registration_id = t.registration_id) called ON true
   WHERE t.campaign_id = $1 AND ${OPEN} AND NOT ${CHECKING} AND $listed IS NOT NULL
   ORDER BY coalesce(t.next_on <= today_in_tokyo(), true) DESC, weight DESC, t.next_on NULLS FIRST,
            g.last_confirmed_at NULLS FIRST, m.code`;
