import type { Tx } from '../platform/database/tx.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import type { ReadOperation } from '../platform/personal-reads/read-operations.js';
import type { ChangeRequestResponse } from './change-request.dto.js';
import { toResponse } from './change-request.mapper.js';
import type { ChangeRequestRow } from './change-requests.repository.js';

/** A request as its reader may see it; where that is a member of staff, it is noted whose people they were shown. */
export async function answer(
  tx: Tx,
  operation: ReadOperation,
  row: ChangeRequestRow,
): Promise<ChangeRequestResponse> {
  await noteReads(tx, operation, [row]);
  return toResponse(row, tx.actor);
}
