import type { ReactNode } from 'react';
import {
  fiscalYear,
  formatDateJa,
  formatDateTimeJa,
  formatDateWithEra,
  lastWholeDayBefore,
  tokyoDate,
} from '../../../src/platform/text/japanese-date';

/** A mailbox, which breaks before its @ and nowhere else. */
export function Mailbox({ children }: { readonly children: string }): ReactNode {
  const at = children.lastIndexOf('@');
  if (at < 1) return children;
  return (
    <span className="mailbox">
      <span>{children.slice(0, at)}</span>
      <wbr />
      <span>{children.slice(at)}</span>
    </span>
  );
}

/** `YYYY-MM-DD` today in Japan. */
export const today = (): string => tokyoDate(new Date());

/** `4月8日（木）`, with the year where it is another than today's. */
export function shortDate(when: string): string {
  const full = formatDateJa(when.length > 10 ? new Date(when) : when);
  return full.replace(`${today().slice(0, 4)}年`, '');
}

/** `4月8日（木）10時44分`, with the year where it is another than today's. */
export const shortDateTime = (when: string): string =>
  formatDateTimeJa(new Date(when)).replace(`${today().slice(0, 4)}年`, '');

/** `2026年4月17日（金）／令和8年` */
export function dateWithEra(when: string): string {
  const date = when.length > 10 ? new Date(when) : when;
  const era = /（([^年]+年)）/.exec(formatDateWithEra(date))?.[1];
  return era === undefined ? formatDateJa(date) : `${formatDateJa(date)}／${era}`;
}

export { fiscalYear, formatDateJa, formatDateTimeJa, tokyoDate };

/** The last day on which something can still be done, as mails tell it, too. */
const untilDate = (when: string): string => shortDate(lastWholeDayBefore(new Date(when)));

/**
 * A date or an instant for people, with its value for programs. `until` is for what lapses at an instant: the day
 * before it counts.
 */
export function When({
  at,
  as = 'short',
}: {
  readonly at: string;
  readonly as?: 'short' | 'time' | 'era' | 'until';
}): ReactNode {
  const text = { short: shortDate, time: shortDateTime, era: dateWithEra, until: untilDate }[as](at);
  return (
    <time dateTime={at} className="nb">
      {text}
    </time>
  );
}

const TONES = { plain: '', warn: ' warn', ok: ' ok', key: ' key', bad: ' bad' } as const;

export function Tag({
  tone = 'plain',
  children,
}: {
  readonly tone?: keyof typeof TONES;
  readonly children: ReactNode;
}): ReactNode {
  return <span className={`tag${TONES[tone]}`}>{children}</span>;
}

/** For screen readers only. */
export const Hidden = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <span className="sr-only">{children}</span>
);
