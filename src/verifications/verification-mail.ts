import { addressee, deskBlock, inset, layOut, paragraph, section } from '../platform/mail/mail-layout.js';
import { groupDigits } from '../platform/mail/mail-text.js';
import { CODE_SLOT, type MailContext, type RenderedMail } from '../platform/outbox/message.js';
import { formatDateWithEra, lastWholeDayBefore } from '../platform/text/japanese-date.js';

export interface VerifyAddressParams {
  readonly municipality: string;
  /** Of the verification, for a person to type. */
  readonly number: string;
  readonly email: string;
  readonly expiresAt: Date;
}

/**
 * The mail that a new mailbox gets, whatever it is for: what to type, where and until when. It says nothing of a
 * registration, since nobody knows yet who reads it.
 *
 * @param words why it comes, and what happens with and without an answer
 */
export function askToVerify(
  { municipality, number, email, expiresAt }: VerifyAddressParams,
  words: { readonly why: string; readonly next?: string; readonly otherwise: string },
  { publicUrl, registrationDesk }: MailContext,
): RenderedMail {
  return {
    subject: `メールアドレスの確認のお願い（${municipality}）`,
    body: layOut(
      addressee(`${municipality}　ご担当者様`),
      paragraph(words.why),
      inset(email),
      paragraph(
        '正しければ、次のウェブアドレスをブラウザーに入力し、番号とコードを入れてください。ログインは必要ありません。',
      ),
      inset(`${publicUrl}/v`),
      section('番号とコード', inset(`番号　　${groupDigits(number, 3)}`, `コード　${CODE_SLOT}`)),
      paragraph(`期限は、${formatDateWithEra(lastWholeDayBefore(expiresAt))}です。`),
      words.next === undefined ? null : section('このあと', paragraph(words.next)),
      section('何もしなかったとき', paragraph(words.otherwise)),
      section('心当たりがないとき', paragraph('入力せずに、お電話でお知らせください。')),
      deskBlock(registrationDesk),
    ),
  };
}
