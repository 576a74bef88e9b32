import type { Change } from '../registry/registration-diff.js';

/** Fields of a person that rules may let change at once; no other ever. Without them nobody gains or loses access. */
export const LOW_RISK_FIELDS = ['name', 'kana', 'title', 'extension'] as const;
export type LowRiskField = (typeof LOW_RISK_FIELDS)[number];

/** `review`: a member of staff looks first. `at-once`: it counts at once, and staff look over it afterwards. */
export type ReviewRule = 'review' | 'at-once';

const POINTER = /^\/contacts\/([^/]+)\/([A-Za-z]+)$/;

/** @returns the low-risk field that a change is about, and whose; null for every other change */
export function lowRiskFieldOf(change: Change): { contactId: string; field: LowRiskField } | null {
  const [, contactId, name] = POINTER.exec(change.pointer) ?? [];
  const field = LOW_RISK_FIELDS.find((candidate) => candidate === name);
  return change.kind === 'changed' && contactId !== undefined && field ? { contactId, field } : null;
}

/** @param atOnce the fields that the rules in force let change at once */
export function ruleOf(change: Change, atOnce: readonly LowRiskField[]): ReviewRule {
  const lowRisk = lowRiskFieldOf(change);
  return lowRisk && atOnce.includes(lowRisk.field) ? 'at-once' : 'review';
}

/** One change that somebody has to look at holds up all of them. */
export const mayAllPassAtOnce = (changes: readonly Change[], atOnce: readonly LowRiskField[]): boolean =>
  changes.length > 0 && changes.every((change) => ruleOf(change, atOnce) === 'at-once');
