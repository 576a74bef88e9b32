import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { askToVerify, type VerifyAddressParams } from '../../verifications/verification-mail.js';

/** To a mailbox that somebody wants to register. */
export const renderVerifyAddress = (params: VerifyAddressParams, context: MailContext): RenderedMail =>
  askToVerify(
    params,
    {
      why: '次のメールアドレスを、特別区全国連携プロジェクトの連絡先として登録する変更届を受け付けました。',
      otherwise: '期限までにコードの入力がないと、この変更届は期限切れになり、登録は変わりません。',
    },
    context,
  );
