import {
  addressee,
  deskBlock,
  honoured,
  inset,
  layOut,
  paragraph,
  section,
} from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';

export interface WithdrawnParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
}

/** To every mailbox that is registered: the change request was taken back. */
export function renderWithdrawn(params: WithdrawnParams, context: MailContext): RenderedMail {
  return {
    subject: `変更届が取り下げられました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトの登録情報の変更届が、取り下げられました。登録の内容は変わっていません。',
      ),
      inset(`受付番号　　　${params.number}`, `取り下げた方　${honoured(params.name)}`),
      section('心当たりがないとき', paragraph('お電話でお知らせください。')),
      deskBlock(context.registrationDesk),
    ),
  };
}
