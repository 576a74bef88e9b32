import type {
  CampaignAudienceDto,
  CampaignStepDto,
  CampaignSummaryResponse,
  RecordTargetCallDto,
  TargetResponse,
} from '../../api/schema';

export type State = CampaignSummaryResponse['state'];
export type Template = CampaignStepDto['template'];
export type Recipients = NonNullable<CampaignStepDto['recipients']>;
export type Freshness = CampaignAudienceDto['freshness'][number];
export type Way = RecordTargetCallDto['way'];
export type Outcome = RecordTargetCallDto['outcome'];

export const STATES: Readonly<Record<State, string>> = {
  draft: '準備中',
  running: '実施中',
  paused: '一時停止中',
  closed: '終了',
};
export const STATE_TONES = { draft: 'plain', running: 'key', paused: 'warn', closed: 'plain' } as const;

/** In the order of a ladder, as its mails and lists are called. */
export const TEMPLATES: readonly (readonly [Template, string])[] = [
  ['pre-notice', '事前のご案内'],
  ['ask', '確認のお願い'],
  ['reminder', '再度のお願い'],
  ['final', '期限前のお願い'],
  ['phone', '電話リスト'],
  ['letter', '郵送リスト'],
];

/** Made for people; the others are mailed. */
export const isList = (template: Template): boolean => template === 'phone' || template === 'letter';

export const RECIPIENTS: readonly (readonly [Recipients, string])[] = [
  ['primary', '担当者（正）'],
  ['deputy', '担当者（副）'],
  ['department', '主な担当部署の所属アドレス'],
  ['everyone', '登録のアドレスすべて'],
];

export const recipientsText = (recipients: Recipients | null): string =>
  RECIPIENTS.find(([value]) => value === recipients)?.[1] ?? '事務局';

export const FRESHNESS: readonly (readonly [Freshness, string])[] = [
  ['fresh', '最近確認した登録'],
  ['stale', '確認が古くなった登録'],
  ['unknown', '確認した日の記録がない登録'],
];

export const STATUSES: readonly (readonly [TargetResponse['status'], string])[] = [
  ['open', '未回答'],
  ['checking', '変更届の内容確認中'],
  ['answered', '確認済み'],
  ['left', '途中で対象外'],
];

export const ANSWERS: Readonly<Record<NonNullable<TargetResponse['answer']>, string>> = {
  unchanged: '変更なしの回答',
  changed: '変更を反映',
  phone: '電話・郵送で確認',
  before: '始める前に確認済み',
};

export const LEFT: Readonly<Record<NonNullable<TargetResponse['leftBecause']>, string>> = {
  withdrawn: '退会',
  'municipality-ended': '合併などで自治体がなくなった',
  'asked-already': 'ほかの確認でお願い中',
  'taken-over': '年度確認のお願いに引継ぎ',
  closed: '回答のないまま終了',
};

export const WAYS: Readonly<Record<Way, string>> = { phone: '電話リスト', letter: '郵送リスト' };

/** What came of it, and what happens when that is recorded. */
export const OUTCOMES: Readonly<
  Record<Way, readonly (readonly [outcome: Outcome, text: string, then: string])[]>
> = {
  phone: [
    ['confirmed', 'すべて正しいと確認した', '登録のすべての項目を、電話で確認済みにします。'],
    [
      'partly-confirmed',
      '一部だけ正しいと確認した',
      '選んだ項目だけを確認済みにします。リストには残ります。',
    ],
    [
      'has-changes',
      '変更があると言われた',
      '記録したあと、変更を届け出るページへ進めます。リストには残ります。',
    ],
    ['will-answer', '自治体から回答する', '次にかける日を決めておけます。'],
    ['absent', '不在・あとでかけ直す', '次にかける日を決めておけます。'],
    ['wrong-number', '番号が違った', '正しい番号を調べてから、もう一度かけます。'],
  ],
  letter: [
    ['sent', '郵送した', 'リストには残ります。返事が来たら、もう一度書きます。'],
    ['confirmed', 'すべて正しいと返事があった', '登録のすべての項目を、確認済みにします。'],
    [
      'has-changes',
      '変更があると返事があった',
      '記録したあと、変更を届け出るページへ進めます。リストには残ります。',
    ],
    ['wrong-number', '届かずに戻った', '宛先を調べてから、もう一度送ります。'],
  ],
};

/** `absent` in the list of what was tried. */
export const outcomeText = (way: Way, outcome: Outcome): string =>
  OUTCOMES[way].find(([value]) => value === outcome)?.[1] ?? outcome;

/** `482 177 365`, as mails show it. */
export const groupedNumber = (number: string): string => number.replace(/\B(?=(\d{3})+$)/g, ' ');

export const percentText = (part: number, whole: number): string =>
  whole === 0 ? '－' : `${((part / whole) * 100).toFixed(1)}%`;
