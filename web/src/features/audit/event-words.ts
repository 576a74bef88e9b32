import type { AuditType } from '../../../../src/platform/audit/catalogue';
import { formatDateJa, formatDateTimeJa } from '../../ui/text';

/** The trail's events in words. */
export const EVENTS: Readonly<Record<AuditType, string>> = {
  'session.started': 'ログイン',
  'session.ended': 'ログアウト',
  'session.stepped-up': '確認アプリによる再確認',
  'sign-in.failed': 'ログインできなかった試み',
  'sign-in.password-known': 'パスワードを知る人の試み',
  'account.invited': '職員への案内',
  'account.activated': 'アカウントの利用開始',
  'account.changed': 'アカウントの変更',
  'account.disabled': 'アカウントの停止',
  'account.enabled': 'アカウントの再開',
  'credentials.changed': 'パスワード・確認アプリの変更',
  'credentials.recovery-code-used': '予備コードの使用',
  'registration.created': '自治体の登録',
  'registration.returned': '自治体の再登録',
  'registration.withdrawn': '退会',
  'registration.confirmed': '変更なしの確認',
  'change-request.submitted': '変更届の受付',
  'change-request.edited': '変更届の修正',
  'change-request.address-verified': '新しいアドレスの確認',
  'change-request.code-resent': '確認コードの再送',
  'change-request.approved': '変更届の反映',
  'change-request.partly-approved': '変更届の一部反映',
  'change-request.returned': '変更届の差戻し',
  'change-request.withdrawn': '変更届の取下げ',
  'change-request.applied-at-once': '変更届のすぐの反映（規則）',
  'change-request.looked-over': 'すぐに反映された変更の確認',
  'change-request.rebased': '変更届の、いまの登録への取込み',
  'change-request.scheduled': '引継ぎの予定',
  'change-request.applied': '引継ぎの反映',
  'change-request.blocked': '引継ぎを反映できず',
  'change-request.expired': '変更届の期限切れ',
  'change-request.expiry-warned': '変更届の期限のお知らせ',
  'change-request.closed': '変更届の終了',
  'review-policy.proposed': '軽微な変更の規則の提案',
  'review-policy.agreed': '軽微な変更の規則への同意',
  'review-policy.declined': '軽微な変更の規則の提案の取下げ',
  'application.submitted': '登録の申込み',
  'application.address-verified': '申込みのアドレスの確認',
  'application.accepted': '申込みによる登録',
  'application.declined': '登録の見送り',
  'application.expired': '申込みの期限切れ',
  'access.revoked': '自治体のログインの終了',
  'access.mailboxes-revoked': '外れたアドレスのログインの終了',
  'recovery.claimed': '連絡先の回復の申出',
  'recovery.verified': '申し出たアドレスの確認',
  'recovery.call-noted': '連絡先の回復の電話',
  'recovery.carried-out': '連絡先の回復の反映',
  'recovery.declined': '連絡先の回復の終了',
  'recovery.expired': '連絡先の回復の期限切れ',
  'audit.personal-erased': '監査ログの個人情報の消去',
  'task.taken': '仕事の担当',
  'task.released': '仕事の担当の解除',
  'task.done': '仕事の完了',
  'settings.changed': '設定の変更',
  'announcement.created': 'お知らせの下書きの作成',
  'announcement.changed': 'お知らせの編集',
  'announcement.deleted': 'お知らせの下書きの削除',
  'announcement.scheduled': 'お知らせの公開の予約',
  'announcement.unscheduled': 'お知らせの公開の予約の取消し',
  'announcement.published': 'お知らせの公開',
  'announcement.corrected': 'お知らせの訂正',
  'announcement.archived': 'お知らせの掲載の終了',
  'announcement.acknowledged': 'お知らせの確認',
  'announcement.followed-up': 'お知らせの再度のお願い',
  'announcement.delivery-chosen': 'お知らせの届け方の変更',
  'campaign.created': '年度確認の作成',
  'campaign.changed': '年度確認の変更',
  'campaign.deleted': '年度確認の下書きの削除',
  'campaign.started': '年度確認の開始',
  'campaign.paused': '年度確認の一時停止',
  'campaign.resumed': '年度確認の再開',
  'campaign.closed': '年度確認の終了',
  'campaign.step-gone': '年度確認の段階の実施',
  'campaign.step-overtaken': '年度確認の段階の見送り',
  'campaign.called': '電話・郵送の結果の記録',
  'campaign.settings-changed': '年度確認の設定の変更',
  'announcement.settings-changed': 'お知らせの設定の変更',
  'announcement.attached': 'お知らせへのファイルの添付',
  'announcement.detached': 'お知らせの添付ファイルの取外し',
  'mail.retried': 'メールの再送',
};

