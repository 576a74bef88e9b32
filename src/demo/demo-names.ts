/**
 * Word lists for invented registrations, and the romanisation that makes mail hosts of place names. No person
 * and no number here belongs to anyone: surnames and given names are combined by chance, from rather rare
 * ones, so that no well-known person comes out.
 */

/** A word as written and in hiragana. */
export type Named = readonly [written: string, kana: string];

export const SURNAMES: readonly Named[] = [
  ['髙瀬', 'たかせ'],
  ['髙畑', 'たかはた'],
  ['髙柳', 'たかやなぎ'],
  ['髙松', 'たかまつ'],
  ['岡﨑', 'おかざき'],
  ['柏﨑', 'かしわざき'],
  ['黒﨑', 'くろさき'],
  ['篠﨑', 'しのざき'],
  ['川﨑', 'かわさき'],
  ['田邉', 'たなべ'],
  ['濵本', 'はまもと'],
  ['齋木', 'さいき'],
  ['米澤', 'よねざわ'],
  ['野々山', 'ののやま'],
  ['菊地', 'きくち'],
  ['畠山', 'はたけやま'],
  ['工藤', 'くどう'],
  ['成田', 'なりた'],
  ['葛西', 'かさい'],
  ['三上', 'みかみ'],
  ['本間', 'ほんま'],
  ['今野', 'こんの'],
  ['小松', 'こまつ'],
  ['飯塚', 'いいづか'],
  ['関口', 'せきぐち'],
  ['鶴岡', 'つるおか'],
  ['石毛', 'いしげ'],
  ['椎名', 'しいな'],
  ['越川', 'こしかわ'],
  ['雨宮', 'あめみや'],
  ['望月', 'もちづき'],
  ['奥村', 'おくむら'],
  ['辻本', 'つじもと'],
  ['福井', 'ふくい'],
  ['森本', 'もりもと'],
  ['沖本', 'おきもと'],
  ['住田', 'すみだ'],
  ['久保田', 'くぼた'],
  ['谷口', 'たにぐち'],
  ['平田', 'ひらた'],
  ['長尾', 'ながお'],
  ['八木沢', 'やぎさわ'],
];

export const GIVEN_NAMES: readonly Named[] = [
  ['恵', 'めぐみ'],
  ['裕美子', 'ゆみこ'],
  ['智恵美', 'ちえみ'],
  ['由紀恵', 'ゆきえ'],
  ['千鶴子', 'ちづこ'],
  ['久美江', 'くみえ'],
  ['真奈恵', 'まなえ'],
  ['美穂子', 'みほこ'],
  ['佳代子', 'かよこ'],
  ['晴代', 'はるよ'],
  ['章代', 'あきよ'],
  ['敦美', 'あつみ'],
  ['千代美', 'ちよみ'],
  ['早智子', 'さちこ'],
  ['奈緒江', 'なおえ'],
  ['真由子', 'まゆこ'],
  ['沙代子', 'さよこ'],
  ['有紀枝', 'ゆきえ'],
  ['淳子', 'じゅんこ'],
  ['涼香', 'りょうか'],
  ['和志', 'かずし'],
  ['康志', 'やすし'],
  ['隆弥', 'たかや'],
  ['雅臣', 'まさおみ'],
  ['俊宏', 'としひろ'],
  ['拓実', 'たくみ'],
  ['健太朗', 'けんたろう'],
  ['修司', 'しゅうじ'],
  ['義彰', 'よしあき'],
  ['伸之', 'のぶゆき'],
  ['達朗', 'たつろう'],
  ['慎一朗', 'しんいちろう'],
  ['誠吾', 'せいご'],
  ['浩章', 'ひろあき'],
  ['克彰', 'かつあき'],
  ['直純', 'なおずみ'],
  ['光寿', 'みつとし'],
];

/** Departments with the part of their mailbox before the @. */
export const DEPARTMENTS: readonly { name: string; kana: string; mailbox: string }[] = [
  { name: '企画課', kana: 'きかくか', mailbox: 'kikaku' },
  { name: '総務課', kana: 'そうむか', mailbox: 'somu' },
  { name: '政策推進課', kana: 'せいさくすいしんか', mailbox: 'seisaku' },
  { name: '地域振興課', kana: 'ちいきしんこうか', mailbox: 'chiiki' },
  { name: '秘書広報課', kana: 'ひしょこうほうか', mailbox: 'hisho' },
  { name: '企画財政課', kana: 'きかくざいせいか', mailbox: 'kikakuzaisei' },
  { name: 'まちづくり推進課', kana: 'まちづくりすいしんか', mailbox: 'machizukuri' },
  { name: '商工観光課', kana: 'しょうこうかんこうか', mailbox: 'shoko-kanko' },
];

/** Titles of those who answer for a registration, and of those who stand in for them. */
export const TITLES = {
  primary: ['課長補佐', '係長', '主幹', '主査'],
  deputy: ['主査', '主任', '主事'],
} as const;

/**
 * Area codes by the first two digits of the municipality's code, for the prefectures that the associations cover.
 * With an exchange number that begins with 0 after them, no such telephone number can exist.
 */
export const AREA_CODES: Readonly<Record<string, readonly string[]>> = {
  '01': ['0126', '0136', '0144', '0153', '0156', '0164', '0167'],
  '02': ['0172', '0173', '0175', '0176', '0178'],
  '10': ['0270', '0274', '0276', '0278', '0279'],
  '11': ['0480', '0493', '0494', '0495'],
  '12': ['0436', '0438', '0470', '0475', '0476', '0479'],
  '19': ['0551', '0553', '0554', '0555', '0556'],
  '26': ['0771', '0772', '0773', '0774'],
  '29': ['0742', '0743', '0744', '0745', '0746', '0747'],
  '34': ['0824', '0826', '0829', '0846', '0847', '0848'],
};

const SYLLABLES = new Map(
  `あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しshi すsu せse そso
  ざza じji ずzu ぜze ぞzo たta ちchi つtsu てte とto だda ぢji づzu でde どdo なna にni ぬnu ねne のno
  はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo
  やya ゆyu よyo らra りri るru れre ろro わwa をo んn`
    .split(/\s+/)
    .map((pair): [string, string] => [pair.charAt(0), pair.slice(1)]),
);

/**
 * Hepburn without long-vowel signs, as mail hosts are commonly spelt: おとふけ → `otofuke`, ろっかしょ → `rokkasho`; a
 * final お is kept, as in passports (ひろお → `hiroo`).
 *
 * @param kana hiragana
 * @returns lower-case ASCII letters
 * @throws RangeError for anything but hiragana
 */
export function romanize(kana: string): string {
  let roman = '';
  for (const character of kana) {
    if (character === 'っ') {
      roman += '*';
    } else if ('ゃゅょ'.includes(character)) {
      const vowel = { ゃ: 'a', ゅ: 'u', ょ: 'o' }[character] ?? '';
      // し + ゃ is sha, き + ゃ is kya.
      roman = roman.replace(/i$/, /(sh|ch|j)i$/.test(roman) ? '' : 'y') + vowel;
    } else {
      const syllable = SYLLABLES.get(character);
      if (syllable === undefined) throw new RangeError(`not hiragana: ${character}`);
      roman += syllable;
    }
  }
  return roman
    .replace(/\*(?=ch)/g, 't')
    .replace(/\*(.)/g, '$1$1')
    .replace(/ou|oo(?=.)/g, 'o')
    .replace(/uu/g, 'u');
}
