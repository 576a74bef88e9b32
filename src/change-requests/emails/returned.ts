import { deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra } from '../../platform/text/japanese-date.js';
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
    subject: `変更届をお返しします（${params.municipality}・${params.number}）`,
    body: layOut(
      `${params.municipality}　ご担当者様`,
      paragraph('変更届の内容を確認しましたが、次の理由でお返しします。登録は変わっていません。'),
      inset(`受付番号　${params.number}`, `届け出た方　${params.name} 様`),
      section('お返しする理由', paragraph(params.reason)),
      section(
        'このあと',
        paragraph('ログインして、変更届を直し、もう一度送ってください。入力した内容は残っています。'),
        inset(context.publicUrl),
        paragraph(
          `期限は、${formatDateWithEra(params.expiresAt)}です。過ぎると、この変更届は期限切れになり、登録はいまのまま残ります。`,
        ),
      ),
      section('届出の内容', changesText(params.changes)),
      deskBlock(context.registrationDesk),
    ),
  };
}
