/** Where each prefecture stands on a map of equal tiles: rows and columns from 1, roughly as on the real one. */
export interface PrefecturePlace {
  /** The first two digits of its code. */
  readonly code: string;
  /** Without 都, 府 or 県. */
  readonly name: string;
  readonly row: number;
  readonly column: number;
}

/** A name, its row and its column, in the order of the codes. */
const PLACES = `北海道 1 12　青森 2 12　岩手 3 12　宮城 4 12　秋田 3 11　山形 4 11　福島 5 12　茨城 6 12　栃木 6 11　群馬 6 10
埼玉 7 10　千葉 7 12　東京 7 11　神奈川 8 11　新潟 5 11　富山 5 10　石川 5 9　福井 6 8　山梨 7 9　長野 6 9
岐阜 7 8　静岡 8 10　愛知 8 9　三重 8 8　滋賀 7 7　京都 6 7　大阪 7 6　兵庫 6 6　奈良 8 7　和歌山 8 6
鳥取 6 5　島根 6 4　岡山 7 5　広島 7 4　山口 7 3　徳島 10 6　香川 9 6　愛媛 9 5　高知 10 5　福岡 9 3
佐賀 9 2　長崎 9 1　熊本 10 2　大分 10 3　宮崎 11 3　鹿児島 11 2　沖縄 12 1`;

export const PREFECTURE_PLACES: readonly PrefecturePlace[] = PLACES.split(/[　\n]/).map((place, index) => {
  const [name = '', row, column] = place.split(' ');
  return { code: String(index + 1).padStart(2, '0'), name, row: Number(row), column: Number(column) };
});
