import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateTimeJa } from '../../platform/text/japanese-date.js';

export interface ClaimedParams {
  readonly municipality: string;
  readonly number: string;
  readonly at: Date;
}

/** To every registered mailbox, at once: somebody says that none of them is read any more. No word of the claim. */
export function renderClaimed(params: ClaimedParams, context: MailContext): RenderedMail {
  return {
    subject: `連絡先の回復のお申し出がありました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトの登録について、連絡先の回復のお申し出がありました。登録されたアドレスが使えなくなった、または、担当者が全員異動したとのお申し出です。登録はまだ変わっていません。',
      ),
      inset(`受付番号　${params.number}`, `受付日時　${formatDateTimeJa(params.at)}`),
      section(
        'このあと',
        paragraph(
          '事務局が、自治体の公式サイトにある番号にお電話し、お申し出が正しいかどうかを確認します。確認できるまで、登録は変わりません。結果は、メールでお知らせします。',
        ),
      ),
      section(
        '心当たりがないとき',
        paragraph(
          'このメールをお読みの方がいまも担当されているときや、お申し出に心当たりがないときは、すぐにお電話でお知らせください。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
