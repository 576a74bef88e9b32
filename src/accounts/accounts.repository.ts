import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { StaffRole } from '../platform/access/permission.js';
import type { AccountStatus } from './account.entity.js';

/** Tries at one mailed code. */
const MAX_ATTEMPTS = 5;
/** Codes for one mailbox that are alive at once; beyond them one goes out every two minutes. */
const MAX_LIVE_CODES = 5;

export interface MailboxRegistration {
  readonly registrationId: string;
  readonly municipality: string;
  readonly mailbox: string;
}

export interface NewSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly accountId: string | null;
  readonly registrationId: string | null;
  readonly mailbox: string | null;
  readonly operatorName: string | null;
  readonly lifeSeconds: number;
}

/** Accounts, sessions and challenges. All but the session's own row are read by the portal itself only. */
@Injectable()
export class AccountsRepository {
  /**
   * Writes a challenge down, whether the mailbox is known or not.
   *
   * @returns the address to mail the code to, as it is registered; null when there is none, or when it has had
   *   enough codes for now (nobody is locked out by somebody else's asking: the pace only slows)
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
      MAX_LIVE_CODES,
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

  async insertSession(tx: Tx, session: NewSession): Promise<void> {
    await tx.execute(
      `INSERT INTO session (id, token_hash, account_id, registration_id, mailbox, operator_name, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`,
      [
        session.id,
        session.tokenHash,
        session.accountId,
        session.registrationId,
        session.mailbox,
        session.operatorName,
        session.lifeSeconds,
      ],
    );
  }

  async findSessionIdByToken(tx: Tx, tokenHash: Buffer): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>('SELECT id FROM session WHERE token_hash = $1', [tokenHash]);
    return row?.id ?? null;
  }

  async touchSession(tx: Tx, id: string): Promise<void> {
    await tx.execute('UPDATE session SET last_seen_at = now() WHERE id = $1', [id]);
  }

  /** Ends a live session, or with it all others of the same account or mailbox. @returns how many ended */
  async revokeSession(tx: Tx, id: string, everywhere: boolean): Promise<number> {
    return tx.execute(
      `UPDATE session s SET revoked_at = now()
         FROM session own
        WHERE own.id = $1 AND own.revoked_at IS NULL AND own.expires_at > now() AND s.revoked_at IS NULL
          AND (s.id = own.id OR $2 AND (s.account_id = own.account_id
               OR s.registration_id = own.registration_id AND lower(s.mailbox) = lower(own.mailbox)))`,
      [id, everywhere],
    );
  }

  /** Ends what the mailboxes of a registration opened, as they are registered now. @returns how much that was */
  async revokeAccess(tx: Tx, registrationId: string): Promise<{ sessions: number; codes: number }> {
    const [row] = await tx.query<{ sessions: number; codes: number }>(
      'SELECT sessions, codes FROM revoke_access_of($1)',
      [registrationId],
    );
    return row ?? { sessions: 0, codes: 0 };
  }

  /** The same for some of its mailboxes. @returns how many sessions that were */
  async revokeAccessOfMailboxes(
    tx: Tx,
    registrationId: string,
    mailboxes: readonly string[],
  ): Promise<number> {
    const [row] = await tx.query<{ sessions: number }>(
      'SELECT revoke_access_of_mailboxes($1, $2) AS sessions',
      [registrationId, mailboxes.map((mailbox) => mailbox.toLowerCase())],
    );
    return row?.sessions ?? 0;
  }

  async findAccountByEmail(
    tx: Tx,
    emailKey: string,
  ): Promise<{ id: string; status: AccountStatus; passwordHash: string | null } | null> {
    const [row] = await tx.query<{ id: string; status: AccountStatus; passwordHash: string | null }>(
      'SELECT id, status, password_hash AS "passwordHash" FROM account WHERE email_key = $1',
      [emailKey],
    );
    return row ?? null;
  }

  async insertAccount(
    tx: Tx,
    account: { id: string; email: string; name: string; roles: readonly StaffRole[] },
  ): Promise<void> {
    await tx.execute(
      'INSERT INTO account (id, email, email_key, name, roles) VALUES ($1, $2, lower($2), $3, $4)',
      [account.id, account.email, account.name, account.roles],
    );
  }

  /** What an invitation that is sent again says counts. */
  async updateInvited(
    tx: Tx,
    account: { id: string; name: string; roles: readonly StaffRole[] },
  ): Promise<void> {
    await tx.execute('UPDATE account SET name = $2, roles = $3 WHERE id = $1', [
      account.id,
      account.name,
      account.roles,
    ]);
  }

  /** Holds until the end of the last of so many days. @returns the number that the mail shows, and until when */
  async insertInvitation(
    tx: Tx,
    invitation: { id: string; accountId: string; days: number },
  ): Promise<{ number: string; expiresAt: Date }> {
    const [row] = await tx.query<{ number: string; expires_at: Date }>(
      `INSERT INTO staff_invitation (id, account_id, expires_at)
       VALUES ($1, $2, (today_in_tokyo() + $3::int + 1)::timestamp AT TIME ZONE 'Asia/Tokyo')
       RETURNING number, expires_at`,
      [invitation.id, invitation.accountId, invitation.days],
    );
    if (!row) throw new Error('an invitation was inserted without a row');
    return { number: row.number, expiresAt: row.expires_at };
  }

  /** Counts a try at an invitation's code. @returns the invitation, or null when no try is left or allowed */
  async countInvitationAttempt(tx: Tx, number: string): Promise<{ id: string; accountId: string } | null> {
    const [row] = await tx.query<{ id: string; accountId: string }>(
      `UPDATE staff_invitation SET attempts = attempts + 1
        WHERE number = $1 AND used_at IS NULL AND attempts < $2 AND expires_at > now()
        RETURNING id, account_id AS "accountId"`,
      [number, MAX_ATTEMPTS],
    );
    return row ?? null;
  }

  /** @returns whether this call is the one that used the invitation */
  async useInvitation(tx: Tx, id: string): Promise<boolean> {
    return (
      (await tx.execute('UPDATE staff_invitation SET used_at = now() WHERE id = $1 AND used_at IS NULL', [
        id,
      ])) === 1
    );
  }

  /** @returns whether the account was waiting for its first password */
  async activateAccount(tx: Tx, id: string, passwordHash: string): Promise<boolean> {
    const activated = await tx.execute(
      `UPDATE account SET status = 'active', password_hash = $2 WHERE id = $1 AND status = 'invited'`,
      [id, passwordHash],
    );
    return activated === 1;
  }
}

const INSERT_CHALLENGE = `
  WITH mailed AS (
    SELECT count(*) FILTER (WHERE used_at IS NULL AND expires_at > now()) AS live, max(mailed_at) AS latest
      FROM sign_in_challenge WHERE mailbox_key = $2 AND mailed_at > now() - interval '1 hour'),
  recipient AS (
    SELECT mailbox FROM registered_mailbox, mailed
     WHERE mailbox_key = $2 AND (mailed.live < $5 OR mailed.latest < now() - interval '2 minutes') LIMIT 1),
  challenge AS (
    INSERT INTO sign_in_challenge (id, mailbox_key, nonce_hash, expires_at, mailed_at)
    VALUES ($1, $2, $3, now() + make_interval(secs => $4), (SELECT now() FROM recipient)) RETURNING expires_at)
  SELECT expires_at, (SELECT mailbox FROM recipient) AS recipient FROM challenge`;
