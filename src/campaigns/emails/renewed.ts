import { addressee, deskBlock, layOut, paragraph } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import {
  addresseeLines,
  type AskedRegistration,
  byTelephone,
  howToConfirm,
  howToCorrect,
  municipalitiesOf,
  registered,
  whyHere,
} from '../asked.js';
import { withoutAnswer } from './ask.js';

export interface RenewedParams {
  readonly asked: readonly AskedRegistration[];
}

/** To whoever was asked about what is no longer registered, after somebody typed the code of before. */
export function renderRenewed({ asked }: RenewedParams, context: MailContext): RenderedMail {
  return {
    subject: `登録の内容が変わりました：確認のお願い（${municipalitiesOf(asked)}）`,
    body: layOut(
      addressee(...addresseeLines(asked)),
      paragraph(
        '先にお送りしたメールのあとで、登録の内容が変わりました。前のメールのコードは、使えなくなっています。',
      ),
      paragraph(
        'お手数ですが、いまの内容をご覧のうえ、新しい確認コードでお答えください。番号は、前と同じです。',
      ),
      registered(asked),
      howToConfirm(asked, context.publicUrl),
      howToCorrect(context.publicUrl),
      withoutAnswer(null),
      whyHere(asked),
      byTelephone(asked),
      deskBlock(context.registrationDesk),
    ),
  };
}
