import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { howToRead } from '../how-to-read.js';

export interface CorrectedParams {
  readonly municipality: string;
  readonly title: string;
  readonly summary: string;
  /** What was corrected, as the editor put it. */
  readonly note: string;
  /** Earlier acknowledgements no longer count. */
  readonly askAgain: boolean;
  readonly expiresAt: Date | null;
}

/** To those who were told before: what was corrected, at once whatever they chose. */
export function renderCorrected(params: CorrectedParams, context: MailContext): RenderedMail {
  return {
    subject: `訂正のお知らせ：${params.title}`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph('先にお届けした次のお知らせについて、内容を訂正しました。おわび申し上げます。'),
      inset(params.title),
      section('訂正したところ', paragraph(params.note)),
      section('訂正後の要約', paragraph(params.summary)),
      params.askAgain
        ? paragraph('すでに「確認しました」を押していただいた場合も、訂正後の内容をもう一度ご確認ください。')
        : null,
      howToRead({ until: params.expiresAt, mayHaveAcknowledged: !params.askAgain }, context),
      deskBlock(context.projectDesk),
    ),
  };
}
