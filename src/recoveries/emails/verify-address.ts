import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { askToVerify, type VerifyAddressParams } from '../../verifications/verification-mail.js';

/** To the mailbox that somebody claims for a municipality. */
export const renderVerifyAddress = (params: VerifyAddressParams, context: MailContext): RenderedMail =>
  askToVerify(
    params,
    {
      why: '特別区全国連携プロジェクトに、連絡先の回復のお申し出がありました。次のメールアドレスを、新しい連絡先とするお申し出です。',
      next: 'コードの入力がすむと、事務局が、自治体の公式サイトにある番号にお電話で確認し、結果をメールでお知らせします。',
      otherwise: '期限までにコードの入力がないと、このお申し出は期限切れになり、登録は変わりません。',
    },
    context,
  );
