import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';

export interface DeclinedParams {
  readonly municipality: string;
  readonly number: string;
  readonly name: string;
  readonly reason: string;
}

/** To the applicant's mailbox: not this time, and why. */
export function renderDeclined(params: DeclinedParams, context: MailContext): RenderedMail {
  return {
    subject: `登録のお申込みの結果について（${params.municipality}・${params.number}）`,
    body: layOut(
      addressee(params.municipality, `${params.name} 様`),
      paragraph(
        '特別区全国連携プロジェクトへの会員登録をお申し込みいただき、ありがとうございました。お申込みの内容を確認いたしました。誠に恐れ入りますが、今回は登録を見送らせていただきます。',
      ),
      inset(`受付番号　${params.number}`),
      section('理由', paragraph(params.reason)),
      section(
        'このあと',
        paragraph(
          'ご希望のときは、いつでも、もう一度お申し込みいただけます。ご不明な点は、お電話でお尋ねください。',
        ),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
