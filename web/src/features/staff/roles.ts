import type { StaffResponse } from '../../api/schema';

type Role = StaffResponse['roles'][number];

export const ROLES: readonly (readonly [Role, string, string])[] = [
  ['reviewer', '内容確認', '変更届の反映と差戻し、登録、退会、連絡先の回復'],
  ['editor', '編集', 'お知らせとイベント。登録は見るだけです'],
  ['admin', '管理', '利用者、設定、監査ログ'],
];

export const STATUSES: Readonly<Record<StaffResponse['status'], string>> = {
  invited: '案内中',
  active: '利用中',
  disabled: '停止中',
};

export const roleNames = (roles: readonly string[]): string =>
  ROLES.filter(([role]) => roles.includes(role))
    .map(([, name]) => name)
    .join('、');
