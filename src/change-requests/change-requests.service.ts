import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import { decodeCursor, toPage } from '../platform/http/page.js';
import { assertPeriod } from '../platform/http/period.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import type { ChangeRequestPage, ChangeRequestResponse, ChangeRequestsQuery } from './change-request.dto.js';
import { answer } from './change-request.answer.js';
import { toSummary } from './change-request.mapper.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';

/** Reading change requests: the staff's queue, and a municipality's own. */
@Injectable()
export class ChangeRequestsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
  ) {}

  async list(viewer: Viewer, query: ChangeRequestsQuery): Promise<ChangeRequestPage> {
    assertPeriod(query);
    const after = decodeCursor(query.cursor, 2);
    return this.database.transaction(viewer, Permission.ReadChangeRequests, async (tx) => {
      const { rows, total } = await this.repository.list(tx, { ...query, after });
      const page = toPage(
        rows,
        query.limit,
        total,
        (row) => [row.sortKey, row.id],
        (row) => toSummary(row, tx.actor),
      );
      await noteReads(tx, 'change-request.list', page.items);
      return page;
    });
  }

  async get(viewer: Viewer, id: string): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ReadChangeRequests, async (tx) => {
      return answer(tx, 'change-request.read', await this.repository.require(tx, id));
    });
  }
}
