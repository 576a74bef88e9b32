import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import { DomainError } from '../platform/http/domain-error.js';
import { noteReadsOfRefusal } from '../platform/personal-reads/note-reads.js';
import { compareThreeWay, mergeThreeWay } from '../registry/registration-merge.js';
import type { ChangeRequestResponse } from './change-request.dto.js';
import { acceptedDocument } from './change-request.policy.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { LookOverService } from './look-over.service.js';
import { Submissions } from './submissions.js';

/** Takes a change back: by a new change request, which somebody else decides. History only grows. */
@Injectable()
export class UndoService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly submissions: Submissions,
    private readonly looking: LookOverService,
  ) {}

  /**
   * @throws DomainError `not-applied`, `open-request-exists`, `no-changes` when it was taken back already,
   *   `registration-moved` with the three-way view when the same has changed again since
   */
  async undo(viewer: Viewer, id: string, reason: string): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeForMunicipality, async (tx) => {
      const request = await this.repository.find(tx, id);
      if (!request) throw new DomainError('not-found');
      if (request.appliedAt === null) throw new DomainError('not-applied');
      const current = await this.submissions.lock(tx, request.registrationId, null);
      // Backwards: from what it made of the registration to what was there before.
      const [after, before] = [acceptedDocument(request), request.base];
      const { document, unresolved } = mergeThreeWay(after, current.document, before);
      if (unresolved.length > 0) {
        const threeWay = compareThreeWay(after, current.document, before);
        noteReadsOfRefusal(tx, 'change-request.three-way', [request]);
        throw new DomainError('registration-moved', {
          extensions: { registrationVersion: current.version, threeWay },
        });
      }
      // Whoever takes it back has looked.
      await this.looking.note(tx, request);
      return this.submissions.insert(tx, current, { proposed: document, comment: reason, undoesId: id });
    });
  }
}
