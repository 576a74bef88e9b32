import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import { DomainError, type FieldError } from '../platform/http/domain-error.js';
import { decodeCursor, toPage } from '../platform/http/page.js';
import { isCalendarDate } from '../platform/text/japanese-date.js';
import type { ChangeRequestPage, ChangeRequestResponse, ChangeRequestsQuery } from './change-request.dto.js';
import { toResponse, toSummary } from './change-request.mapper.js';
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
      return toPage(rows, query.limit, total, (row) => [row.sortKey, row.id], toSummary);
    });
  }

  async get(viewer: Viewer, id: string): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ReadChangeRequests, async (tx) => {
      const row = await this.repository.find(tx, id);
      if (!row) throw new DomainError('not-found');
      return toResponse(row, tx.actor);
    });
  }
}

/** @throws DomainError `invalid` for an impossible date, or a period that ends before it begins */
function assertPeriod({ from, to }: ChangeRequestsQuery): void {
  const errors: FieldError[] = Object.entries({ from, to })
    .filter(([, date]) => date !== undefined && !isCalendarDate(date))
    .map(([name]) => ({
      pointer: `/${name}`,
      code: 'date',
      message: '日付は、2026-04-01 のように入力してください。',
    }));
  if (errors.length === 0 && from !== undefined && to !== undefined && to < from) {
    errors.push({
      pointer: '/to',
      code: 'period',
      message: '終わりの日は、始まりの日よりあとにしてください。',
    });
  }
  if (errors.length > 0) throw new DomainError('invalid', { errors });
}
