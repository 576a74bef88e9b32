import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchTerms } from '../platform/text/search-text.js';
import { type MunicipalityRow, readMunicipalities, readPrefectures } from './master-csv.js';
import { isMunicipalityCode } from './municipality-code.js';

const DATA_DIR = join(import.meta.dirname, '../../data');

const municipalities = readMunicipalities(DATA_DIR);
const prefectures = readPrefectures(DATA_DIR);

const named = (name: string) => municipalities.filter((row) => row.name === name);
/** Finds as the portal does: every term of the query somewhere in the search text. */
const find = (query: string) =>
  municipalities
    .filter((row) => searchTerms(query).every((term) => row.searchText.includes(term)))
    .map((row) => row.name);

function groupBy(key: (row: MunicipalityRow) => string): Map<string, MunicipalityRow[]> {
  const groups = new Map<string, MunicipalityRow[]>();
  for (const row of municipalities) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

describe('readPrefectures', () => {
  it('reads all 47 with right check digits', () => {
    expect(prefectures).toHaveLength(47);
    expect(prefectures[0]).toEqual({ code: '010006', name: '北海道', kana: 'ほっかいどう' });
    expect(prefectures.filter(({ code }) => !isMunicipalityCode(code))).toEqual([]);
  });
});

describe('readMunicipalities', () => {
  it('reads every 市, 町, 村 and 特別区', () => {
    expect(municipalities).toHaveLength(1741);
    const counts = Object.fromEntries(
      [...groupBy((row) => row.type)].map(([type, rows]) => [type, rows.length]),
    );
    expect(counts).toEqual({ city: 792, town: 743, village: 183, 'special-ward': 23 });
  });

  it('reads codes that are right and unique, and belong to their prefecture', () => {
    expect(municipalities.filter(({ code }) => !isMunicipalityCode(code))).toEqual([]);
    expect(new Set(municipalities.map(({ code }) => code)).size).toBe(1741);
    expect(municipalities.filter((row) => row.code.slice(0, 2) !== row.prefectureCode.slice(0, 2))).toEqual(
      [],
    );
    expect(new Set(municipalities.map((row) => row.prefectureCode)).size).toBe(47);
  });

  it('knows 25 names in more than one prefecture and none twice within one', () => {
    expect([...groupBy((row) => row.name).values()].filter((rows) => rows.length > 1)).toHaveLength(25);
    const within = groupBy((row) => row.prefectureCode + row.name);
    expect([...within.values()].filter((rows) => rows.length > 1)).toEqual([]);
  });

  it('reads a row in full', () => {
    expect(named('双葉町')).toMatchObject([
      {
        code: '075469',
        prefectureCode: '070009',
        name: '双葉町',
        kana: 'ふたばまち',
        type: 'town',
        officePostalCode: '979-1495',
        officeAddress: '福島県双葉郡双葉町大字長塚字町西７３番地４',
        website: 'https://www.town.fukushima-futaba.lg.jp/',
        latitude: 37.452904,
        longitude: 141.006374,
      },
    ]);
  });

  it('keeps 檮 and other rare characters, and makes blanks null', () => {
    expect(named('檮原町')).toMatchObject([
      { code: '394050', kana: 'ゆすはらちょう', officePostalCode: null, officeAddress: null },
    ]);
    expect(named('鰺ヶ沢町')).toHaveLength(1);
    expect(municipalities.filter((row) => row.officePostalCode !== null)).toHaveLength(1398);
    expect(
      municipalities.filter((row) => (row.officePostalCode === null) !== (row.officeAddress === null)),
    ).toEqual([]);
    expect(municipalities.filter((row) => row.officePostalCode === '' || row.website === '')).toEqual([]);
  });

  it('places everything within Japan', () => {
    const outside = municipalities.filter(
      ({ latitude, longitude }) =>
        latitude === null ||
        longitude === null ||
        latitude < 24 ||
        latitude > 46 ||
        longitude < 122 ||
        longitude > 149,
    );
    expect(outside).toEqual([]);
  });
});

describe('the search text', () => {
  it.each([
    '檮原',
    '梼原',
    'ゆすはら',
    'ユスハラ',
    'ﾕｽﾊﾗ',
    '39405',
    '394050',
    '３９４０５',
    '高知県梼原町',
    'こうちけんゆすはら',
    '高知　ゆすはら',
  ])('finds 檮原町 by %s', (query) => {
    expect(find(query)).toEqual(['檮原町']);
  });

  it.each([
    ['北海道音更町', '音更町'],
    ['鶴ケ島', '鶴ヶ島市'],
    ['塩釜市', '塩竈市'],
    ['ニセコ', 'ニセコ町'],
    ['にせこ', 'ニセコ町'],
    ['飯館村', '飯舘村'],
  ])('finds by %s: %s', (query, name) => {
    expect(find(query)).toEqual([name]);
  });

  it('lets no query match across two of its parts', () => {
    expect(find('檮原町ゆすはら')).toEqual([]);
    expect(find('394050\n39405')).toEqual(['檮原町']);
  });
});

describe('a wrong file', () => {
  const header = 'lg_code6,prefecture,name,kana,type,postal_code,address,phone,url,lat,lon';
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'master-csv-'));
    writeFileSync(join(dir, 'prefectures.csv'), 'lg_code6,name,kana\n390003,高知県,こうちけん\n');
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  const read = (...lines: string[]) => {
    writeFileSync(join(dir, 'municipalities.csv'), `${lines.join('\n')}\n`);
    return readMunicipalities(dir);
  };

  it('may have a byte order mark, CRLF and blanks', () => {
    const rows = read(`\uFEFF${header}\r`, '394050,高知県,檮原町,ゆすはらちょう,町,,,,,,\r');
    expect(rows).toMatchObject([{ name: '檮原町', website: null, latitude: null, longitude: null }]);
  });

  it.each([
    ['a wrong check digit', '394051,高知県,檮原町,ゆすはらちょう,町,,,,,,', 'lg_code6'],
    ['a code of another prefecture', '016314,高知県,音更町,おとふけちょう,町,,,,,,', 'lg_code6'],
    ['an unknown prefecture', '394050,土佐国,檮原町,ゆすはらちょう,町,,,,,,', 'prefecture'],
    ['an unknown type', '394050,高知県,檮原町,ゆすはらちょう,郡,,,,,,', 'type'],
    ['no name', '394050,高知県,,ゆすはらちょう,町,,,,,,', 'name'],
    ['a position in words', '394050,高知県,檮原町,ゆすはらちょう,町,,,,,north,', 'lat'],
  ])('is refused for %s', (_, line, column) => {
    expect(() => read(header, line)).toThrow(`wrong or missing ${column}`);
  });

  it('is refused for a missing column or a short row', () => {
    expect(() => read('lg_code6,prefecture,name', '394050,高知県,檮原町')).toThrow('wrong or missing kana');
    expect(() => read(header, '394050,高知県')).toThrow('Invalid Record Length');
    expect(() => readMunicipalities(join(dir, 'nowhere'))).toThrow('ENOENT');
  });
});
