import type { VersionResponse } from '../api/schema';

/** What made a version, in the glossary's words. */
export const CAUSES: Readonly<Record<VersionResponse['cause'], string>> = {
  registration: '登録',
  'change-request': '変更届',
  rule: '変更届（内容確認を待たずに反映）',
  handover: '引継ぎ',
  return: '再登録',
  import: '名簿の取込み',
  recovery: '連絡先の回復',
  withdrawal: '退会',
  application: '登録の申込み',
};
