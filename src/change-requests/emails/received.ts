import { deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import type { Change } from '../../registry/registration-diff.js';
import { changesText } from '../changes-text.js';

export interface ReceivedParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
  readonly changes: readonly Change[];
  /** New mailboxes that have to answer first. */
  readonly awaiting: readonly string[];
}

/** To the mailbox of whoever sent the change request. */
export function renderReceived(params: ReceivedParams, context: MailContext): RenderedMail {
  return {
    subject: `変更届を受け付けました（${params.municipality}・${params.number}）`,
    body: layOut(
      `${params.municipality}\n${params.name} 様`,
      paragraph('登録情報の変更届を受け付けました。まだ登録には反映していません。'),
      inset(`受付番号　${params.number}`),
      section('変更届の内容', changesText(params.changes)),
      nextSteps(params.awaiting),
      section(
        '心当たりがないとき',
        paragraph('この変更届に心当たりがないときは、すぐにお電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}

function nextSteps(awaiting: readonly string[]): string {
  if (awaiting.length === 0) {
    return section('このあと', paragraph('事務局が内容を確認し、結果をメールでお知らせします。'));
  }
  return section(
    'このあと',
    paragraph('次の新しいアドレスに、コードをお送りしました。14日以内に、届いたコードを入力してください。'),
    inset(...awaiting),
    paragraph(
      'すべてのアドレスの確認がすむと、事務局が内容を確認し、結果をメールでお知らせします。14日を過ぎると、この変更届は期限切れになります。',
    ),
  );
}
