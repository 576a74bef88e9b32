import { addressee, deskBlock, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';
import { formatDateTimeJa } from '../../platform/text/japanese-date.js';

export type CredentialsChange =
  | 'password-changed'
  | 'factor-added'
  | 'factor-removed'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'set-up';

const WHAT: Readonly<Record<CredentialsChange, string>> = {
  'password-changed': 'パスワードが変更されました。',
  'factor-added': '確認アプリが追加されました。',
  'factor-removed': '確認アプリが外されました。',
  'recovery-codes-made': '予備コードが作り直されました。前の予備コードは、使えなくなりました。',
  'recovery-code-used':
    '予備コードを使って、ログインなどの確認が行われました。使った予備コードは、もう使えません。',
  'set-up':
    'パスワード・確認アプリ・予備コードが設定されました。それまでの設定とログインは、すべて使えなくなりました。',
};

export interface CredentialsChangedParams {
  readonly name: string;
  readonly what: CredentialsChange;
  readonly at: Date;
}

/** To a member of staff whose password, app or recovery codes were changed, by whomever. */
export function renderCredentialsChanged(
  { name, what, at }: CredentialsChangedParams,
  context: MailContext,
): RenderedMail {
  return {
    subject: 'ログイン方法の変更のお知らせ',
    body: layOut(
      addressee(`${name} 様`),
      paragraph(
        `特別区全国連携プロジェクト会員用ホームページの、あなたの職員用アカウントで、${formatDateTimeJa(at)}に、次の操作がありました。`,
      ),
      paragraph(WHAT[what]),
      what === 'recovery-code-used' || what === 'set-up'
        ? null
        : paragraph('この操作をした画面のほかでは、ログインが終わっています。'),
      section(
        '心当たりがないとき',
        paragraph('ほかの人が操作したおそれがあります。すぐに、このポータルの管理者にお知らせください。'),
      ),
      deskBlock(context.registrationDesk),
    ),
  };
}
