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
import type { Change } from '../../registry/registration-diff.js';
import { changesText } from '../changes-text.js';

export interface ExpiredParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
  /** It was given back and not sent again; else its new mailboxes didn't answer. */
  readonly returned: boolean;
  readonly changes: readonly Change[];
}

/** To every mailbox that is registered: nobody went on with a change request, and the registration stays. */
export function renderExpired(params: ExpiredParams, context: MailContext): RenderedMail {
  return {
    subject: `変更届が期限切れになりました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        params.returned
          ? '特別区全国連携プロジェクトの登録情報の変更届が、差戻しのあと、期限までに送られなかったため、期限切れになりました。登録の内容は変わっていません。'
          : '特別区全国連携プロジェクトの登録情報の変更届が、新しいメールアドレスの確認が期限までにすまなかったため、期限切れになりました。登録の内容は変わっていません。',
      ),
      inset(`受付番号　　${params.number}`, `届け出た方　${honoured(params.name)}`),
      section('期限切れになった変更届の内容', changesText(params.changes, 'proposed')),
      section(
        '変更が必要なとき',
        paragraph('お手数ですが、ログインして、もう一度変更届をお出しください。'),
        inset(context.publicUrl),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
