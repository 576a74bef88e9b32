import type { Tx } from '../database/tx.js';
import { DomainError } from '../http/domain-error.js';
import type { IdempotentRequest } from '../http/idempotency-key.js';
import { findAnswer, keepAnswer, takeKey } from './idempotency.repository.js';

/**
 * Does the work, or gives the answer that the same person's same request got before. Stands first in a use case's
 * transaction: key, work and answer are committed together or not at all, so an error leaves the key free.
 *
 * @param request null when the caller sent no key: then there is the work, and not one statement more
 * @returns what `work` returned; from the second time on as JSON gives it back, with text for dates
 * @throws DomainError `idempotency-key-reused` (409) when the key was used for something else
 */
export async function once<T>(tx: Tx, request: IdempotentRequest | null, work: () => Promise<T>): Promise<T> {
  if (request === null) return work();
  if (await takeKey(tx, request)) {
    const answer = await work();
    await keepAnswer(tx, request, answer);
    return answer;
  }
  const first = await findAnswer(tx, request);
  // Between the two statements its day was over.
  if (first === null) return once(tx, request, work);
  if (!first.same) throw new DomainError('idempotency-key-reused');
  return first.response as T;
}
