import { Injectable } from '@nestjs/common';
import type { AccountStatus } from '../accounts/account.entity.js';
import type { Tx } from '../platform/database/tx.js';

/** Tries at one mailed code. */
const MAX_ATTEMPTS = 5;

export interface MailboxRegistration {
  readonly registrationId: string;
  readonly municipality: string;
  readonly mailbox: string;
}

export interface StaffAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly status: AccountStatus;
  readonly passwordHash: string | null;
}

/** Mailed codes, and whom a mailbox belongs to. Read by the portal itself only. */
@Injectable()
export class SignInRepository {
  /**
   * Writes a challenge down, whether the mailbox is known or not.
   *
   * @returns the address to mail the code to, as it is registered; null when there is none
   */
  async insertChallenge(
    tx: Tx,
    challenge: { id: string; mailboxKey: string; nonceHash: Buffer; lifeSeconds: number },
  ): Promise<{ expiresAt: Date; recipient: string | null }> {
    const [row] = await tx.query<{ expires_at: Date; recipient: string | null }>(INSERT_CHALLENGE, [
      challenge.id,
      challenge.mailboxKey,
      challenge.nonceHash,
      challenge.lifeSeconds,
    ]);
    if (!row) throw new Error('a challenge was inserted without a row');
    return { expiresAt: row.expires_at, recipient: row.recipient };
  }

  /**
   * Counts a try, whatever comes of it. A challenge whose code was never mailed allows none, so that asking again and
   * again gives no more tries than there are mails.
   *
   * @returns the mailbox, or null when no try is left or allowed
   */
  async countAttempt(tx: Tx, id: string, nonceHash: Buffer): Promise<string | null> {
    const [row] = await tx.query<{ mailbox_key: string }>(
      `UPDATE sign_in_challenge SET attempts = attempts + 1
        WHERE id = $1 AND nonce_hash = $2 AND mailed_at IS NOT NULL AND used_at IS NULL AND attempts < $3
          AND expires_at > now()
        RETURNING mailbox_key`,
      [id, nonceHash, MAX_ATTEMPTS],
    );
    return row?.mailbox_key ?? null;
  }

  /** @returns whether this call is the one that used the challenge */
  async useChallenge(tx: Tx, id: string): Promise<boolean> {
    const used = await tx.execute(
      `UPDATE sign_in_challenge SET used_at = now() WHERE id = $1 AND used_at IS NULL AND expires_at > now()`,
      [id],
    );
    return used === 1;
  }

  /** For whom whoever reads this mailbox may act today. */
  findRegistrationsByMailbox(tx: Tx, mailboxKey: string): Promise<MailboxRegistration[]> {
    return tx.query<MailboxRegistration>(
      `SELECT b.registration_id AS "registrationId", p.name || m.name AS municipality, min(b.mailbox) AS mailbox
         FROM registered_mailbox b
         JOIN registration r ON r.id = b.registration_id
         JOIN municipality m ON m.code = r.municipality_code
         JOIN prefecture p ON p.code = m.prefecture_code
        WHERE b.mailbox_key = $1
        GROUP BY b.registration_id, p.name, m.name, m.code ORDER BY m.code`,
      [mailboxKey],
    );
  }

  async findAccountByEmail(tx: Tx, emailKey: string): Promise<StaffAccount | null> {
    const [row] = await tx.query<StaffAccount>(
      `SELECT id, email, name, status, password_hash AS "passwordHash" FROM account WHERE email_key = $1`,
      [emailKey],
    );
    return row ?? null;
  }

  /** Holds the account, so that nothing about it changes before the session is there. @returns whether it is as it was */
  async lockUnchanged(tx: Tx, { id, email, passwordHash }: StaffAccount): Promise<boolean> {
    const rows = await tx.query(
      `SELECT FROM account WHERE id = $1 AND status = 'active' AND email = $2 AND password_hash = $3 FOR UPDATE`,
      [id, email, passwordHash],
    );
    return rows.length === 1;
  }

  /** Removes challenges that ended a day ago: they hold addresses that were only typed. */
  async removePast(tx: Tx): Promise<void> {
    await tx.execute(`DELETE FROM sign_in_challenge WHERE expires_at < now() - interval '1 day'`);
  }
}

const INSERT_CHALLENGE = `
  WITH recipient AS (SELECT mailbox FROM registered_mailbox WHERE mailbox_key = $2 LIMIT 1),
  challenge AS (
    INSERT INTO sign_in_challenge (id, mailbox_key, nonce_hash, expires_at, mailed_at)
    VALUES ($1, $2, $3, now() + make_interval(secs => $4), (SELECT now() FROM recipient)) RETURNING expires_at)
  SELECT expires_at, (SELECT mailbox FROM recipient) AS recipient FROM challenge`;
