import { addDays } from '../platform/calendar/business-calendar.js';
import { invalidField } from '../platform/http/domain-error.js';
import { assertPeriod } from '../platform/http/period.js';
import type { SnapshotScope } from './freshness-snapshot.entity.js';

/** More than these nobody tells apart on a screen. */
export const MOST_POINTS = 110;
const WEEK = 7;
/** Of a course whose beginning isn't given: 52 weeks and the day itself. */
const USUAL_DAYS = 52 * WEEK;

export interface CoursePeriod {
  /** `YYYY-MM-DD`, both ends included. */
  readonly from: string;
  readonly to: string;
  readonly step: 'day' | 'week';
}

/**
 * @param today `YYYY-MM-DD`, the end where none is given
 * @returns day by day as long as these are few enough, else a week at a time
 * @throws DomainError `invalid` for an impossible date, a period that ends before it begins, or one of over two years
 */
export function periodOf(query: { from?: string; to?: string }, today: string): CoursePeriod {
  assertPeriod(query);
  const to = query.to ?? today;
  const from = query.from ?? addDays(to, -USUAL_DAYS);
  assertPeriod({ from, to });
  const days = daysBetween(from, to) + 1;
  if (days > MOST_POINTS * WEEK) {
    throw invalidField('/from', 'period-too-long', `期間は、${MOST_POINTS}週間以内にしてください。`);
  }
  return { from, to, step: days > MOST_POINTS ? 'week' : 'day' };
}

/** @returns how many days a step takes */
export const daysOf = ({ step }: CoursePeriod): number => (step === 'week' ? WEEK : 1);

interface Whose {
  readonly prefecture?: string;
  readonly association?: string;
  readonly field?: string;
}

/** @throws DomainError `invalid` where more than one is named: what belongs to two at once isn't recorded */
export function subjectOf({ prefecture, association, field }: Whose): { scope: SnapshotScope; key: string } {
  const named = Object.entries({ prefecture, association, field }).filter(([, key]) => key !== undefined);
  if (named.length > 1) {
    const [last = ''] = named.at(-1) ?? [];
    throw invalidField(
      `/${last}`,
      'one-only',
      '都道府県、市長会・町村会、項目のうち、1つだけを指定してください。',
    );
  }
  const [[scope, key] = ['all', '']] = named;
  return { scope: scope as SnapshotScope, key: key ?? '' };
}

const DAY_MS = 24 * 60 * 60 * 1000;

const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
