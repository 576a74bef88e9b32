import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Permission } from '../access/permission.js';
import type { Viewer } from '../access/viewer.js';
import { Database } from '../database/database.service.js';
import { decodeCursor, toPage, unreadableCursor } from '../http/page.js';
import { assertPeriod } from '../http/period.js';
import { noteReads } from '../personal-reads/note-reads.js';
import type { AuditEventPage, AuditEventsQuery } from './audit.dto.js';
import { AuditRepository } from './audit.repository.js';

/** Reading the trail. */
@Injectable()
export class AuditEventsService {
  constructor(
    private readonly database: Database,
    private readonly repository: AuditRepository,
  ) {}

  async list(viewer: Viewer, query: AuditEventsQuery): Promise<AuditEventPage> {
    assertPeriod(query);
    const [before = null] = decodeCursor(query.cursor, 1) ?? [];
    if (before !== null && !isUUID(before)) throw unreadableCursor();
    return this.database.transaction(viewer, Permission.ReadAudit, async (tx) => {
      const { rows, total } = await this.repository.list(tx, query, before);
      const page = toPage(
        rows,
        query.limit,
        total,
        (row) => [row.id],
        (row) => row,
      );
      await noteReads(
        tx,
        'audit-event.list',
        page.items.filter(({ personal }) => personal !== null),
      );
      return page;
    });
  }
}
