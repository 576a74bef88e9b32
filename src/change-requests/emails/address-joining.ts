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

export interface AddressJoiningParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
}

/** To the registered mailboxes that stay, at once, when a change request would add another. */
export function renderAddressJoining(params: AddressJoiningParams, context: MailContext): RenderedMail {
  return {
    subject: `新しいアドレスを登録する変更届を受け付けました（${params.municipality}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトに、新しいメールアドレスを登録する変更届を受け付けました。登録はまだ変わっていません。',
      ),
      inset(`受付番号　　${params.number}`, `届け出た方　${honoured(params.name)}`),
      paragraph('事務局が内容を確認し、結果をメールでお知らせします。'),
      section(
        '心当たりがないとき',
        paragraph('この変更届に心当たりがないときは、すぐにお電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
