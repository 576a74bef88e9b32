import type { Audience } from '../announcements/audience.js';
import type { ChosenMunicipalities } from '../registry/municipality-choice.js';

/** An announcement of the demo. Facts and figures are the project's own, from its newsletter of October 2024. */
export interface DemoAnnouncement {
  readonly title: string;
  readonly category: string;
  readonly summary: string;
  /** Markdown. */
  readonly body: string;
  readonly audience: Audience;
  readonly pinned?: boolean;
  /** Days before today on which it went out; negative: on which it is going to; null: a draft. */
  readonly daysAgo: number | null;
  /** How many of a hundred municipalities have acknowledged it. */
  readonly acknowledged?: number;
  /** What was corrected a day after. */
  readonly correction?: { readonly note: string; readonly bodyBefore: string };
  readonly attachment?: { readonly name: string; readonly text: string };
}

const chosen = (audience: Partial<ChosenMunicipalities>): ChosenMunicipalities => ({
  kind: 'chosen',
  prefectures: [],
  associations: [],
  types: [],
  municipalities: [],
  ...audience,
});
const ALL: Audience = { kind: 'all' };

/** 青森・岩手・宮城・秋田・山形・福島. */
const TOHOKU = ['020001', '030007', '040002', '050008', '060003', '070009'];

/** 北海道十勝地域, 16 towns and 2 villages that worked with 台東区 and 墨田区, in the order of the newsletter. */
const TOKACHI = [
  '016314',
  '016322',
  '016331',
  '016349',
  '016357',
  '016365',
  '016373',
  '016381',
  '016390',
  '016411',
  '016420',
  '016438',
  '016446',
  '016454',
  '016462',
  '016471',
  '016489',
  '016497',
];

const DISASTERS: readonly (readonly [string, string, string])[] = [
  ['平成23年3月', '東日本大震災', '職員派遣（7,214名）・支援物資等、復興支援金'],
  ['平成28年4月', '平成28年熊本地震', '職員派遣（432名）・支援物資等、復興支援金'],
  ['平成30年7月', '平成30年7月豪雨', '職員派遣、復興支援金'],
  ['令和元年9月', '令和元年房総半島台風', '職員派遣・支援物資等、見舞金'],
  ['令和元年10月', '令和元年東日本台風', '職員派遣・支援物資等、復興支援金'],
  ['令和5年9月', '令和5年台風第13号', '復興支援金'],
  ['令和6年1月', '令和6年能登半島地震', '職員派遣（230名）、復興支援金'],
  ['令和6年7月', '令和6年7月25日からの大雨', '復興支援金'],
];

