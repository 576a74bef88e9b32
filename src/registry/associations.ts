/**
 * The 13 市長会・町村会 that have an agreement on cooperation with the council, and whom they cover.
 *
 * Source: the project's newsletter of October 2024 (「13の市長会・町村会及び372自治体との広域連携協定」), in the order in
 * which the agreements were made. Prefecture codes: data/prefectures.csv.
 */

import type { MunicipalityType } from './master-csv.js';

export interface Association {
  /** Stable; begins with the prefecture's name in Latin letters. */
  id: string;
  name: string;
  prefectureName: string;
  /** The prefecture's six-digit code, as in `MunicipalityRow.prefectureCode`. */
  prefectureCode: string;
  /** A 市長会 (mayors of cities) covers 市, a 町村会 (of towns and villages) 町 and 村. */
  covers: readonly MunicipalityType[];
}

const SHICHOKAI: readonly MunicipalityType[] = ['city'];
const CHOSONKAI: readonly MunicipalityType[] = ['town', 'village'];

export const ASSOCIATIONS: readonly Association[] = [
  association('hokkaido-choson', '北海道', '010006', CHOSONKAI),
  association('kyoto-shicho', '京都府', '260002', SHICHOKAI),
  association('kyoto-choson', '京都府', '260002', CHOSONKAI),
  association('aomori-shicho', '青森県', '020001', SHICHOKAI),
  association('aomori-choson', '青森県', '020001', CHOSONKAI),
  association('chiba-choson', '千葉県', '120006', CHOSONKAI),
  association('hiroshima-choson', '広島県', '340006', CHOSONKAI),
  association('nara-choson', '奈良県', '290009', CHOSONKAI),
  association('gunma-shicho', '群馬県', '100005', SHICHOKAI),
  association('gunma-choson', '群馬県', '100005', CHOSONKAI),
  association('saitama-choson', '埼玉県', '110001', CHOSONKAI),
  association('chiba-shicho', '千葉県', '120006', SHICHOKAI),
  association('yamanashi-choson', '山梨県', '190004', CHOSONKAI),
];

/** The association that covers a municipality, or undefined; never more than one does. */
export function associationOf(municipality: {
  prefectureCode: string;
  type: MunicipalityType;
}): Association | undefined {
  return ASSOCIATIONS.find(
    ({ prefectureCode, covers }) =>
      prefectureCode === municipality.prefectureCode && covers.includes(municipality.type),
  );
}

function association(
  id: string,
  prefectureName: string,
  prefectureCode: string,
  covers: readonly MunicipalityType[],
): Association {
  const kind = covers === SHICHOKAI ? '市長会' : '町村会';
  return { id, name: prefectureName + kind, prefectureName, prefectureCode, covers };
}
