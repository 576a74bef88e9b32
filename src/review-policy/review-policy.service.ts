import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Permission } from '../platform/access/permission.js';
import type { StaffActor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { declareTask } from '../platform/tasks/task-kind.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { CONTACT_LABELS } from '../registry/registration-text.js';
import { LOW_RISK_FIELDS, type LowRiskField } from './low-risk.policy.js';
import type {
  ProposeReviewPolicyDto,
  ReviewPolicyResponse,
  ReviewRuleResponse,
} from './review-policy.dto.js';
import { ReviewPolicyRepository, type ReviewPolicyRow } from './review-policy.repository.js';

export const agreeTask = declareTask('review-policy.agree', {
  role: 'admin',
  weight: 2,
  label: '確認を省く項目の変更への同意',
});

/** The rules for low-risk fields: staff see them, one admin proposes a change, another agrees to it. */
@Injectable()
export class ReviewPolicyService {
  constructor(
    private readonly database: Database,
    private readonly repository: ReviewPolicyRepository,
    private readonly tasks: Tasks,
    private readonly audit: Audit,
  ) {}

  async get(viewer: Viewer): Promise<ReviewPolicyResponse> {
    return this.database.transaction(viewer, Permission.ReadReviewPolicy, (tx) => this.read(tx));
  }

  /** For other rooms: what the rules let pass at once today. */
  inForce(tx: Tx): Promise<{ version: number; atOnce: LowRiskField[] }> {
    return this.repository.findInForce(tx);
  }

  /**
   * Proposes other rules, in place of a proposal that still waits.
   *
   * @throws DomainError `stale-version`
   */
  async propose(viewer: Viewer, version: number, dto: ProposeReviewPolicyDto): Promise<ReviewPolicyResponse> {
    return this.database.transaction(viewer, Permission.ChangeReviewPolicy, async (tx) => {
      const { admin, proposal } = await this.lock(tx, version);
      if (proposal) await this.dispose(tx, proposal, 'declined', admin);
      const id = uuidv7();
      const proposed = await this.repository.insertProposal(tx, { id, ...dto, accountId: admin.accountId });
      await this.audit.record(tx, 'review-policy.proposed', {
        subjectId: id,
        details: { version: proposed, atOnce: dto.atOnce },
        personal: null,
      });
      const title = `確認を省く項目　${wordsFor(dto.atOnce)}`;
      await this.tasks.open(tx, agreeTask, { subjectId: id, registrationId: null, title });
      return this.read(tx);
    });
  }

  /** @throws DomainError `no-proposal`, `second-person-needed`, `stale-version` */
  async agree(viewer: Viewer, version: number): Promise<ReviewPolicyResponse> {
    return this.database.transaction(viewer, Permission.ChangeReviewPolicy, async (tx) => {
      const { admin, proposal } = await this.lock(tx, version);
      if (!proposal) throw new DomainError('no-proposal');
      if (proposal.proposedByAccountId === admin.accountId) throw new DomainError('second-person-needed');
      await this.repository.supersede(tx);
      await this.dispose(tx, proposal, 'in_force', admin);
      await this.audit.record(tx, 'review-policy.agreed', {
        subjectId: proposal.id,
        details: { version: proposal.version, atOnce: proposal.atOnce },
        personal: null,
      });
      return this.read(tx);
    });
  }

  /** By any admin, also by whoever proposed it. @throws DomainError `no-proposal`, `stale-version` */
  async decline(viewer: Viewer, version: number): Promise<ReviewPolicyResponse> {
    return this.database.transaction(viewer, Permission.ChangeReviewPolicy, async (tx) => {
      const { admin, proposal } = await this.lock(tx, version);
      if (!proposal) throw new DomainError('no-proposal');
      await this.dispose(tx, proposal, 'declined', admin);
      await this.audit.record(tx, 'review-policy.declined', {
        subjectId: proposal.id,
        details: { version: proposal.version },
        personal: null,
      });
      return this.read(tx);
    });
  }

  private async lock(
    tx: Tx,
    version: number,
  ): Promise<{ admin: StaffActor; proposal: ReviewPolicyRow | undefined }> {
    if (tx.actor.kind !== 'staff') throw new DomainError('forbidden');
    await this.repository.lock(tx);
    if ((await this.repository.countSteps(tx)) !== version) throw new DomainError('stale-version');
    const live = await this.repository.listLive(tx);
    return { admin: tx.actor, proposal: live.find(({ status }) => status === 'proposed') };
  }

  private async dispose(
    tx: Tx,
    { id }: ReviewPolicyRow,
    status: 'in_force' | 'declined',
    { accountId }: StaffActor,
  ): Promise<void> {
    await this.repository.decide(tx, id, status, accountId);
    await this.tasks.close(tx, [agreeTask], id);
  }

  private async read(tx: Tx): Promise<ReviewPolicyResponse> {
    const live = await this.repository.listLive(tx);
    const inForce = live.find(({ status }) => status === 'in_force');
    if (!inForce) throw new Error('no review policy is in force');
    const proposal = live.find(({ status }) => status === 'proposed');
    return {
      version: await this.repository.countSteps(tx),
      rules: rulesOf(inForce.atOnce),
      inForceSince: inForce.decidedAt ?? inForce.proposedAt,
      proposal: proposal
        ? {
            version: proposal.version,
            rules: rulesOf(proposal.atOnce),
            reason: proposal.reason,
            proposedByAccountId: proposal.proposedByAccountId,
            proposedByName: proposal.proposedByName,
            proposedAt: proposal.proposedAt,
          }
        : null,
    };
  }
}

const labelOf = (field: LowRiskField): string => `担当者の${CONTACT_LABELS[field]}`;

const rulesOf = (atOnce: readonly LowRiskField[]): ReviewRuleResponse[] =>
  LOW_RISK_FIELDS.map((field) => ({
    field,
    label: labelOf(field),
    rule: atOnce.includes(field) ? 'at-once' : 'review',
  }));

const wordsFor = (atOnce: readonly LowRiskField[]): string => atOnce.map(labelOf).join('、') || 'なし';
