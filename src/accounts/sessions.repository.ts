import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { SessionResponse } from './sessions.dto.js';

export interface NewSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly accountId: string | null;
  readonly registrationId: string | null;
  readonly mailbox: string | null;
  readonly operatorName: string | null;
  readonly lifeSeconds: number;
}

export type SessionRow = Omit<SessionResponse, 'current'>;

/** Sessions. Row-level security shows one's own, an admin all, and the portal itself. */
@Injectable()
export class SessionsRepository {
  /** A member of staff has just shown a second factor; a member has none. */
  async insert(tx: Tx, session: NewSession): Promise<void> {
    await tx.execute(
      `INSERT INTO session (id, token_hash, account_id, registration_id, mailbox, operator_name, expires_at,
                            stepped_up_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), CASE WHEN $3::uuid IS NOT NULL THEN now() END)`,
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

  async noteSignIn(tx: Tx, accountId: string): Promise<void> {
    await tx.execute('UPDATE account SET last_sign_in_at = now() WHERE id = $1', [accountId]);
  }

  async findIdByToken(tx: Tx, tokenHash: Buffer): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>('SELECT id FROM session WHERE token_hash = $1', [tokenHash]);
    return row?.id ?? null;
  }

  async touch(tx: Tx, id: string): Promise<void> {
    await tx.execute('UPDATE session SET last_seen_at = now() WHERE id = $1', [id]);
  }

  /**
   * Notes that a second factor was shown, and gives the session another cookie in place of the one that was sent.
   *
   * @returns false where the cookie isn't this session's: an access token alone is no session
   */
  async stepUp(tx: Tx, id: string, sentHash: Buffer, newHash: Buffer): Promise<boolean> {
    const changed = await tx.execute(
      `UPDATE session SET stepped_up_at = now(), last_seen_at = now(), token_hash = $3
        WHERE id = $1 AND token_hash = $2 AND revoked_at IS NULL`,
      [id, sentHash, newHash],
    );
    return changed === 1;
  }

  /** Live sessions of whom the viewer may see, newest first. */
  async list(
    tx: Tx,
    filter: { readonly accountId?: string | undefined; readonly registrationId?: string | undefined },
  ): Promise<SessionRow[]> {
    return tx.query<SessionRow>(LIST, [filter.accountId ?? null, filter.registrationId ?? null]);
  }

  /** Live sessions that the viewer's own account or mailbox has. */
  async listOwn(tx: Tx, sessionId: string): Promise<SessionRow[]> {
    return tx.query<SessionRow>(LIST_OWN, [sessionId]);
  }

  /** Ends a live one, within the walls. @returns whose it was, or null where there is none */
  async end(tx: Tx, id: string): Promise<{ registrationId: string | null } | null> {
    const [row] = await tx.query<{ registrationId: string | null }>(
      `UPDATE session SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL AND expires_at > now()
       RETURNING registration_id AS "registrationId"`,
      [id],
    );
    return row ?? null;
  }

  /** Ends all of an account but one. @returns how many */
  async endAllOfAccount(tx: Tx, accountId: string, but: string | null): Promise<number> {
    return tx.execute(
      `UPDATE session SET revoked_at = now()
        WHERE account_id = $1 AND id IS DISTINCT FROM $2::uuid AND revoked_at IS NULL AND expires_at > now()`,
      [accountId, but],
    );
  }

  /** Ends a live session, or with it all others of the same account or mailbox. @returns how many ended */
  async revoke(tx: Tx, id: string, reach: 'this' | 'others' | 'all'): Promise<number> {
    return tx.execute(
      `UPDATE session s SET revoked_at = now()
         FROM session own
        WHERE own.id = $1 AND own.revoked_at IS NULL AND own.expires_at > now() AND s.revoked_at IS NULL
          AND s.expires_at > now() AND (s.id <> own.id OR $2 <> 'others')
          AND (s.id = own.id OR $2 <> 'this' AND (s.account_id = own.account_id
               OR s.registration_id = own.registration_id AND lower(s.mailbox) = lower(own.mailbox)))`,
      [id, reach],
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
}

const COLUMNS = `
  s.id, s.account_id AS "accountId", s.registration_id AS "registrationId",
  coalesce(a.email, s.mailbox) AS mailbox, coalesce(a.name, s.operator_name, '') AS name,
  s.created_at AS "startedAt", s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt"`;
const LIVE = `s.revoked_at IS NULL AND s.expires_at > now() AND s.last_seen_at > now() - interval '1 hour'`;

const LIST = `
  SELECT ${COLUMNS} FROM session s LEFT JOIN account a ON a.id = s.account_id
   WHERE ${LIVE} AND ($1::uuid IS NULL OR s.account_id = $1) AND ($2::uuid IS NULL OR s.registration_id = $2)
   ORDER BY s.created_at DESC, s.id DESC LIMIT 500`;

const LIST_OWN = `
  SELECT ${COLUMNS} FROM session own
    JOIN session s ON s.account_id = own.account_id
                   OR s.registration_id = own.registration_id AND lower(s.mailbox) = lower(own.mailbox)
    LEFT JOIN account a ON a.id = s.account_id
   WHERE own.id = $1 AND ${LIVE}
   ORDER BY s.created_at DESC, s.id DESC LIMIT 500`;
