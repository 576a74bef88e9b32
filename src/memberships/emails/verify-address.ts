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

/** To each mailbox of an application. Anybody can have typed it, so it says nothing of who did and what else. */
export function renderVerifyAddress(params: VerifyAddressParams, context: MailContext): RenderedMail {
  return {
    subject: `メールアドレスの確認のお願い（${params.municipality}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        `特別区全国連携プロジェクトに、${params.municipality}の会員登録のお申込みがありました。次のメールアドレスが、連絡先として記入されています。`,
      ),
      inset(params.email),
      paragraph(
        '正しければ、次のウェブアドレスをブラウザーに入力し、番号とコードを入れてください。ログインは必要ありません。',
      ),
      inset(`${context.publicUrl}/v`),
      section('番号とコード', inset(`番号　　${groupDigits(params.number, 3)}`, `コード　${CODE_SLOT}`)),
      paragraph(`期限は、${formatDateWithEra(lastWholeDayBefore(params.expiresAt))}です。`),
      section(
        '何もしなかったとき',
        paragraph(
          '期限までにコードの入力がないと、このお申込みは期限切れになり、登録の手続きには進みません。',
        ),
      ),
      section('心当たりがないとき', paragraph('入力せずに、お電話でお知らせください。')),
      deskBlock(context.registrationDesk),
    ),
  };
}
