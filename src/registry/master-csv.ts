/**
 * Reads the reference lists of prefectures and municipalities. Where they come from: data/README.md.
 */

import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizeForSearch } from '../platform/text/search-text.js';
import { isMunicipalityCode } from './municipality-code.js';

export type MunicipalityType = 'city' | 'town' | 'village' | 'special-ward';

export interface PrefectureRow {
  /** Six digits, such as `010006`. */
  code: string;
  name: string;
  /** Hiragana. */
  kana: string;
}

export interface MunicipalityRow {
  /** Six digits, such as `016314`. */
  code: string;
  /** Six digits, such as `010006`. */
  prefectureCode: string;
  /** With 市, 町, 村 or 区, without the prefecture and 郡. */
  name: string;
  /** Hiragana, of the whole name. */
  kana: string;
  type: MunicipalityType;
  /** `NNN-NNNN`; blank in the source for about one municipality in five. */
  officePostalCode: string | null;
  /** From the prefecture on; null exactly where the postal code is. */
  officeAddress: string | null;
  website: string | null;
  /** Degrees north. */
  latitude: number | null;
  /** Degrees east. */
  longitude: number | null;
  /** See {@link municipalitySearchText}. */
  searchText: string;
}

/** Normalised queries hold no white space but U+0020, so no query can match across two parts. */
export const SEARCH_TEXT_SEPARATOR = '\n';

const TYPES = new Map<string | undefined, MunicipalityType>([
  ['市', 'city'],
  ['町', 'town'],
  ['村', 'village'],
  ['特別区', 'special-ward'],
]);

type CsvRow = Record<string, string | undefined>;

/**
 * Reads `prefectures.csv`: the 47 prefectures in the order of their codes.
 *
 * @param dataDir the folder that holds the file
 * @throws Error when the file can't be read or a row is wrong; the message names the row
 */
export function readPrefectures(dataDir: string): PrefectureRow[] {
  return readCsv(dataDir, 'prefectures.csv').map((row) => ({
    code: requiredCode(row),
    name: required(row, 'name'),
    kana: required(row, 'kana'),
  }));
}

/**
 * Reads `municipalities.csv`: every 市, 町, 村 and 特別区 in the order of their codes.
 *
 * @param dataDir the folder that holds it and `prefectures.csv`
 * @throws Error when a file can't be read or a row is wrong (unknown type or prefecture, a wrong check digit, a
 *   code of another prefecture); the message names the row
 */
export function readMunicipalities(dataDir: string): MunicipalityRow[] {
  const prefectures = new Map(readPrefectures(dataDir).map((prefecture) => [prefecture.name, prefecture]));
  return readCsv(dataDir, 'municipalities.csv').map((row) => {
    const prefecture = prefectures.get(required(row, 'prefecture'));
    return toMunicipality(row, prefecture ?? fail(row, 'prefecture'));
  });
}

/**
 * What a search for a municipality looks in: name, kana, prefecture, both run together (北海道音更町), and the code
 * with and without its check digit, each normalised as queries are.
 */
export function municipalitySearchText(
  municipality: { code: string; name: string; kana: string },
  prefecture: { name: string; kana: string },
): string {
  return [
    municipality.name,
    municipality.kana,
    prefecture.name,
    prefecture.kana,
    prefecture.name + municipality.name,
    prefecture.kana + municipality.kana,
    municipality.code,
    municipality.code.slice(0, 5),
  ]
    .map(normalizeForSearch)
    .join(SEARCH_TEXT_SEPARATOR);
}

function toMunicipality(row: CsvRow, prefecture: PrefectureRow): MunicipalityRow {
  const names = { code: requiredCode(row), name: required(row, 'name'), kana: required(row, 'kana') };
  if (names.code.slice(0, 2) !== prefecture.code.slice(0, 2)) fail(row, 'lg_code6');
  return {
    ...names,
    prefectureCode: prefecture.code,
    type: TYPES.get(row['type']) ?? fail(row, 'type'),
    officePostalCode: optional(row, 'postal_code'),
    officeAddress: optional(row, 'address'),
    website: optional(row, 'url'),
    latitude: optionalNumber(row, 'lat'),
    longitude: optionalNumber(row, 'lon'),
    searchText: municipalitySearchText(names, prefecture),
  };
}

function readCsv(dataDir: string, file: string): CsvRow[] {
  return parse<CsvRow>(readFileSync(join(dataDir, file), 'utf8'), { columns: true, bom: true });
}

function optional(row: CsvRow, column: string): string | null {
  // A column that is missing altogether is a wrong file, not an empty field.
  const value = row[column] ?? fail(row, column);
  return value === '' ? null : value;
}

function required(row: CsvRow, column: string): string {
  return optional(row, column) ?? fail(row, column);
}

function requiredCode(row: CsvRow): string {
  const code = required(row, 'lg_code6');
  return isMunicipalityCode(code) ? code : fail(row, 'lg_code6');
}

function optionalNumber(row: CsvRow, column: string): number | null {
  const value = optional(row, column);
  if (value === null) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : fail(row, column);
}

function fail(row: CsvRow, column: string): never {
  throw new Error(`wrong or missing ${column} in the row ${JSON.stringify(row)}`);
}
