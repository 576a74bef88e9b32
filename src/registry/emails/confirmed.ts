import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
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
  const byPhone = params.method === 'phone';
  return {
    subject: `登録内容の確認を受け付けました（${params.municipality}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        `特別区全国連携プロジェクトの登録内容について、${byPhone ? 'お電話で、' : ''}「変更はありません」とのご回答を受け付けました。ありがとうございました。`,
      ),
      inset(
        `受付日時　${formatDateTimeJa(params.at)}`,
        byPhone ? `受付　${params.name}（お電話）` : `回答された方　${params.name} 様`,
      ),
      section('確認された内容', inset(registrationText(params.document))),
      section(
        '違うところがあるとき',
        paragraph(
          '登録の内容に違うところがあるときや、この回答に心当たりがないときは、お電話でお知らせください。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
