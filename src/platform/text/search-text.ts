/**
 * One spelling for searching, so that what a clerk types finds what is registered: half-width or full-width,
 * hiragana or katakana, 髙 or 高. Both the stored search text and the query go through the same function. The
 * result is for comparing only; it is never shown and never written back to a registration.
 */

/** Characters that mean the same in a search: every character of a row is replaced by the row's first. */
const VARIANTS = [
  // Characters of person and place names. NFKC already unites the compatibility ideographs (神 → 神), but
  // leaves 﨑 and 髙 alone: to Unicode they are characters of their own.
  '高髙',
  '崎﨑嵜',
  '梼檮',
  '浜濱濵',
  '辺邊邉',
  '斉齊斎齋',
  '沢澤',
  '広廣',
  '国國',
  '島嶋嶌',
  '桜櫻',
  '竜龍',
  '滝瀧',
  '富冨',
  '吉𠮷',
  '徳德',
  '真眞',
  '恵惠',
  '桧檜',
  '桑桒',
  '柳栁',
  '橋槗',
  '館舘',
  '釜竈',
  '鯵鰺',
  '鴎鷗',
  '篭籠',
  '曽曾',
  '弥彌',
  '栄榮',
  '寿壽',
  '条條',
  '礼禮',
  '豊豐',
  '与與',
  '会會',
  '学學',
  '県縣',
  '区區',
  '蔵藏',
  '関關',
  '瀬瀨',
  '頼賴',
  '塩鹽',
  '穂穗',
  '静靜',
  '黒黑',
  '増增',
  '横橫',
  '緒緖',
  '芦蘆',
  '渕淵',
  '栃杤',
  '昇曻',
  '尭堯',
  '遥遙',
  '円圓',
  '万萬',
  '宝寶',
  '鉄鐵',
  '薮藪籔',
  // 鶴ヶ島市, 鎌ケ谷市: few people know which of the two is official.
  'ケヶ',
  'カヵ',
  // Dashes, minus signs, box-drawing lines and the long-vowel mark look alike on paper and in a form. (Their
  // full-width and half-width twins are gone by now: NFKC.)
  '-ー‐‒–—―⁃−─━',
  '~〜∼',
];

const FOLD = new Map(
  VARIANTS.flatMap((row) => {
    const [first = '', ...others] = row;
    return others.map((other): [string, string] => [other, first]);
  }),
);

/** Variation selectors (葛󠄀), zero-width spaces, soft hyphens, byte order marks: nothing that a reader sees. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Hiragana with a katakana counterpart, the iteration marks ゝゞ included. */
const HIRAGANA = /[\u3041-\u3096\u309d\u309e]/g;
const HIRAGANA_TO_KATAKANA = 0x60;

/**
 * The spelling to compare by: NFKC (so half-width kana come out composed), lower case, katakana for
 * hiragana, one form for each group of variant characters, single spaces and none at the ends.
 *
 * Applying it twice changes nothing. White space in the result is always a single U+0020.
 */
export function normalizeForSearch(s: string): string {
  return (
    s
      // The spacing marks ゛゜ would become a space and a combining mark: か゛ has to become ガ.
      .replaceAll('\u309b', '\u3099')
      .replaceAll('\u309c', '\u309a')
      .replace(INVISIBLE, '')
      .normalize('NFKC')
      .toLowerCase()
      .replace(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + HIRAGANA_TO_KATAKANA))
      .replace(/./gsu, (character) => FOLD.get(character) ?? character)
      // Lower case and folding can bring letters and combining marks together that now have a composed form.
      .normalize('NFKC')
      .replace(INVISIBLE, '')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** The words of a query, normalised, in the order typed; any white space, full-width too, divides them. */
export function searchTerms(query: string): string[] {
  return normalizeForSearch(query)
    .split(' ')
    .filter((term) => term !== '');
}

/**
 * Makes `s` stand for itself inside a LIKE or ILIKE pattern, with PostgreSQL's default escape character `\`.
 * The result is a part of a pattern and still has to be passed as a parameter.
 */
export function escapeLike(s: string): string {
  return s.replace(/[\\%_]/g, String.raw`\$&`);
}

/** LIKE patterns that all have to match a normalised text; none for an empty query. */
export function likePatterns(query: string | undefined): string[] {
  return searchTerms(query ?? '').map((term) => `%${escapeLike(term)}%`);
}
