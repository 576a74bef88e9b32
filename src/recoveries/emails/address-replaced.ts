import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';

export interface AddressReplacedParams {
  readonly municipality: string;
  readonly number: string;
  readonly email: string;
}

/** To a mailbox that is no longer registered. It learns that, and whom to call; not what took its place. */
export function renderAddressReplaced(params: AddressReplacedParams, context: MailContext): RenderedMail {
  return {
    subject: `このアドレスを登録から外しました（${params.municipality}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '連絡先の回復のお申し出により、次のメールアドレスを、特別区全国連携プロジェクトの登録から外し、新しい連絡先に置き換えました。今後、このアドレスではログインできません。',
      ),
      inset(params.email, `受付番号　${params.number}`),
      section(
        '心当たりがないとき',
        paragraph('このお申し出に心当たりがないときは、すぐにお電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
