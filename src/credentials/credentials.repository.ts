import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { FactorResponse } from './credentials.dto.js';

export interface OwnAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
}

/** Passwords, factors and recovery codes. Row-level security shows a person their own, and the portal itself all. */
@Injectable()
export class CredentialsRepository {
  async findAccount(tx: Tx, accountId: string): Promise<OwnAccount | null> {
    const [row] = await tx.query<OwnAccount>(
      'SELECT id, email, name, password_hash AS "passwordHash" FROM account WHERE id = $1',
      [accountId],
    );
    return row ?? null;
  }

  async setPassword(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
    await tx.execute('UPDATE account SET password_hash = $2 WHERE id = $1', [accountId, passwordHash]);
  }

  /** So that two who remove a factor at once don't remove the last two. */
  async lockAccount(tx: Tx, accountId: string): Promise<void> {
    await tx.execute('SELECT FROM account WHERE id = $1 FOR UPDATE', [accountId]);
  }

  listFactors(tx: Tx, accountId: string): Promise<FactorResponse[]> {
    return tx.query<FactorResponse>(
      `SELECT id, name, created_at AS "createdAt", confirmed_at IS NOT NULL AS confirmed, last_used_at AS "lastUsedAt"
         FROM staff_factor WHERE account_id = $1 AND removed_at IS NULL ORDER BY created_at, id`,
      [accountId],
    );
  }

  async insertFactor(
    tx: Tx,
    factor: { readonly id: string; readonly accountId: string; readonly name: string },
  ): Promise<void> {
    await tx.execute('INSERT INTO staff_factor (id, account_id, name) VALUES ($1, $2, $3)', [
      factor.id,
      factor.accountId,
      factor.name,
    ]);
  }

  /** @returns whether the factor was there and waiting for its first code */
  async confirmFactor(tx: Tx, accountId: string, id: string, step: number): Promise<boolean> {
    const confirmed = await tx.execute(
      `UPDATE staff_factor SET confirmed_at = now(), last_step = $3, last_used_at = now()
        WHERE id = $2 AND account_id = $1 AND confirmed_at IS NULL AND removed_at IS NULL`,
      [accountId, id, step],
    );
    return confirmed === 1;
  }

  /** Uses a code's half minute up. @returns false when it, or a later one, was used before */
  async useStep(tx: Tx, id: string, step: number): Promise<boolean> {
    const used = await tx.execute(
      `UPDATE staff_factor SET last_step = $2, last_used_at = now()
        WHERE id = $1 AND confirmed_at IS NOT NULL AND removed_at IS NULL AND (last_step IS NULL OR last_step < $2)`,
      [id, step],
    );
    return used === 1;
  }

  async removeFactor(tx: Tx, accountId: string, id: string): Promise<void> {
    await tx.execute('UPDATE staff_factor SET removed_at = now() WHERE id = $2 AND account_id = $1', [
      accountId,
      id,
    ]);
  }

  /** Removes every factor of an account but one. */
  async removeOtherFactors(tx: Tx, accountId: string, but: string): Promise<void> {
    await tx.execute(
      'UPDATE staff_factor SET removed_at = now() WHERE account_id = $1 AND id <> $2 AND removed_at IS NULL',
      [accountId, but],
    );
  }

  async listRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'SELECT id FROM recovery_code WHERE account_id = $1 AND used_at IS NULL AND removed_at IS NULL',
      [accountId],
    );
    return rows.map(({ id }) => id);
  }

  /** @returns whether this call is the one that used it */
  async useRecoveryCode(tx: Tx, id: string): Promise<boolean> {
    const used = await tx.execute(
      'UPDATE recovery_code SET used_at = now() WHERE id = $1 AND used_at IS NULL AND removed_at IS NULL',
      [id],
    );
    return used === 1;
  }

  /** Ten new ones in place of the old. */
  async replaceRecoveryCodes(tx: Tx, accountId: string, ids: readonly string[]): Promise<void> {
    await tx.execute(
      'UPDATE recovery_code SET removed_at = now() WHERE account_id = $1 AND used_at IS NULL AND removed_at IS NULL',
      [accountId],
    );
    await tx.execute('INSERT INTO recovery_code (id, account_id) SELECT unnest($2::uuid[]), $1', [
      accountId,
      ids,
    ]);
  }
}
