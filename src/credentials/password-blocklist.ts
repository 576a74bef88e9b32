import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { invalidField } from '../platform/http/domain-error.js';

/** Guesses, as a power of ten, below which a password is on somebody's list or made of what is. */
const FEWEST_GUESSES = 10;
/** What has to remain of a password after everything that belongs to the portal is taken out of it. Characters. */
const SHORTEST_REST = 8;

/** Words of the portal itself, which whoever wants in tries first. In lower case. */
const OWN_WORDS = [
  '特別区全国連携プロジェクト',
  '特別区全国連携',
  '特別区協議会',
  '特別区長会',
  '特別区',
  '全国連携',
  '連携プロジェクト',
  'プロジェクト',
  '自治体',
  '事務局',
  '事業推進課',
  '調査第1課',
  '会員用ホームページ',
  'ホームページ',
  '会員登録',
  '登録情報',
  'パスワード',
  'とくべつく',
  'ぜんこくれんけい',
  'れんけい',
  'tokubetsuku',
  'tokubetuku',
  'zenkokurenkei',
  'zenkoku',
  'renkei',
  'kyogikai',
  'kuchokai',
  'jimukyoku',
  'jichitai',
  'tokyo23',
  'tokyo',
  'project',
  'portal',
  'council',
  'password',
  'admin',
];

let estimator: Promise<ZxcvbnFactory> | undefined;

/** Loaded when it is first needed: its word lists take 30 MB, and staff set a password once a year. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [core, common] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]);
  return new core.ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
}

/**
 * Judges a password against a list of what others use (zxcvbn's, shipped with the portal), its repetitions and rows
 * of keys, and against the words of the portal and of the person. No rule about kinds of characters.
 *
 * @param own words of the person: address, name
 * @returns why it can't be used, or null
 */
export async function passwordFlaw(
  password: string,
  own: readonly string[],
): Promise<'common' | 'own-words' | null> {
  const folded = password.normalize('NFKC').toLowerCase();
  if (withoutWords(folded, own).length < SHORTEST_REST) return 'own-words';
  estimator ??= loadEstimator();
  return (await estimator).check(folded).guessesLog10 < FEWEST_GUESSES ? 'common' : null;
}

/** @returns what is left without the portal's words, the person's, years, and what stands between words */
function withoutWords(folded: string, own: readonly string[]): string[] {
  const mine = own
    .flatMap((text) =>
      text
        .normalize('NFKC')
        .toLowerCase()
        .split(/[\s@.\-_+]+/u),
    )
    .filter((word) => word.length >= 2);
  const words = [...OWN_WORDS, ...mine].toSorted((a, b) => b.length - a.length);
  const rest = words.reduce((text, word) => text.replaceAll(word, ' '), folded);
  return [...rest.replaceAll(/(?:19|20)\d\d|[\s\p{P}\p{S}]/gu, '')];
}

/** @throws DomainError `invalid` that says why a password can't be taken */
export async function assertUncommon(
  pointer: string,
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<void> {
  const flaw = await passwordFlaw(password, [email, name]);
  if (flaw === null) return;
  const message =
    flaw === 'common'
      ? 'よく使われる言葉や並びでできているため、推測されやすいパスワードです。ほかのものにしてください。'
      : 'このパスワードは、ホームページの言葉や、ご自分の名前・アドレスだけでできています。ほかの言葉を加えてください。';
  throw invalidField(pointer, flaw, message);
}
