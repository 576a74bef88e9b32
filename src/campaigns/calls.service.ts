import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import { OFFICE, type StaffActor, type Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { judgeCall } from './call.policy.js';
import { CallsRepository, type CalledTarget } from './calls.repository.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { TEMPLATE_LABELS } from './ladder.js';
import type { CallListQuery, CallListResponse, RecordTargetCallDto, TakeCallDto } from './target.dto.js';

/** 電話リスト and 郵送リスト: where a mail doesn't do, people ask. */
@Injectable()
export class CallsService {
  constructor(
    private readonly database: Database,
    private readonly repository: CallsRepository,
    private readonly campaigns: CampaignsRepository,
    private readonly registrations: RegistrationsService,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `not-found` */
  async list(viewer: Viewer, campaignId: string, { way }: CallListQuery): Promise<CallListResponse> {
    return this.database.transaction(viewer, Permission.CallForCampaign, async (tx) => {
      if (!(await this.campaigns.find(tx, campaignId))) throw new DomainError('not-found');
      const rows = await this.repository.list(tx, campaignId, way);
      await noteReads(
        tx,
        'campaign.calls',
        rows.map(({ registrationId }) => ({ id: registrationId, registrationId })),
      );
      return {
        items: rows.map((row) => ({
          ...row,
          mails: row.mails.map((mail) => ({ ...mail, label: TEMPLATE_LABELS[mail.template] })),
          calls: [...row.calls],
        })),
      };
    });
  }

  /**
   * Writes down what came of a call or a letter. Where somebody said that it is all right, that confirms the
   * registration; where some of it is, those fields.
   *
   * @throws DomainError `target-ended`, `stale-version` where something else is registered than what was read out,
   *   `invalid`, `not-found`
   */
  async record(
    viewer: Viewer,
    campaignId: string,
    registrationId: string,
    dto: RecordTargetCallDto,
  ): Promise<void> {
    await this.database.transaction(viewer, Permission.CallForCampaign, async (tx) => {
      const staff = staffOf(tx);
      // As an answer locks them: the registration first.
      await this.registrations.lock(tx, registrationId);
      await this.requireOpen(tx, campaignId, registrationId);
      const errors = judgeCall(dto, tx.today);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      await this.repository.insert(tx, campaignId, registrationId, dto, staff.accountId);
      if (dto.way === 'phone') await this.repository.setNext(tx, campaignId, registrationId, dto.nextOn);
      await this.takeAtTheirWord(tx, registrationId, dto);
      await this.audit.record(tx, 'campaign.called', {
        subjectId: campaignId,
        registrationId,
        details: { way: dto.way, outcome: dto.outcome, nextOn: dto.nextOn },
        personal: { note: dto.note, by: staff.name },
      });
    });
  }

  /** Takes a municipality on, also from somebody else: people fall ill. @throws DomainError `target-ended`, `not-found` */
  async take(
    viewer: Viewer,
    campaignId: string,
    registrationId: string,
    { mine }: TakeCallDto,
  ): Promise<void> {
    await this.database.transaction(viewer, Permission.CallForCampaign, async (tx) => {
      await this.requireOpen(tx, campaignId, registrationId);
      await this.repository.setOwner(tx, campaignId, registrationId, mine ? staffOf(tx).accountId : null);
    });
  }

  private async takeAtTheirWord(
    tx: Tx,
    registrationId: string,
    { outcome, version, pointers }: RecordTargetCallDto,
  ): Promise<void> {
    if (outcome !== 'confirmed' && outcome !== 'partly-confirmed') return;
    if (version === undefined) {
      throw invalidField(
        '/version',
        'required',
        'どの登録内容を読み上げたかが分かりません。画面を開き直してください。',
      );
    }
    if (outcome === 'partly-confirmed') {
      await this.registrations.freshenByPhone(tx, registrationId, version, pointers ?? []);
      return;
    }
    const { name } = staffOf(tx);
    await this.registrations.confirmWithin(tx, registrationId, version, {
      name: OFFICE,
      recordedAs: name,
      method: 'phone',
    });
  }

  private async requireOpen(tx: Tx, campaignId: string, registrationId: string): Promise<CalledTarget> {
    const target = await this.repository.lock(tx, campaignId, registrationId);
    if (!target) throw new DomainError('not-found');
    if (!target.open) throw new DomainError('target-ended');
    return target;
  }
}

function staffOf({ actor }: Tx): StaffActor {
  if (actor.kind !== 'staff') throw new DomainError('forbidden');
  return actor;
}
