import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateWithEra } from '../../platform/text/japanese-date.js';

export interface WithdrawnParams {
  readonly municipality: string;
  /** The day on which the membership ended, `YYYY-MM-DD`. */
  readonly on: string;
  readonly reason: string;
  /** 受付番号 of change requests that were taken back with it. */
  readonly changeRequests: readonly string[];
}

/** To every mailbox that was registered until now. */
export function renderWithdrawn(params: WithdrawnParams, context: MailContext): RenderedMail {
  return {
    subject: `退会を受け付けました（${params.municipality}）`,
    body: layOut(
      addressee(`${params.municipality}　ご担当者様`),
      paragraph(
        `${params.municipality}の、特別区全国連携プロジェクトからの退会を受け付けました。これまでのご協力に、心よりお礼申し上げます。`,
      ),
      inset(`退会日　${formatDateWithEra(params.on)}`),
      section('退会の理由', paragraph(params.reason)),
      section(
        'このあと',
        paragraph(
          '会員用ホームページには、ログインできなくなりました。登録されていた内容は、記録として事務局に残ります。',
        ),
        ...(params.changeRequests.length === 0
          ? []
          : [
              paragraph(
                `まだ反映していなかった変更届（${params.changeRequests.join('、')}）は、取下げとして扱いました。`,
              ),
            ]),
      ),
      section(
        'もう一度登録するとき',
        paragraph('いつでも、登録をお申し込みいただけます。お電話でもご相談ください。'),
      ),
      section(
        '心当たりがないとき',
        paragraph('この退会に心当たりがないときは、すぐにお電話でお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
