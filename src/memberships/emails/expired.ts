import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';

export interface ExpiredParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
  /** Mailboxes that didn't answer in time. */
  readonly awaiting: readonly string[];
}

/** To the applicant's mailbox, where it had answered itself: others didn't, and the time is over. */
export function renderExpired(params: ExpiredParams, context: MailContext): RenderedMail {
  return {
    subject: `登録のお申込みが期限切れになりました（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(params.municipality, `${params.name} 様`),
      paragraph(
        '特別区全国連携プロジェクトへの会員登録のお申込みが、期限切れになりました。期限までに、すべてのメールアドレスの確認がすまなかったためです。このお申込みによる登録は行っていません。',
      ),
      inset(`受付番号　${params.number}`),
      section('確認がすまなかったメールアドレス', inset(...params.awaiting)),
      section(
        'このあと',
        paragraph(
          '引き続き登録をご希望のときは、お手数ですが、メールアドレスをお確かめのうえ、もう一度お申し込みください。確認のメールが届かなかったときは、お電話でお知らせください。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
