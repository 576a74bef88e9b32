import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra } from '../../platform/text/japanese-date.js';
import { howToRead } from '../how-to-read.js';

export interface PublishedParams {
  readonly municipality: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  /** Names of the files that go with it. */
  readonly attachments: readonly string[];
  readonly publishedAt: Date;
  readonly expiresAt: Date | null;
}

/** To every mailbox of those it is meant for, as soon as it is out: what it is about, and where the rest is. */
export function renderPublished(params: PublishedParams, context: MailContext): RenderedMail {
  return {
    subject: `${params.category}：${params.title}`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph('特別区全国連携プロジェクトから、お知らせします。'),
      section(params.title, paragraph(params.summary), aboutIt(params)),
      howToRead({ until: params.expiresAt }, context),
      deskBlock(context.projectDesk),
    ),
  };
}

function aboutIt({ category, publishedAt, attachments }: PublishedParams): string {
  return inset(
    `分類　　${category}`,
    `掲載日　${formatDateWithEra(publishedAt)}`,
    ...(attachments.length > 0 ? [`添付　　${attachments.length}件（会員ページでご覧になれます）`] : []),
  );
}
