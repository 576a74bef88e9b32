import { deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateTimeJa } from '../../platform/text/japanese-date.js';
import type { RegistrationDocument } from '../registration-document.js';
import { registrationText } from '../registration-text.js';

export interface ConfirmedParams {
  readonly municipality: string;
  readonly name: string;
  readonly at: Date;
  readonly method: 'confirmation' | 'phone';
  readonly document: RegistrationDocument;
}

/** To every mailbox of the registration, after somebody said that all of it is right. */
export function renderConfirmed(params: ConfirmedParams, context: MailContext): RenderedMail {
  const how = params.method === 'phone' ? 'お電話で' : '';
  return {
    subject: `登録内容の確認を受け付けました（${params.municipality}）`,
    body: layOut(
      `${params.municipality}　ご担当者様`,
      paragraph(
        `${formatDateTimeJa(params.at)}に、${how}「変更はありません」とのご回答を受け付けました。ありがとうございました。`,
      ),
      inset(`回答された方　${params.name} 様`),
      section('確認された内容', inset(registrationText(params.document))),
      section(
        '心当たりがないとき',
        paragraph('このままでは正しくないときや、回答に心当たりがないときは、お電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
