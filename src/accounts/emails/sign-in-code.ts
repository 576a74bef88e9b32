import { inset, deskBlock, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
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
      'ご担当者様',
      paragraph('特別区全国連携プロジェクトの会員用ページにログインするためのコードです。'),
      section('コード', inset(CODE_SLOT)),
      paragraph(
        'コードを申し込んだ画面に、この8桁の数字を入力してください。間の空白は、入れても入れなくてもかまいません。',
      ),
      paragraph(`使える期限は、${formatDateTimeJa(params.expiresAt)}です。`),
      section(
        '心当たりがないとき',
        paragraph('何もしなければ、ログインされることはありません。コードは、だれにも伝えないでください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