export const DEMO_ANNOUNCEMENTS: readonly DemoAnnouncement[] = [
  {
    title: '担当者・担当部署・アドレスの変更は、お早めにお知らせください',
    category: '登録について',
    summary:
      '会員ページを効果的にご活用いただくため、担当者や担当部署、アドレス等に変更が生じた場合は、登録情報の修正にご協力をお願いします。',
    body: `登録自治体の皆さまへ

日頃より、特別区全国連携プロジェクトの推進にご理解、ご協力いただき、誠にありがとうございます。
これまで、**300を超える自治体**の皆さまに登録をしていただいております。

## お願いしたいこと

1. 会員ページの「登録情報」を開いて、内容をお確かめください。
2. 変わったところがあれば、「修正する」から変更届をお出しください。
3. 変わりがなければ、ホームの「変更はありません」を押してください。

人事異動で担当者が替わるときは、「引継ぎ」で、あらかじめ日付を決めておくこともできます。`,
    audience: ALL,
    pinned: true,
    daysAgo: 20,
    acknowledged: 62,
  },
  {
    title: '東北絆まつり2024仙台を終えて',
    category: 'イベント',
    summary:
      '令和6年6月に仙台で開かれた東北絆まつりには、県内外から過去最高となる約57万2千人の方が来場されました。ご協力に感謝します。',
    body: `「多彩な東北が、熱い絆でひとつになる。」をテーマに、東北を代表する夏祭りが仙台に集まりました。

- 青森ねぶた祭
- 秋田竿燈まつり
- 盛岡さんさ踊り
- 山形花笠まつり
- 仙台七夕まつり
- 福島わらじまつり

令和6年能登半島地震を受けて、募金や、能登地方の物産を販売するブースなども設けられました。
七夕飾りにのせた皆さまのメッセージは、金沢市へ寄贈され、避難所等で掲出されました。

> 震災の際にいただいたご支援に対する感謝と、復興、そしてその先の未来へ前進する熱い東北の絆を、世界へ発信してまいります。
> （東北絆まつり実行委員会）`,
    audience: chosen({ prefectures: TOHOKU }),
    daysAgo: 140,
    acknowledged: 90,
  },
  {
    title: '被災自治体への支援の記録をまとめました',
    category: '被災地支援',
    summary:
      '地震や大雨など、大規模な災害にあった自治体への支援を一覧にまとめました（令和6年10月1日現在）。添付の一覧もご活用ください。',
    body: `特別区では、大規模な災害にあった自治体に対し、復旧・復興のための様々な支援を行ってきました。

| 発生時期 | 災害 | 主な支援 |
| --- | --- | --- |
${DISASTERS.map((row) => `| ${row.join(' | ')} |`).join('\n')}

支援に関するご相談は、特別区長会事務局 調査第1課（[03-5210-9747](tel:03-5210-9747)）までお寄せください。`,
    audience: ALL,
    daysAgo: 48,
    acknowledged: 74,
    attachment: {
      name: '被災自治体への支援一覧.csv',
      // With a byte order mark, without which Excel takes it for another encoding.
      text: `\uFEFF${[['発生時期', '災害', '主な支援'], ...DISASTERS]
        .map((row) => row.map((cell) => `"${cell}"`).join(','))
        .join('\r\n')}`,
    },
  },
  {
    title: '全国連携講演会「10年のあゆみとこれから」を開催しました',
    category: '講演会',
    summary:
      'プロジェクト開始から10年の節目に、令和6年8月28日に全国連携講演会を開きました。たくさんの皆さまにご参加いただき、ありがとうございました。',
    body: `令和6年8月28日、「**特別区全国連携プロジェクト10年のあゆみとこれから**」をテーマに、全国連携講演会を開催し、講演と対談を行いました。

## これまでの講演会から

- 令和5年度「被災地支援を通じた全国連携」
- 令和5年度「全国連携で広がる支援の輪〜文化・歴史の絆が繋ぐ熊本の災害復興〜」
- 令和4年度「地域脱炭素時代の地域間連携を考える」

今後に向けて、有益なご示唆をいただきました。`,
    audience: ALL,
    daysAgo: 80,
    acknowledged: 81,
    correction: {
      note: '令和5年度の講演会の題名に誤りがあったため、改めました。',
      bodyBefore: '8月28日、全国連携講演会を開催し、講演と対談を行いました。',
    },
  },
  {
    title: '広域連携協定を結んだ市長会・町村会の皆さまへ',
    category: '連携協定',
    summary:
      '全国各地域の13の市長会・町村会、372の自治体の皆さまと広域連携協定を結んでいます。新たな連携事業のご提案をお待ちしています。',
    body: `平成26年9月に「趣意書」を公表してから、全国各地域の**13の市長会・町村会**及び**372自治体**の皆さまと、広域連携協定を結ぶことができました。

これまでの成果の上に立ち、課題解決に向けた実効性のある連携事業を、ともに創り出してまいります。
ご提案やご相談は、調査第1課（[03-5210-9747](tel:03-5210-9747)）までお寄せください。`,
    audience: chosen({ associations: ['hokkaido-choson', 'nara-choson', 'kyoto-shicho', 'kyoto-choson'] }),
    daysAgo: 33,
    acknowledged: 55,
  },
  {
    title: '「たいとう・すみだ十勝ウィーク」の振り返りのお願い',
    category: 'イベント',
    summary:
      '北海道十勝地域の皆さまと台東区・墨田区による取組について、次の連携に向けたご意見をお寄せください。',
    body: `**〜大地のタカラ×江戸のチカラ〜**

北海道十勝地域（16町2村）と、東京の台東区・墨田区による関係人口創出の取組では、次の事業を行いました。

1. たいとう・すみだ十勝ウィーク
2. エゾ鹿を活用した特産品づくり（十勝エゾ鹿肉活用メニュー、エゾ鹿の革を用いた製品づくり）
3. デジタル森林浴

今後の連携に向けて、よかったところ、続けたいところを、12月中にお聞かせください。`,
    audience: chosen({ municipalities: TOKACHI }),
    daysAgo: 4,
    acknowledged: 40,
  },
  {
    title: '会員ページで「お知らせ」をご覧いただけるようになりました',
    category: 'お知らせ',
    summary:
      '最新情報やイベント情報を、会員ページで随時お届けします。お読みになりましたら「確認しました」を押してください。',
    body: `登録自治体の皆さまだけにお届けするお知らせのページです。

- 新しいお知らせには「未読」の印が付きます。
- 言葉や分類で探せます。二文字の言葉（防災、観光 など）でも見つかります。
- メールは、そのつどか、1日1回まとめてかを選べます。

イベントの情報は、公式X（旧Twitter）「特別区全国連携プロジェクト」（@Zenkoku_Renkei）でも発信しています。`,
    audience: ALL,
    daysAgo: 1,
    acknowledged: 18,
  },
  {
    title: '東京区政会館での「全国連携展示」の出展を募集します',
    category: 'イベント',
    summary: '地域の魅力を紹介する展示を、東京区政会館で行いませんか。出展を希望される自治体を募集します。',
    body: `これまでに、連携自治体の地域を紹介する展示を15回行いました。

## 応募のしかた

ご希望の時期と、展示の内容を、調査第1課までお知らせください。`,
    audience: ALL,
    daysAgo: -3,
  },
  {
    title: '来年度の事業計画について（案）',
    category: 'お知らせ',
    summary: '',
    body: '事業計画（令和5年度〜令和8年度）の最終年度にあたり、',
    audience: chosen({}),
    daysAgo: null,
  },
];