const NAMES: Readonly<Record<string, string>> = EVENTS;

/** One that a newer server wrote is shown by its own name. */
export const eventName = (type: string): string => NAMES[type] ?? type;

export const ACTORS: Readonly<Record<string, string>> = {
  member: '自治体',
  staff: '事務局',
  system: '自動処理',
};

/** What the portal did by itself, or before anybody was signed in. */
export const PURPOSES: Readonly<Record<string, string>> = {
  'sign-in': 'ログイン',
  'sign-out': 'ログアウト',
  refresh: 'ログインの継続',
  invitation: '案内からの設定',
  verification: 'アドレスの確認',
  application: '登録の申込み',
  recovery: '連絡先の回復の申出',
  demo: 'デモの準備',
  confirm: 'ログインのいらない回答',
  'campaigns.go-on': '年度確認の予定',
  'campaigns.standing': '長く確認のない登録への自動のお願い',
};

/** Names of what an event keeps. */
const KEYS: Readonly<Record<string, string>> = {
  number: '受付番号',
  name: '氏名',
  nameBefore: '前の氏名',
  email: 'アドレス',
  emailBefore: '前のアドレス',
  mailbox: 'アドレス',
  mailboxes: 'アドレス',
  reviewer: '職員',
  reason: '理由',
  reasons: '理由',
  roles: '役割',
  rolesBefore: '前の役割',
  addressChanged: 'アドレスの変更',
  accountId: 'アカウント',
  everywhere: 'すべての機器',
  what: '内容',
  sessions: '終わったログイン',
  codes: '使えなくなったコード',
  left: '残り',
  recoveryCode: '予備コード',
  method: '方法',
  municipalityCode: '団体コード',
  version: '版',
  registrationVersion: '登録の版',
  baseVersion: '元の登録の版',
  fromVersion: '元の版',
  toVersion: '取り込んだ版',
  ruleVersion: '規則の版',
  changeRequests: '変更届',
  pointers: '項目',
  refused: '採用しなかった項目',
  conflicts: '重なった項目',
  choices: '選んだ側',
  resubmitted: '送り直し',
  remaining: '残りの確認',
  effectiveOn: '予定日',
  atOnce: 'すぐに反映する項目',
  because: 'きっかけ',
  kind: '種類',
  outcome: '結果',
  source: '番号の出どころ',
  numberCalled: 'かけた番号',
  spokeWith: '電話に出た方',
  scope: '範囲',
  count: '件数',
  attempts: '送った回数',
  before: '変更前',
  after: '変更後',
  returnReasons: '差し戻す理由の文例',
  refusalReasons: '採用しない理由の文例',
  reviewBusinessDays: '目安の営業日',
  freshMonths: '確認が新しいとみなす期間（か月）',
  closedDays: '事務局の休業日',
  title: '表題',
  fields: '直した項目',
  publishAt: '公開の日時',
  recipients: 'お届け先の自治体',
  municipalities: '自治体',
  mails: 'メール',
  revision: '版',
  note: '訂正の内容',
  added: '新しくお届けする自治体',
  removed: 'お届け先から外れた自治体',
  askAgain: 'もう一度の確認のお願い',
  delivery: '届け方',
  attachmentId: 'ファイルの番号',
  mediaType: 'ファイルの種類',
  bytes: '大きさ（バイト）',
  sha256: 'SHA-256',
  kept: '記録として残したか',
  targets: '対象の自治体',
  askedAlready: 'ほかの確認でお願い中の自治体',
  unanswered: '回答のなかった自治体',
  stepId: '段階の番号',
  template: '段階',
  way: '方法',
  nextOn: '次にかける日',
  by: '職員',
  standingRule: '長く確認のない登録への自動のお願い',
  countsFrom: '回答とみなす最初の日',
  deadline: '期限',
  audience: '対象',
  steps: '段階',
  categories: '分類',
  attachmentMaxBytes: 'ファイルの大きさの上限（バイト）',
  attachmentMaxCount: 'ファイルの数の上限',
  digestHour: 'まとめて届ける時刻（時）',
};

