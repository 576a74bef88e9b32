import { Injectable } from '@nestjs/common';
import { OldAccessService } from '../change-requests/old-access.service.js';
import { Permission } from '../platform/access/permission.js';
import type { StaffActor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { diffRegistrations } from '../registry/registration-diff.js';
import { assertActive, RegistrationsService } from '../registry/registrations.service.js';
import type { CurrentRegistration } from '../registry/registrations.repository.js';
import { recoveredDocument } from './recovery-document.js';
import type { RecoveryResponse } from './recovery.dto.js';
import { RecoveryMails } from './recovery.mails.js';
import { toResponse } from './recovery.mapper.js';
import { isSecondPerson, nextOrRefuse } from './recovery.policy.js';
import type { RecoveryStatus } from './recovery.state.js';
import { RecoveriesRepository, type RecoveryRow } from './recoveries.repository.js';
import { agreeTask } from './recoveries.tasks.js';

interface Locked {
  readonly recovery: RecoveryRow;
  readonly reviewer: StaffActor;
  readonly current: CurrentRegistration;
  /** Where the claim stands afterwards. */
  readonly status: RecoveryStatus;
}

/** What a change request says that went with the old mailboxes. */
const CLOSING_REASON = '連絡先の回復により登録が変わったため、取り下げた扱いとしました。';

/** The second of the two: agrees, and thereby carries the claim out. */
@Injectable()
export class AgreementsService {
  constructor(
    private readonly database: Database,
    private readonly repository: RecoveriesRepository,
    private readonly registrations: RegistrationsService,
    private readonly oldAccess: OldAccessService,
    private readonly tasks: Tasks,
    private readonly mails: RecoveryMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Puts the claim into the registration as it stands at this moment, whatever happened to it since the claim.
   *
   * @param version the claim's version that the reviewer saw
   * @throws DomainError in this order: `not-found`, `recovery-decided`, `recovery-not-ready`, `second-person-needed`,
   *   `registration-withdrawn`, `stale-version`
   */
  async agree(viewer: Viewer, id: string, version: number): Promise<RecoveryResponse> {
    return this.database.transaction(viewer, Permission.CarryOutRecovery, async (tx) => {
      const { recovery, reviewer, current, status } = await this.lock(tx, id, version);
      await this.oldAccess.end(tx, current.id, CLOSING_REASON);
      await this.carryOut(tx, recovery, current, reviewer);
      await this.repository.setDecided(tx, id, { status, accountId: reviewer.accountId, reason: null });
      await this.tasks.close(tx, [agreeTask], id);
      return this.reread(tx, id);
    });
  }

  private async carryOut(
    tx: Tx,
    recovery: RecoveryRow,
    current: CurrentRegistration,
    reviewer: StaffActor,
  ): Promise<void> {
    // The claimed person's id is the claim's own, so that what was shown before is what is written.
    const document = recoveredDocument(current.document, recovery, recovery.id);
    const changes = diffRegistrations(current.document, document);
    const registrationVersion = await this.registrations.apply(tx, {
      registrationId: current.id,
      baseVersion: current.version,
      document,
      changes,
      cause: 'recovery',
      changeRequestId: null,
      proposedBy: recovery.contact.name,
      decidedBy: reviewer.name,
    });
    await this.audit.record(tx, 'recovery.carried-out', {
      subjectId: recovery.id,
      registrationId: current.id,
      details: {
        number: recovery.number,
        registrationVersion,
        pointers: changes.map(({ pointer }) => pointer),
      },
      personal: { reviewer: reviewer.name },
    });
    await this.mails.carriedOut(tx, recovery, current.document, document, changes);
  }

  private async lock(tx: Tx, id: string, version: number): Promise<Locked> {
    const { actor } = tx;
    const recovery = await this.repository.lock(tx, id);
    if (!recovery || actor.kind !== 'staff') throw new DomainError('not-found');
    const status = nextOrRefuse(recovery.status, 'agree');
    if (!isSecondPerson(actor, recovery)) throw new DomainError('second-person-needed');
    await this.oldAccess.lock(tx, recovery.registrationId);
    assertActive(await this.registrations.lock(tx, recovery.registrationId));
    if (recovery.version !== version) throw new DomainError('stale-version');
    const current = await this.registrations.require(tx, recovery.registrationId);
    return { recovery, reviewer: actor, current, status };
  }

  private async reread(tx: Tx, id: string): Promise<RecoveryResponse> {
    const row = await this.repository.find(tx, id);
    if (!row) throw new DomainError('not-found');
    await noteReads(tx, 'recovery.decide', [row]);
    return toResponse(row, (await this.registrations.require(tx, row.registrationId)).document);
  }
}
