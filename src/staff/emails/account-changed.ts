import type { StaffRole } from '../../platform/access/permission.js';
import { addressee, deskBlock, inset, layOut, paragraph, section } from '../../platform/mail/mail-layout.js';
import type { MailContext, RenderedMail } from '../../platform/outbox/message.js';

const ROLE_NAMES: Readonly<Record<StaffRole, string>> = {
  reviewer: '登録の内容確認',
  editor: 'お知らせの編集',
  admin: '管理者',
};

export interface AccountChangedParams {
  readonly name: string;
  /** What it is now; null where it stays. */
  readonly changes: {
    readonly address: string | null;
    readonly name: string | null;
    readonly roles: readonly StaffRole[] | null;
  };
}

/** To a member of staff whose account an admin changed; where the address changed, to the old one as well. */
export function renderAccountChanged(
  { name, changes }: AccountChangedParams,
  context: MailContext,
): RenderedMail {
  const { address, name: newName, roles } = changes;
  return {
    subject: '職員用アカウントの変更のお知らせ',
    body: layOut(
      addressee(`${name} 様`),
      paragraph(
        '特別区全国連携プロジェクト会員用ホームページの、あなたの職員用アカウントを、管理者が次のように変更しました。',
      ),
      address === null ? null : section('メールアドレス', inset(address)),
      newName === null ? null : section('氏名', inset(newName)),
      roles === null ? null : section('権限', inset(roles.map((role) => ROLE_NAMES[role]).join('、'))),
      address === null
        ? null
        : paragraph(
            '開いていた画面のログインは、終わっています。これからは、新しいアドレスでログインしてください。',
          ),
      section('心当たりがないとき', paragraph('すぐに、このポータルの管理者にお知らせください。')),
      deskBlock(context.registrationDesk),
    ),
  };
}