export const keyName = (key: string): string => KEYS[key] ?? key;

const VALUES: Readonly<Record<string, string>> = {
  code: 'メールのコード',
  password: 'パスワード',
  'step-up': '再確認',
  'password-change': 'パスワードの変更',
  confirmation: '自治体の回答',
  phone: '電話',
  reviewer: '内容確認',
  editor: '編集',
  admin: '管理',
  confirmed: '申出のとおりと確認',
  denied: '申出に心当たりなし',
  'no-answer': 'つながらず',
  'official-site': '公式サイト',
  'lost-address': 'アドレスが使えない',
  'everyone-left': '全員いなくなった',
  decline: '職員の判断',
  'password-changed': 'パスワードの変更',
  'factor-added': '確認アプリの追加',
  'factor-removed': '確認アプリの取外し',
  'recovery-codes-made': '予備コードの作成',
  'recovery-code-used': '予備コードの使用',
  'set-up': 'はじめの設定',
  current: 'いまの登録',
  proposed: '変更届',
  'taken-back': '職員の取消し',
  'too-late': '掲載の終わりを過ぎていた',
  'taken-down': '職員の判断',
  expired: '掲載の終わり',
  'at-once': 'そのつど',
  digest: '1日1回まとめて',
  title: '表題',
  summary: '要約',
  body: '本文',
  categoryId: '分類',
  audience: 'お届け先',
  pinned: '注目',
  expiresAt: '掲載の終わり',
};

/** Whole sentences stand on lines of their own. */
const listText = (texts: readonly string[]): string =>
  texts.join(texts.some((text) => text.endsWith('。')) ? '\n' : '、');

/** A value as a person reads it, however deep it is. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'なし';
  if (value === true) return 'はい';
  if (value === false) return 'いいえ';
  if (Array.isArray(value)) return value.length === 0 ? 'なし' : listText(value.map(valueText));
  if (typeof value === 'object' && value !== null) {
    if ('date' in value && 'note' in value) return closedDayText(value as ClosedDay);
    return Object.entries(value)
      .map(([key, inner]) => `${keyName(key)}：${valueText(inner)}`)
      .join('\n');
  }
  const text = typeof value === 'number' ? String(value) : (value as string);
  return VALUES[text] ?? (INSTANT.test(text) ? formatDateTimeJa(new Date(text)) : pointerText(text));
}

interface ClosedDay {
  readonly date: string;
  readonly note: string | null;
}

/** On one line, as the settings show it. */
const closedDayText = ({ date, note }: ClosedDay): string => formatDateJa(date) + (note ? `　${note}` : '');

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const FIELDS: Readonly<Record<string, string>> = {
  name: '名前',
  kana: 'ふりがな',
  title: '職名',
  email: 'アドレス',
  extension: '内線',
  phone: '電話',
  fax: 'ファクス',
  postalCode: '郵便番号',
  address: '所在地',
  role: '正・副',
  departmentId: '所属する部署',
};

/** `/contacts/019aa…/name` names nobody, but a field. */
function pointerText(text: string): string {
  if (text === '/mainPhone') return '代表電話';
  if (text === '/primaryDepartmentId') return '主な担当部署';
  const [, root, id, field] = /^\/(departments|contacts)\/([^/]+)(?:\/(\w+))?$/.exec(text) ?? [];
  if (root === undefined || id === undefined) return text;
  const whose = root === 'contacts' ? '担当者' : '担当部署';
  return field === undefined ? `${whose}の追加・削除` : `${whose}の${FIELDS[field] ?? field}`;
}
