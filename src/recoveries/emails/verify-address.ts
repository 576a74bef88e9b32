import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import { groupDigits } from '../../platform/mail/mail-text.js';
import { CODE_SLOT, type MailContext, type RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra, lastWholeDayBefore } from '../../platform/text/japanese-date.js';

export interface VerifyAddressParams {
  readonly municipality: string;
  /** Of the verification, for a person to type. */
  readonly number: string;
  readonly email: string;
  readonly expiresAt: Date;
}

/** To the mailbox that somebody claims for a municipality. It says nothing of the registration. */
export function renderVerifyAddress(params: VerifyAddressParams, context: MailContext): RenderedMail {
  return {
    subject: `メールアドレスの確認のお願い（${params.municipality}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトに、連絡先の回復のお申し出がありました。次のメールアドレスを、新しい連絡先とするお申し出です。',
      ),
      inset(params.email),
      paragraph(
        '正しければ、次のウェブアドレスをブラウザーに入力し、番号とコードを入れてください。ログインは必要ありません。',
      ),
      inset(`${context.publicUrl}/v`),
      section('番号とコード', inset(`番号　　${groupDigits(params.number, 3)}`, `コード　${CODE_SLOT}`)),
      paragraph(`期限は、${formatDateWithEra(lastWholeDayBefore(params.expiresAt))}です。`),
      section(
        'このあと',
        paragraph(
          'コードの入力がすむと、事務局が、自治体の公式サイトにある番号にお電話で確認し、結果をメールでお知らせします。',
        ),
      ),
      section(
        '何もしなかったとき',
        paragraph('期限までにコードの入力がないと、このお申し出は期限切れになり、登録は変わりません。'),
      ),
      section('心当たりがないとき', paragraph('入力せずに、お電話でお知らせください。')),
      deskBlock(context.registrationDesk),
    ),
  };
}
