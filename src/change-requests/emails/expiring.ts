import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra, lastWholeDayBefore } from '../../platform/text/japanese-date.js';

export interface ExpiringParams {
  readonly municipality: string;
  readonly number: string;
  /** It was given back; else it waits for new mailboxes. */
  readonly returned: boolean;
  /** New mailboxes that have yet to answer. */
  readonly awaiting: readonly string[];
  readonly expiresAt: Date;
}

/** To every mailbox that is registered, some days before a change request lapses. */
export function renderExpiring(params: ExpiringParams, context: MailContext): RenderedMail {
  const day = formatDateWithEra(lastWholeDayBefore(params.expiresAt));
  return {
    subject: `変更届の期限が近づいています（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(`特別区全国連携プロジェクトの登録情報の変更届について、期限の${day}が近づいています。`),
      inset(`受付番号　${params.number}`),
      params.returned ? returnedSteps(context) : awaitingSteps(params, context),
      section(
        '何もしなかったとき',
        paragraph('期限を過ぎると、この変更届は期限切れになります。登録はいまのまま残ります。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}

const returnedSteps = (context: MailContext): string =>
  section(
    'お願い',
    paragraph(
      'この変更届は、事務局から差し戻されています。ログインして、内容を直し、もう一度送ってください。入力した内容は残っています。',
    ),
    inset(context.publicUrl),
  );

const awaitingSteps = ({ awaiting }: ExpiringParams, context: MailContext): string =>
  section(
    'お願い',
    paragraph('次の新しいメールアドレスの確認が、まだすんでいません。'),
    inset(...awaiting),
    paragraph(
      'そのアドレスに届いた番号とコードを、次のウェブアドレスで入力してください。メールが見当たらないときは、ログインして、コードをもう一度送ることができます。',
    ),
    inset(`${context.publicUrl}/v`),
  );
