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
import { formatDateWithEra, lastWholeDayBefore } from '../../platform/text/japanese-date.js';
import type { Change } from '../../registry/registration-diff.js';
import { changesText } from '../changes-text.js';

export interface ReturnedParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
  readonly reason: string;
  readonly changes: readonly Change[];
  readonly expiresAt: Date;
}

/** To every mailbox that is registered: the change request goes back, and why. */
export function renderReturned(params: ReturnedParams, context: MailContext): RenderedMail {
  return {
    subject: `変更届の差戻しのお知らせ（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        '特別区全国連携プロジェクトの登録情報の変更届について、内容を確認し、次の理由で差し戻します。お手数ですが、内容を直して、もう一度お送りください。登録は変わっていません。',
      ),
      inset(`受付番号　　${params.number}`, `届け出た方　${honoured(params.name)}`),
      section('差し戻す理由', paragraph(params.reason)),
      section(
        'このあと',
        paragraph('ログインして、変更届を直し、もう一度送ってください。入力した内容は残っています。'),
        inset(context.publicUrl),
        paragraph(
          `期限は、${formatDateWithEra(lastWholeDayBefore(params.expiresAt))}です。期限を過ぎると、この変更届は期限切れになります。登録はいまのまま残ります。`,
        ),
      ),
      section('変更届の内容', changesText(params.changes, 'proposed')),
      deskBlock(context.registrationDesk),
    ),
  };
}
