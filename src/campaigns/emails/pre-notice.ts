import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateJa, formatDateWithEra } from '../../platform/text/japanese-date.js';
import {
  addresseeLines,
  type AskedRegistration,
  asTyped,
  municipalitiesOf,
  registered,
  whyHere,
} from '../asked.js';

export interface PreNoticeParams {
  /** In the office's words; null: in the template's. */
  readonly opening: string | null;
  readonly asked: readonly AskedRegistration[];
  /** When everybody is asked, `YYYY-MM-DD`. */
  readonly askOn: string;
  readonly deadline: string;
}

/** To whoever is in charge before they may leave: what is to come, and how to hand over. It asks for no answer. */
export function renderPreNotice(params: PreNoticeParams, context: MailContext): RenderedMail {
  return {
    subject: `ご担当が変わる前のお願い（${municipalitiesOf(params.asked)}）`,
    body: layOut(
      addressee(...addresseeLines(params.asked)),
      paragraph(asTyped(params.opening ?? PRE_NOTICE_OPENING)),
      section(
        'ご担当が変わるとき',
        paragraph(
          '会員ページの「引継ぎ」で、後任の方と変わる日を、いまのうちに登録できます。その日から、お知らせが後任の方に届きます。',
        ),
        inset(context.publicUrl),
        paragraph('後任の方が決まっていないときは、このメールを、次にご担当になる方へ引き継いでください。'),
      ),
      section(
        'このあと',
        paragraph(
          `${formatDateJa(params.askOn)}に、登録内容の確認をお願いするメールをお送りします。期限は、${formatDateWithEra(params.deadline)}です。`,
        ),
      ),
      registered(params.asked),
      section('何もしなかったとき', paragraph('このメールに回答はいりません。登録は、そのまま残ります。')),
      whyHere(params.asked),
      deskBlock(context.registrationDesk),
    ),
  };
}

export const PRE_NOTICE_OPENING =
  'いつも特別区全国連携プロジェクトにご協力いただき、ありがとうございます。4月の人事異動でご担当が変わる前に、お願いがあります。';
