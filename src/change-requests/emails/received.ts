import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra, lastWholeDayBefore } from '../../platform/text/japanese-date.js';
import type { Change } from '../../registry/registration-diff.js';
import { changesText } from '../changes-text.js';

export interface ReceivedParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
  /** A handover's date, for the sender to check; null where it counts from the decision. */
  readonly effectiveOn: string | null;
  readonly changes: readonly Change[];
  /** New mailboxes that have to answer first. */
  readonly awaiting: readonly string[];
  /** When it lapses without their answers; null where nothing is awaited. */
  readonly expiresAt: Date | null;
}

/** To the mailbox of whoever sent the change request. */
export function renderReceived(params: ReceivedParams, context: MailContext): RenderedMail {
  return {
    subject: `変更届を受け付けました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(params.municipality, `${params.name} 様`),
      paragraph(
        '特別区全国連携プロジェクトの登録情報について、変更届を受け付けました。まだ登録には反映していません。',
      ),
      inset(...facts(params)),
      section('変更届の内容', changesText(params.changes, 'proposed')),
      nextSteps(params),
      section(
        '心当たりがないとき',
        paragraph('この変更届に心当たりがないときは、すぐにお電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}

const facts = ({ number, effectiveOn }: ReceivedParams): string[] =>
  effectiveOn === null
    ? [`受付番号　${number}`]
    : [`受付番号　　${number}`, `引継ぎの日　${formatDateWithEra(effectiveOn)}`];

function nextSteps({ awaiting, expiresAt }: ReceivedParams): string {
  if (awaiting.length === 0 || expiresAt === null) {
    return section('このあと', paragraph('事務局が内容を確認し、結果をメールでお知らせします。'));
  }
  return section(
    'このあと',
    paragraph('次の新しいメールアドレスあてに、確認用の番号とコードをお送りしました。'),
    inset(...awaiting),
    paragraph(
      `届いたメールの案内に沿って、${formatDateWithEra(lastWholeDayBefore(expiresAt))}までに入力してください。すべてのアドレスの確認がすむと、事務局が内容を確認し、結果をメールでお知らせします。期限を過ぎると、この変更届は期限切れになります。`,
    ),
  );
}
