import type { Tx } from '../database/tx.js';
import type { IdempotentRequest } from '../http/idempotency-key.js';

/**
 * Plain functions, so that {@link once} needs nothing but the transaction. Row-level security keeps every statement
 * here within the viewer's own keys.
 */

/**
 * Takes the key for this transaction. While another has it, PostgreSQL itself lets this one wait for its end.
 *
 * @returns false when the key has been used
 */
export async function takeKey(tx: Tx, { key, fingerprint }: IdempotentRequest): Promise<boolean> {
  const taken = await tx.execute(
    `INSERT INTO idempotency_key (scope, key, fingerprint) VALUES (viewer_identity(), $1, $2)
     ON CONFLICT DO NOTHING`,
    [key, fingerprint],
  );
  return taken > 0;
}

export async function findAnswer(
  tx: Tx,
  { key, fingerprint }: IdempotentRequest,
): Promise<{ same: boolean; response: unknown } | null> {
  const [row] = await tx.query<{ same: boolean; response: unknown }>(
    `SELECT fingerprint = $2 AS same, response FROM idempotency_key WHERE scope = viewer_identity() AND key = $1`,
    [key, fingerprint],
  );
  return row ?? null;
}

export async function keepAnswer(tx: Tx, { key }: IdempotentRequest, response: unknown): Promise<void> {
  await tx.execute('UPDATE idempotency_key SET response = $2 WHERE scope = viewer_identity() AND key = $1', [
    key,
    JSON.stringify(response ?? null),
  ]);
}

export async function removeOldKeys(tx: Tx, hours: number): Promise<void> {
  await tx.execute('DELETE FROM idempotency_key WHERE created_at < now() - make_interval(hours => $1)', [
    hours,
  ]);
}
