import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { TextField } from '../platform/http/fields.js';
import { LOW_RISK_FIELDS, type LowRiskField, type ReviewRule } from './low-risk.policy.js';

export class ProposeReviewPolicyDto {
  /** Fields of a person that change at once; all others wait for a look. @example ["title", "extension"] */
  @IsIn(LOW_RISK_FIELDS, { each: true })
  @ArrayUnique()
  @ArrayMaxSize(LOW_RISK_FIELDS.length)
  @IsArray()
  atOnce: LowRiskField[];

  /** Why, for the second admin and for the trail. @example 年度初めの異動を早く反映するためです。 */
  @TextField({ max: 500, multiline: true })
  reason: string;
}

export class ReviewRuleResponse {
  /** @example title */
  field: LowRiskField;
  /** @example 担当者の職名 */
  label: string;
  /** @example at-once */
  rule: ReviewRule;
}

export class ReviewPolicyProposalResponse {
  /** @example 2 */
  version: number;
  rules: ReviewRuleResponse[];
  /** @example 年度初めの異動を早く反映するためです。 */
  reason: string | null;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  proposedByAccountId: string | null;
  /** @example "堀越 直央" */
  proposedByName: string | null;
  /** @example 2026-11-22T01:58:00.000Z */
  proposedAt: Date;
}

export class ReviewPolicyResponse {
  /** Grows with every proposal and decision; also the `ETag`. @example 2 */
  version: number;
  /** What holds now; every field that isn't listed here always waits for a look. */
  rules: ReviewRuleResponse[];
  /** @example 2026-11-22T01:58:00.000Z */
  inForceSince: Date;
  /** What a second admin has yet to agree to. */
  proposal: ReviewPolicyProposalResponse | null;
}
