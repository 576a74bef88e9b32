import { changesText } from '../../change-requests/changes-text.js';
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
import { formatDateTimeJa } from '../../platform/text/japanese-date.js';
import type { Change } from '../../registry/registration-diff.js';

export interface CarriedOutParams {
  readonly municipality: string;
  readonly number: string;
  readonly at: Date;
  /** Whom the claim names. */
  readonly name: string;
  readonly changes: readonly Change[];
}

/** To every mailbox that is registered afterwards, the claimed one among them. */
export function renderCarriedOut(params: CarriedOutParams, context: MailContext): RenderedMail {
  return {
    subject: `連絡先の回復の手続きが終わりました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトの連絡先の回復のお申し出について、自治体の公式サイトにある番号にお電話で確認し、登録に反映しました。',
      ),
      inset(
        `受付番号　　　${params.number}`,
        `担当者　　　　${honoured(params.name)}`,
        `反映した日時　${formatDateTimeJa(params.at)}`,
      ),
      section('反映した内容', changesText(params.changes, 'applied')),
      section(
        'このあと',
        paragraph(
          '安全のため、これまでのログインをすべて終わらせました。お使いになるときは、登録されたアドレスでもう一度ログインしてください。',
        ),
        inset(context.publicUrl),
        paragraph(
          '手続きの途中だった変更届や、予定していた引継ぎがあるときは、取り下げた扱いになっています。必要なときは、もう一度お送りください。',
        ),
      ),
      section(
        '違うところがあるとき',
        paragraph(
          '反映した内容に違うところがあるときは、ログインして変更届を出すか、お電話でお知らせください。お申し出に心当たりがないときは、すぐにお電話でお知らせください。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
