import type { RegistrationResponse } from '../../api/schema';
import { monthsText } from '../../ui/months';
import { dateWithEra, shortDate } from '../../ui/text';

/** One confirmation of a field, as the API tells it. */
export interface Confirmed {
  readonly at: string;
  readonly by: string;
  readonly method: string;
}

/** What counts as fresh, as the office has set it and the API tells it. */
export type FreshnessRule = Pick<RegistrationResponse, 'freshMonths' | 'freshSince'>;

export const isStale = (at: string, { freshSince }: FreshnessRule): boolean =>
  new Date(at) < new Date(freshSince);

/** `1年以上前` */
export const staleText = ({ freshMonths }: Pick<FreshnessRule, 'freshMonths'>): string =>
  `${monthsText(freshMonths)}以上前`;

/** How somebody came to know that it was right, in words. */
export function saidBy({ by, method }: Confirmed): string {
  switch (method) {
    case 'confirmation':
      return `${by}さんが「変更なし」と回答`;
    case 'change':
      return `${by}さんの変更届を反映`;
    case 'phone':
      return `電話で確認、${by}`;
    default:
      return by;
  }
}

type Registration = Pick<RegistrationResponse, 'freshness' | 'contacts'>;

const asConfirmed = (value: unknown): Confirmed | null => (value as Confirmed | undefined) ?? null;

export const freshnessOf = (registration: Registration, pointer: string): Confirmed | null =>
  asConfirmed(registration.freshness[pointer]);

/** @returns the oldest of several fields, which is how far the whole can be trusted; null when one is unknown */
export function oldestOf(registration: Registration, pointers: readonly string[]): Confirmed | null {
  const found = pointers.map((pointer) => freshnessOf(registration, pointer));
  if (found.length === 0 || found.includes(null)) return null;
  return (found as Confirmed[]).reduce((oldest, next) => (next.at < oldest.at ? next : oldest));
}

/** @returns the newest confirmation in a department, its people included: what the line below its name says */
export function newestIn(registration: Registration, departmentId: string): Confirmed | null {
  const people = registration.contacts
    .filter((contact) => contact.departmentId === departmentId)
    .map(({ id }) => `/contacts/${id}/`);
  const prefixes = [`/departments/${departmentId}/`, ...people];
  const found = Object.entries(registration.freshness)
    .filter(([pointer]) => prefixes.some((prefix) => pointer.startsWith(prefix)))
    .map(([, value]) => asConfirmed(value) as Confirmed);
  return found.reduce<Confirmed | null>(
    (newest, next) => (newest === null || next.at > newest.at ? next : newest),
    null,
  );
}

/** What a field says of itself beside a department's line: nothing where that line is true of it, too. */
export function fieldNote(
  own: Confirmed | null,
  department: Confirmed | null,
  rule: FreshnessRule,
): string | null {
  if (department === null) return null;
  if (own === null) return '確認した日の記録がありません';
  if (own.at.slice(0, 10) === department.at.slice(0, 10)) return null;
  return `最終確認 ${shortDate(own.at)}${isStale(own.at, rule) ? `（${staleText(rule)}）` : ''}`;
}

export const confirmedText = (confirmed: Confirmed): string =>
  `最終確認 ${dateWithEra(confirmed.at)}（${saidBy(confirmed)}）`;
