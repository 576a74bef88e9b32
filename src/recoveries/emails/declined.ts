import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';

export interface DeclinedParams {
  readonly municipality: string;
  readonly number: string;
}

/** To every registered mailbox and to the claimed one: the same words, since nothing has changed for anybody. */
export function renderDeclined(params: DeclinedParams, context: MailContext): RenderedMail {
  return {
    subject: `連絡先の回復のお申し出の結果（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトの連絡先の回復のお申し出について、確認の結果、登録に反映しないこととしました。登録は変わっていません。',
      ),
      inset(`受付番号　${params.number}`),
      section(
        'お困りのとき',
        paragraph('登録されたアドレスが使えず、お困りのときは、お電話でお知らせください。'),
      ),
      section(
        '心当たりがないとき',
        paragraph('手続きは必要ありません。お気付きのことがあれば、お電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
