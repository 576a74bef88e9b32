import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import type { RegistrationDocument } from '../registration-document.js';
import { registrationText } from '../registration-text.js';

export interface RegisteredParams {
  readonly municipality: string;
  readonly document: RegistrationDocument;
  /** 受付番号 of its application; null where staff registered it on their own word. */
  readonly receiptNumber: string | null;
  /** It had been a member before. */
  readonly returning: boolean;
}

/** To every mailbox of a municipality that has just been registered: an invitation to use the portal. */
export function renderRegistered(params: RegisteredParams, context: MailContext): RenderedMail {
  return {
    subject: `会員登録のお知らせ（${params.municipality}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(leadOf(params)),
      params.receiptNumber === null ? null : inset(`受付番号　${params.receiptNumber}`),
      section('登録の内容', inset(registrationText(params.document))),
      section(
        '会員用ホームページの使い方',
        paragraph(
          '次のウェブアドレスをブラウザーに入力し、このメールを受け取ったメールアドレスを入力してください。届いたコードでログインできます。パスワードは必要ありません。',
        ),
        inset(context.publicUrl),
      ),
      section('違うところがあるとき', paragraph('ログインして変更届を出すか、お電話でお知らせください。')),
      section(
        'このメールについて',
        paragraph(
          'このメールアドレスが、担当部署または担当者のアドレスとして登録されたため、お送りしました。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}

function leadOf({ municipality, receiptNumber, returning }: RegisteredParams): string {
  const applied = receiptNumber === null ? '' : 'お申込みの内容を確認し、';
  const registered = returning ? 'の会員として、改めて登録しました。' : 'の会員として登録しました。';
  return `${applied}${municipality}を、特別区全国連携プロジェクト${registered}`;
}
