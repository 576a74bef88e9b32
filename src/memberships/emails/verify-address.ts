import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { askToVerify, type VerifyAddressParams } from '../../verifications/verification-mail.js';

/** To each mailbox of an application. Anybody can have typed it, so it says nothing of who did and what else. */
export const renderVerifyAddress = (params: VerifyAddressParams, context: MailContext): RenderedMail =>
  askToVerify(
    params,
    {
      why: `特別区全国連携プロジェクトに、${params.municipality}の会員登録のお申込みがありました。次のメールアドレスが、連絡先として記入されています。`,
      otherwise: '期限までにコードの入力がないと、このお申込みは期限切れになり、登録の手続きには進みません。',
    },
    context,
  );
