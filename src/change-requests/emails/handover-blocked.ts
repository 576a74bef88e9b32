import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra } from '../../platform/text/japanese-date.js';

export interface HandoverBlockedParams {
  readonly municipality: string;
  readonly number: string;
  /** Calendar date. */
  readonly effectiveOn: string;
}

/** To every mailbox that is registered: a handover's day has come, and it isn't in the registration yet. */
export function renderHandoverBlocked(params: HandoverBlockedParams, context: MailContext): RenderedMail {
  return {
    subject: `引継ぎの反映をお待ちいただいています（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトの担当者の引継ぎについて、届出のあとに登録の内容が変わったため、予定の日に反映できませんでした。登録は、いまのままです。',
      ),
      inset(`受付番号　　　　${params.number}`, `反映する予定日　${formatDateWithEra(params.effectiveOn)}`),
      section(
        'このあと',
        paragraph(
          '事務局が内容を確認し、結果をメールでお知らせします。お急ぎのときや、引継ぎの予定が変わったときは、お電話でお知らせください。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
