import { inset, paragraph, section } from '../platform/mail/mail-layout.js';
import type { MailContext } from '../platform/outbox/message.js';
import {
  formatDateTimeJa,
  formatDateWithEra,
  lastWholeDayBefore,
  tokyoTime,
} from '../platform/text/japanese-date.js';

interface HowToRead {
  /** When it ends; null for one without an end, and for several. */
  readonly until: Date | null;
  /** What somebody acknowledged before still counts. */
  readonly mayHaveAcknowledged?: boolean;
}

/** Where the whole text is, and how to get there by typing alone: a gateway may have taken every link away. */
export function howToRead(
  { until, mayHaveAcknowledged = false }: HowToRead,
  { publicUrl }: MailContext,
): string {
  return section(
    '全文のご覧のしかた',
    paragraph(
      '会員ページの「お知らせ」でご覧になれます。次のアドレスをブラウザーに入力し、このメールを受け取ったアドレスでログインしてください。',
    ),
    inset(publicUrl),
    paragraph(
      mayHaveAcknowledged
        ? 'まだ「確認しました」を押していない自治体は、お読みになったあとに、お知らせの画面で押してください。すでに押していただいた自治体は、もう一度押す必要はありません。'
        : 'お読みになりましたら、お知らせの画面で「確認しました」を押してください。どなたかお一人が押せば、貴自治体として確認済みになります。',
    ),
    ...(until === null ? [] : [paragraph(`掲載は、${formatEnd(until)}までです。`)]),
  );
}

/** The last day of it, or the minute where it ends in the middle of a day. */
export const formatEnd = (end: Date): string =>
  tokyoTime(end) === '00:00' ? formatDateWithEra(lastWholeDayBefore(end)) : formatDateTimeJa(end);
