import { inset, paragraph, section } from '../platform/mail/mail-layout.js';
import type { MailContext } from '../platform/outbox/message.js';
import { formatDateWithEra, lastWholeDayBefore } from '../platform/text/japanese-date.js';

/** Where the whole text is, and how to get there by typing alone: a gateway may have taken every link away. */
export function howToRead({ until }: { readonly until: Date | null }, { publicUrl }: MailContext): string {
  return section(
    '全文のご覧のしかた',
    paragraph(
      '会員ページの「お知らせ」でご覧になれます。次のアドレスをブラウザーに入力し、このメールを受け取ったアドレスでログインしてください。',
    ),
    inset(publicUrl),
    paragraph(
      'お読みになりましたら、お知らせの画面で「確認しました」を押してください。どなたかお一人が押せば、貴自治体として確認済みになります。',
    ),
    ...(until === null
      ? []
      : [paragraph(`掲載は、${formatDateWithEra(lastWholeDayBefore(until))}までです。`)]),
  );
}
