import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra } from '../../platform/text/japanese-date.js';
import { formatEnd, howToRead } from '../how-to-read.js';

export interface DigestParams {
  readonly municipality: string;
  /** Oldest first. */
  readonly items: readonly {
    readonly title: string;
    readonly summary: string;
    readonly category: string;
    readonly publishedAt: Date;
    readonly expiresAt: Date | null;
    readonly attachmentCount: number;
  }[];
}

/** To every mailbox of a municipality that wants one mail a day: what came since the last one. */
export function renderDigest({ municipality, items }: DigestParams, context: MailContext): RenderedMail {
  return {
    subject: `お知らせのまとめ（${items.length}件）`,
    body: layOut(
      addressee(`${municipality}　ご担当者様`),
      paragraph(
        `特別区全国連携プロジェクトからのお知らせを、まとめてお届けします。新しいお知らせは、${items.length}件です。`,
      ),
      ...items.map(({ title, summary, category, publishedAt, expiresAt, attachmentCount }, at) =>
        section(
          `${at + 1}　${title}`,
          paragraph(summary),
          inset(
            `分類　　${category}`,
            `掲載日　${formatDateWithEra(publishedAt)}`,
            ...(expiresAt === null ? [] : [`掲載　　${formatEnd(expiresAt)}まで`]),
            ...(attachmentCount === 0 ? [] : [`添付　　${attachmentCount}件（会員ページでご覧になれます）`]),
          ),
        ),
      ),
      howToRead({ until: null }, context),
      section(
        'お届けのしかた',
        paragraph(
          '1日1回まとめてお届けするか、そのつどお届けするかは、会員ページの「お知らせ」で、いつでも変えられます。',
        ),
      ),
      deskBlock(context.projectDesk),
    ),
  };
}
