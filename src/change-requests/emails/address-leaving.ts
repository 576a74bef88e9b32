import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra } from '../../platform/text/japanese-date.js';

export interface AddressLeavingParams {
  readonly municipality: string;
  readonly number: string;
  readonly email: string;
  /** A handover's date, `YYYY-MM-DD`: until then it stays. */
  readonly effectiveOn: string | null;
}

/** To a registered mailbox that a change request would drop, at once. */
export function renderAddressLeaving(params: AddressLeavingParams, context: MailContext): RenderedMail {
  return {
    subject: `このアドレスを登録から外す変更届を受け付けました（${params.municipality}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '次のメールアドレスを、特別区全国連携プロジェクトの登録から外す変更届を受け付けました。登録はまだ変わっていません。',
      ),
      inset(
        params.email,
        `受付番号　${params.number}`,
        ...(params.effectiveOn === null ? [] : [`引継ぎの日　${formatDateWithEra(params.effectiveOn)}`]),
      ),
      paragraph('事務局が内容を確認し、登録から外したときは、もう一度お知らせします。'),
      section(
        '心当たりがないとき',
        paragraph('異動などの予定がなく、この変更届に心当たりがないときは、すぐにお電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
