import { addressee, deskBlock, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra } from '../../platform/text/japanese-date.js';
import { howToRead } from '../how-to-read.js';

export interface FollowUpParams {
  readonly municipality: string;
  readonly title: string;
  readonly summary: string;
  readonly publishedAt: Date;
  readonly expiresAt: Date | null;
  /** What was acknowledged before a correction counts no longer. */
  readonly askedAgain: boolean;
}

/** To those who haven't acknowledged it, each once. */
export function renderFollowUp(params: FollowUpParams, context: MailContext): RenderedMail {
  return {
    subject: `再度のお願い：${params.title}`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        `${formatDateWithEra(params.publishedAt)}に掲載したお知らせ${params.askedAgain ? 'の、訂正後の内容' : ''}を、まだご確認いただいていないようです。お忙しいところ恐れ入りますが、ご確認をお願いします。`,
      ),
      section(params.title, paragraph(params.summary)),
      howToRead({ until: params.expiresAt }, context),
      paragraph(
        `行き違いでご確認いただいていましたら、ご容赦ください。このお願いは、${params.askedAgain ? '訂正後の内容について、' : ''}一度だけお送りしています。`,
      ),
      deskBlock(context.projectDesk),
    ),
  };
}
