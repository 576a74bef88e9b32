import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { TRIES_IN_ALL } from '../platform/limits/typed-codes.js';
import type { VerificationSubject } from './verification.entity.js';

/** What a new mailbox is for. */
export interface Subject {
  readonly kind: VerificationSubject;
  readonly id: string;
  /** Whose registration it is to join; null where there is none yet. */
  readonly registrationId: string | null;
}

/** A code that a new mailbox is mailed. */
export interface AddressChallenge {
  readonly id: string;
  /** What the mail shows for a person to type. */
  readonly number: string;
  readonly email: string;
  readonly expiresAt: Date;
}

/** A challenge whose code was typed rightly. */
export interface AnsweredChallenge {
  readonly id: string;
  readonly subjectKind: VerificationSubject;
  readonly subjectId: string;
  readonly email: string;
}

export type VerificationKey = { readonly id: string } | { readonly number: string };

const DAYS = 14;

/** Row-level security keeps every statement here within what the viewer may see. */
@Injectable()
export class VerificationsRepository {
  /** One challenge per address; earlier ones for the same address go on working. They hold to the end of the day. */
  async insert(
    tx: Tx,
    subject: Subject,
    challenges: readonly { id: string; email: string }[],
  ): Promise<AddressChallenge[]> {
    return tx.query(
      `INSERT INTO address_verification (id, subject_kind, subject_id, registration_id, email, expires_at)
       SELECT c.id, $1, $2, $3, c.email, (today_in_tokyo() + ${DAYS + 1})::timestamp AT TIME ZONE 'Asia/Tokyo'
         FROM jsonb_to_recordset($4::jsonb) AS c (id uuid, email text)
       RETURNING id, number, email, expires_at AS "expiresAt"`,
      [subject.kind, subject.id, subject.registrationId, JSON.stringify(challenges)],
    );
  }

  /** @returns how many codes the subject has caused within the last hour */
  async countRecent(tx: Tx, subjectId: string): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM address_verification
        WHERE subject_id = $1 AND created_at > now() - interval '1 hour'`,
      [subjectId],
    );
    return row?.n ?? 0;
  }

  /**
   * What was mailed within the last hour.
   *
   * @returns the most that one of the mailboxes got, whatever for; and how many codes anybody at all has caused
   *   without signing in
   */
  async countMailed(tx: Tx, mailboxes: readonly string[]): Promise<{ each: number; inPublic: number }> {
    const [row] = await tx.query<{ each: number; inPublic: number }>(
      `SELECT (SELECT coalesce(max(n), 0)::int
                 FROM (SELECT count(*) AS n FROM address_verification
                        WHERE lower(email) = ANY ($1) AND created_at > now() - interval '1 hour'
                        GROUP BY lower(email)) mailed) AS each,
              (SELECT count(*)::int FROM address_verification
                WHERE subject_kind <> 'change-request' AND created_at > now() - interval '1 hour') AS "inPublic"`,
      [mailboxes.map((mailbox) => mailbox.toLowerCase())],
    );
    return row ?? { each: 0, inPublic: 0 };
  }

  /** Counts a try at a code. @param key its id, or the number in the mail @returns null when none is left */
  async countAttempt(tx: Tx, key: VerificationKey): Promise<AnsweredChallenge | null> {
    const [row] = await tx.query<AnsweredChallenge>(
      `UPDATE address_verification SET attempts = attempts + 1
        WHERE ${'id' in key ? 'id = $1' : 'number = $1'} AND attempts < $2 AND expires_at > now()
        RETURNING id, subject_kind AS "subjectKind", subject_id AS "subjectId", email`,
      ['id' in key ? key.id : key.number, TRIES_IN_ALL],
    );
    return row ?? null;
  }

  /** @returns whether this call is the one that verified it */
  async setVerified(tx: Tx, id: string): Promise<boolean> {
    const set = await tx.execute(
      'UPDATE address_verification SET verified_at = now() WHERE id = $1 AND verified_at IS NULL',
      [id],
    );
    return set === 1;
  }

  async listVerified(tx: Tx, registrationId: string): Promise<string[]> {
    const rows = await tx.query<{ key: string }>(
      `SELECT DISTINCT lower(email) AS key FROM address_verification
        WHERE registration_id = $1 AND verified_at IS NOT NULL`,
      [registrationId],
    );
    return rows.map(({ key }) => key);
  }

  /** Makes every code of a registration useless that nobody has typed yet. @returns how many there were */
  async expireOpen(tx: Tx, registrationId: string): Promise<number> {
    return tx.execute(
      `UPDATE address_verification SET expires_at = now()
        WHERE registration_id = $1 AND verified_at IS NULL AND expires_at > now()`,
      [registrationId],
    );
  }
}
