import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import type { Change } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { LOW_RISK_FIELDS, lowRiskFieldOf, mayAllPassAtOnce } from '../review-policy/low-risk.policy.js';
import { ReviewPolicyService } from '../review-policy/review-policy.service.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import { ChangeRequestApplier } from './change-request.applier.js';
import { without } from './change-request.policy.js';
import type { ChangeRequestRow } from './change-requests.repository.js';

/** What the rules look at. */
export type AtOnceQuestion = Pick<
  ChangeRequestRow,
  'kind' | 'status' | 'changes' | 'base' | 'registrationId'
>;

/** Lets a municipality's change count at once where the rules for low-risk fields allow it for every part. */
@Injectable()
export class AtOnce {
  constructor(
    private readonly policy: ReviewPolicyService,
    private readonly verifications: VerificationsService,
    private readonly applier: ChangeRequestApplier,
    private readonly audit: Audit,
  ) {}

  /** @returns whether it was applied */
  async applyIfAllowed(tx: Tx, request: ChangeRequestRow): Promise<boolean> {
    const ruleVersion = await this.allowedBy(tx, request);
    if (ruleVersion === null) return false;
    const registrationVersion = await this.applier.apply(tx, request, {
      base: request.base,
      baseVersion: request.baseVersion,
      document: request.proposed,
      refused: [],
      status: { status: 'approved', decision: { accountId: null, ruleVersion, reason: null } },
      decidedBy: null,
      reason: null,
    });
    await this.audit.record(tx, 'change-request.applied-at-once', {
      subjectId: request.id,
      registrationId: request.registrationId,
      details: {
        number: request.number,
        registrationVersion,
        pointers: request.changes.map(({ pointer }) => pointer),
        ruleVersion,
      },
      personal: { name: request.proposedByName },
    });
    return true;
  }

  /** @returns the version of the rules that allow all of it, or null */
  async allowedBy(tx: Tx, request: AtOnceQuestion): Promise<number | null> {
    const { actor } = tx;
    if (actor.kind !== 'member' || request.kind !== 'change' || request.status !== 'under_review')
      return null;
    // Most requests hold something that no rule lets pass: those cost no question.
    if (!mayAllPassAtOnce(request.changes, LOW_RISK_FIELDS)) return null;
    const { version, atOnce } = await this.policy.inForce(tx);
    if (!mayAllPassAtOnce(request.changes, atOnce)) return null;
    const unproved = without(mailboxesBehind(request.changes, request.base), [actor.mailbox]);
    if (unproved.length === 0) return version;
    const verified = await this.verifications.verifiedMailboxes(tx, request.registrationId);
    return without(unproved, verified).length === 0 ? version : null;
  }
}

/** @returns the mailbox of each person who is changed: their own, else their department's */
function mailboxesBehind(changes: readonly Change[], base: RegistrationDocument): string[] {
  const people = new Set(changes.map((change) => lowRiskFieldOf(change)?.contactId));
  return base.contacts
    .filter(({ id }) => people.has(id))
    .map(({ email, departmentId }) => email ?? departmentMailbox(base, departmentId));
}

const departmentMailbox = ({ departments }: RegistrationDocument, departmentId: string): string =>
  departments.find(({ id }) => id === departmentId)?.email ?? '';
