import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../platform/access/permission.js';
import type { Tx } from '../platform/database/tx.js';
import type { StaffResponse } from './staff.dto.js';

/** An invitation that can still be accepted, and whose account it is for. */
export interface OpenInvitation {
  readonly id: string;
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
}

/** Accounts of staff and their invitations. */
@Injectable()
export class StaffRepository {
  list(tx: Tx): Promise<StaffResponse[]> {
    return tx.query<StaffResponse>(`SELECT ${COLUMNS} FROM account ORDER BY status, name, id`);
  }

  async find(tx: Tx, id: string): Promise<StaffResponse | null> {
    const [row] = await tx.query<StaffResponse>(`SELECT ${COLUMNS} FROM account WHERE id = $1`, [id]);
    return row ?? null;
  }

  async lock(tx: Tx, id: string): Promise<StaffResponse | null> {
    const [row] = await tx.query<StaffResponse>(`SELECT ${COLUMNS} FROM account WHERE id = $1 FOR UPDATE`, [
      id,
    ]);
    return row ?? null;
  }

  async lockByEmail(tx: Tx, emailKey: string): Promise<StaffResponse | null> {
    const [row] = await tx.query<StaffResponse>(
      `SELECT ${COLUMNS} FROM account WHERE email_key = $1 FOR UPDATE`,
      [emailKey],
    );
    return row ?? null;
  }

  /** @throws a unique violation of `account_email_key_is_unique` */
  async insert(
    tx: Tx,
    account: { id: string; email: string; name: string; roles: readonly StaffRole[] },
  ): Promise<void> {
    await tx.execute(
      'INSERT INTO account (id, email, email_key, name, roles) VALUES ($1, $2, lower($2), $3, $4)',
      [account.id, account.email, account.name, account.roles],
    );
  }

  /**
   * @throws a unique violation of `account_email_key_is_unique`, a check violation of `account_keeps_an_admin`
   */
  async update(
    tx: Tx,
    account: { id: string; email: string; name: string; roles: readonly StaffRole[] },
  ): Promise<void> {
    await tx.execute(
      `UPDATE account SET email = $2, email_key = lower($2), name = $3, roles = $4, version = version + 1
        WHERE id = $1`,
      [account.id, account.email, account.name, account.roles],
    );
  }

  /** @throws a check violation of `account_keeps_an_admin` */
  async disable(tx: Tx, id: string): Promise<void> {
    await tx.execute(`UPDATE account SET status = 'disabled', version = version + 1 WHERE id = $1`, [id]);
  }

  /** With the password and factor that it had, if it had any; else it waits for an invitation to be accepted. */
  async enable(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE account SET status = CASE WHEN password_hash IS NULL THEN 'invited' ELSE 'active' END,
                          version = version + 1
        WHERE id = $1`,
      [id],
    );
  }

  /** What an accepted invitation gives. */
  async activate(tx: Tx, id: string, passwordHash: string): Promise<void> {
    await tx.execute(
      `UPDATE account SET status = 'active', password_hash = $2, version = version + 1 WHERE id = $1`,
      [id, passwordHash],
    );
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
  async countInvitationAttempt(tx: Tx, number: string, tries: number): Promise<OpenInvitation | null> {
    const [row] = await tx.query<OpenInvitation>(
      `UPDATE staff_invitation i SET attempts = attempts + 1
         FROM account a
        WHERE i.number = $1 AND a.id = i.account_id AND a.status <> 'disabled'
          AND i.used_at IS NULL AND i.attempts < $2 AND i.expires_at > now()
        RETURNING i.id, a.id AS "accountId", a.email, a.name`,
      [number, tries],
    );
    return row ?? null;
  }

  /** @returns whether this call is the one that used the invitation */
  async useInvitation(tx: Tx, id: string): Promise<boolean> {
    const used = await tx.execute(
      'UPDATE staff_invitation SET used_at = now() WHERE id = $1 AND used_at IS NULL AND expires_at > now()',
      [id],
    );
    return used === 1;
  }

  /** Makes every other invitation of an account useless. */
  async endInvitations(tx: Tx, accountId: string): Promise<void> {
    await tx.execute(
      'UPDATE staff_invitation SET used_at = now() WHERE account_id = $1 AND used_at IS NULL',
      [accountId],
    );
  }
}

const COLUMNS = `
  id, email, name, roles, status, version, created_at AS "createdAt", last_sign_in_at AS "lastSignInAt"`;
