import type { RegistrationSummaryResponse, VersionResponse } from '../../api/schema';

export const TYPES: Readonly<Record<RegistrationSummaryResponse['type'], string>> = {
  city: '市',
  town: '町',
  village: '村',
  'special-ward': '特別区',
};

/** What made a version. */
export const CAUSES: Readonly<Record<VersionResponse['cause'], string>> = {
  registration: '登録',
  'change-request': '変更届の反映',
  rule: '変更届（規則により、すぐに反映）',
  handover: '引継ぎ',
  import: '一括登録',
  recovery: '連絡先の回復',
  withdrawal: '退会',
  application: '登録の申込み',
  return: '再登録',
};
