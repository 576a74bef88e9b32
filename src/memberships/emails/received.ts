import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import type { RegistrationDocument } from '../../registry/registration-document.js';
import { registrationText } from '../../registry/registration-text.js';

export interface ReceivedParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
  readonly document: RegistrationDocument;
  readonly comment: string | null;
}

/** To the applicant's mailbox, when every mailbox of the application has answered. */
export function renderReceived(params: ReceivedParams, context: MailContext): RenderedMail {
  return {
    subject: `登録のお申込みを受け付けました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(params.municipality, `${params.name} 様`),
      paragraph(
        '特別区全国連携プロジェクトへの会員登録のお申込みを受け付けました。ご記入いただいたメールアドレスの確認は、すべてすみました。',
      ),
      inset(`受付番号　${params.number}`),
      section('このあと', paragraph('事務局がお申込みの内容を確認し、結果をメールでお知らせします。')),
      section('お申込みの内容', inset(registrationText(params.document))),
      params.comment === null ? null : section('事務局へのご連絡', paragraph(params.comment)),
      section(
        '違うところがあるとき',
        paragraph('内容に違うところがあるとき、お申込みに心当たりがないときは、お電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
