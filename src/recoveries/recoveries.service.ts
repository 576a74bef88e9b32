import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { decodeCursor, toPage } from '../platform/http/page.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import type { RecoveriesQuery, RecoveryPage, RecoveryResponse } from './recovery.dto.js';
import { toResponse, toSummary } from './recovery.mapper.js';
import { RecoveriesRepository } from './recoveries.repository.js';

/** Reading claims: the office's alone. */
@Injectable()
export class RecoveriesService {
  constructor(
    private readonly database: Database,
    private readonly repository: RecoveriesRepository,
    private readonly registrations: RegistrationsService,
  ) {}

  async list(viewer: Viewer, query: RecoveriesQuery): Promise<RecoveryPage> {
    const after = decodeCursor(query.cursor, 2);
    return this.database.transaction(viewer, Permission.ReadRecoveries, async (tx) => {
      const { rows, total } = await this.repository.list(tx, { ...query, after });
      const page = toPage(rows, query.limit, total, (row) => [row.sortKey, row.id], toSummary);
      await noteReads(tx, 'recovery.list', page.items);
      return page;
    });
  }

  async get(viewer: Viewer, id: string): Promise<RecoveryResponse> {
    return this.database.transaction(viewer, Permission.ReadRecoveries, (tx) => this.read(tx, id));
  }

  private async read(tx: Tx, id: string): Promise<RecoveryResponse> {
    const row = await this.repository.find(tx, id);
    if (!row) throw new DomainError('not-found');
    await noteReads(tx, 'recovery.read', [row]);
    const { document } = await this.registrations.require(tx, row.registrationId);
    return toResponse(row, document);
  }
}
