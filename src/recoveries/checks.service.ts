import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Permission } from '../platform/access/permission.js';
import type { StaffActor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import type { IdempotentRequest } from '../platform/http/idempotency-key.js';
import { once } from '../platform/idempotency/once.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import type { NoteCallDto, RecoveryResponse } from './recovery.dto.js';
import { RecoveryMails } from './recovery.mails.js';
import { toResponse } from './recovery.mapper.js';
import { isNumberOfClaim, nextOrRefuse } from './recovery.policy.js';
import { RecoveriesRepository, type RecoveryRow } from './recoveries.repository.js';
import { agreeTask, callTask, taskOf } from './recoveries.tasks.js';

/** The first of the two: calls the number on the official site and notes what was said. Any of the two declines. */
@Injectable()
export class ChecksService {
  constructor(
    private readonly database: Database,
    private readonly repository: RecoveriesRepository,
    private readonly registrations: RegistrationsService,
    private readonly tasks: Tasks,
    private readonly mails: RecoveryMails,
    private readonly audit: Audit,
  ) {}

  /**
   * A call has been made, whatever its caller saw of the claim; so there is no version to hold it against.
   *
   * @throws DomainError `not-found`, `recovery-decided`, `recovery-not-ready`, `invalid` for a number of the claim's,
   *   `idempotency-key-reused`
   */
  async noteCall(
    viewer: Viewer,
    id: string,
    call: NoteCallDto,
    request: IdempotentRequest | null = null,
  ): Promise<RecoveryResponse> {
    return this.database.transaction(viewer, Permission.DecideRecovery, async (tx) => {
      const answer = await once(tx, request, async () => {
        await this.note(tx, id, call);
        return this.reread(tx, id);
      });
      // Also where it is the answer of before.
      await noteReads(tx, 'recovery.decide', [answer]);
      return answer;
    });
  }

  /**
   * @param version the claim's version that the reviewer saw
   * @throws DomainError in this order: `not-found`, `recovery-decided`, `recovery-not-ready`, `stale-version`
   */
  async decline(viewer: Viewer, id: string, version: number, reason: string): Promise<RecoveryResponse> {
    return this.database.transaction(viewer, Permission.DecideRecovery, async (tx) => {
      const { recovery, reviewer } = await this.lock(tx, id);
      nextOrRefuse(recovery.status, 'decline');
      if (recovery.version !== version) throw new DomainError('stale-version');
      await this.close(tx, recovery, reviewer, { because: 'decline', reason });
      await noteReads(tx, 'recovery.decide', [recovery]);
      return this.reread(tx, id);
    });
  }

  private async note(tx: Tx, id: string, call: NoteCallDto): Promise<void> {
    const { recovery, reviewer } = await this.lock(tx, id);
    const status = nextOrRefuse(recovery.status, call.outcome);
    assertProper(call, recovery);
    const { accountId } = reviewer;
    await this.repository.insertCall(tx, id, { ...call, id: uuidv7(), calledByAccountId: accountId });
    await this.audit.record(tx, 'recovery.call-noted', {
      subjectId: id,
      registrationId: recovery.registrationId,
      details: { number: recovery.number, outcome: call.outcome, source: call.source },
      personal: {
        reviewer: reviewer.name,
        numberCalled: call.numberCalled,
        spokeWith: call.spokeWith,
      },
    });
    if (call.outcome === 'denied') {
      await this.close(tx, recovery, reviewer, { because: 'denied', reason: null });
      return;
    }
    const confirmed = call.outcome === 'confirmed';
    await this.repository.setCalled(tx, id, status, confirmed ? accountId : null);
    if (confirmed) await this.passOn(tx, recovery);
  }

  private async passOn(tx: Tx, recovery: RecoveryRow): Promise<void> {
    await this.tasks.close(tx, [callTask], recovery.id);
    await this.tasks.open(tx, agreeTask, taskOf(recovery));
  }

  private async close(
    tx: Tx,
    recovery: RecoveryRow,
    { accountId, name }: StaffActor,
    { because, reason }: { because: 'denied' | 'decline'; reason: string | null },
  ): Promise<void> {
    const { id, number, registrationId } = recovery;
    await this.repository.setDecided(tx, id, { status: 'declined', accountId, reason });
    await this.tasks.close(tx, [callTask, agreeTask], id);
    await this.audit.record(tx, 'recovery.declined', {
      subjectId: id,
      registrationId,
      details: { number, because },
      personal: { reviewer: name, reason },
    });
    const { document } = await this.registrations.require(tx, registrationId);
    await this.mails.declined(tx, recovery, document);
  }

  private async lock(tx: Tx, id: string): Promise<{ recovery: RecoveryRow; reviewer: StaffActor }> {
    const { actor } = tx;
    const recovery = await this.repository.lock(tx, id);
    if (!recovery || actor.kind !== 'staff') throw new DomainError('not-found');
    return { recovery, reviewer: actor };
  }

  private async reread(tx: Tx, id: string): Promise<RecoveryResponse> {
    const row = await this.repository.find(tx, id);
    if (!row) throw new DomainError('not-found');
    return toResponse(row, (await this.registrations.require(tx, row.registrationId)).document);
  }
}

/** @throws DomainError `invalid` */
function assertProper(call: NoteCallDto, { department }: RecoveryRow): void {
  if (isNumberOfClaim(call.numberCalled, department)) {
    throw invalidField(
      '/numberCalled',
      'number-of-claim',
      '申出に書かれた番号では確認できません。自治体の公式サイトにある番号にお電話してください。',
    );
  }
  if (call.outcome !== 'no-answer' && call.spokeWith === null) {
    throw invalidField('/spokeWith', 'required', 'お話しした方の所属やお名前を入力してください。');
  }
}
