import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import { CODE_SLOT, type MailContext, type RenderedMail } from '../../platform/outbox/message.js';
import { formatDateTimeJa } from '../../platform/text/japanese-date.js';

export interface SignInCodeParams {
  readonly expiresAt: Date;
}

/** To whoever asked to sign in with a registered mailbox. */
export function renderSignInCode(params: SignInCodeParams, context: MailContext): RenderedMail {
  return {
    subject: 'ログイン用コードのお知らせ',
    body: layOut(
      addressee('ご担当者様'),
      paragraph('特別区全国連携プロジェクトの会員用ホームページへのログイン用コードです。'),
      section('コード', inset(CODE_SLOT)),
      paragraph(
        'コードを送る操作をした画面（同じ端末の、同じブラウザー）に、この8桁の数字を入力してください。間の空白は、あってもなくてもかまいません。',
      ),
      inset(context.publicUrl),
      paragraph(`このコードは、${formatDateTimeJa(params.expiresAt)}まで使えます。`),
      section(
        '心当たりがないとき',
        paragraph('何もしなければ、ログインされることはありません。コードは、だれにも伝えないでください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
