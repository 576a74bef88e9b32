import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import type { CodePurpose } from './outbox.entity.js';

/** Longer than a mail may take to hand over, so that no two workers ever have the same one. Seconds. */
export const LEASE_SECONDS = 180;

/** A mail that this worker has until its lease ends. */
export interface ClaimedMail {
  readonly id: string;
  readonly kind: string;
  readonly messageId: string;
  readonly recipient: string;
  readonly registrationId: string | null;
  readonly subject: string;
  readonly body: string;
  readonly codePurpose: CodePurpose | null;
  readonly codeChallengeId: string | null;
  /** This try's number, from 1. */
  readonly attempt: number;
  /** Earlier tries of which nobody knows how they ended. */
  readonly uncertainAttempts: number;
  /** Or, where staff had it sent again, when they did. */
  readonly queuedAt: Date;
  readonly expired: boolean;
}

export type AttemptResult =
  | { readonly outcome: 'sent'; readonly response: string }
  | { readonly outcome: 'deferred'; readonly response: string; readonly retryInSeconds: number }
  | { readonly outcome: 'failed'; readonly response: string };

@Injectable()
export class OutboxRepository {
  /** Leases mails that are due, most urgent first, and writes down that a try begins. */
  claim(tx: Tx, limit: number): Promise<ClaimedMail[]> {
    return tx.query<ClaimedMail>(CLAIM, [limit, LEASE_SECONDS]);
  }

  /** Writes down how a try ended, and gives the lease back unless another worker has it by now. */
  async settle(tx: Tx, mail: ClaimedMail, result: AttemptResult): Promise<void> {
    const retryInSeconds = result.outcome === 'deferred' ? result.retryInSeconds : 0;
    await tx.execute(SETTLE, [
      mail.id,
      mail.attempt,
      result.outcome,
      result.response.slice(0, 500),
      retryInSeconds,
    ]);
  }
}

const CLAIM = `
  WITH due AS (
    SELECT id FROM outbox_message
     WHERE sent_at IS NULL AND failed_at IS NULL AND not_before <= now()
       AND (leased_until IS NULL OR leased_until < now())
     ORDER BY priority, not_before
     LIMIT $1
       FOR UPDATE SKIP LOCKED),
  claimed AS (
    UPDATE outbox_message m
       SET attempts = m.attempts + 1, leased_until = now() + make_interval(secs => $2)
      FROM due WHERE m.id = due.id
    RETURNING m.*),
  begun AS (INSERT INTO outbox_attempt (message_id, attempt) SELECT id, attempts FROM claimed)
  SELECT id, kind, message_id AS "messageId", recipient,
         registration_id AS "registrationId", subject, body, code_purpose AS "codePurpose",
         code_challenge_id AS "codeChallengeId", attempts AS attempt,
         coalesce(retried_at, queued_at) AS "queuedAt",
         coalesce(useless_after < now(), false) AS expired,
         (SELECT count(*)::int FROM outbox_attempt a WHERE a.message_id = claimed.id AND a.ended_at IS NULL
             AND (retried_at IS NULL OR a.started_at > retried_at))
           AS "uncertainAttempts"
    FROM claimed
   ORDER BY priority, not_before`;

const SETTLE = `
  WITH ended AS (
    UPDATE outbox_attempt SET ended_at = now(), outcome = $3, response = $4
     WHERE message_id = $1 AND attempt = $2)
  UPDATE outbox_message
     SET leased_until = NULL,
         sent_at = CASE WHEN $3 = 'sent' THEN now() END,
         failed_at = CASE WHEN $3 = 'failed' THEN now() END,
         last_error = CASE WHEN $3 <> 'sent' THEN $4 END,
         not_before = CASE WHEN $3 = 'deferred' THEN now() + make_interval(secs => $5) ELSE not_before END
   WHERE id = $1 AND attempts = $2 AND sent_at IS NULL`;
