import { join } from 'node:path';
import { ASSOCIATIONS, associationOf } from './associations.js';
import { readMunicipalities, readPrefectures } from './master-csv.js';

const DATA_DIR = join(import.meta.dirname, '../../data');
const municipalities = readMunicipalities(DATA_DIR);

const nameFor = (name: string) => associationOf(municipalities.find((row) => row.name === name)!)?.name;
const membersOf = (id: string) => municipalities.filter((row) => associationOf(row)?.id === id);

describe('the associations', () => {
  it('are 13 with unique ids and names', () => {
    expect(ASSOCIATIONS).toHaveLength(13);
    expect(new Set(ASSOCIATIONS.map(({ id }) => id)).size).toBe(13);
    expect(new Set(ASSOCIATIONS.map(({ name }) => name)).size).toBe(13);
    for (const { id } of ASSOCIATIONS) expect(id).toMatch(/^[a-z]+-(shicho|choson)$/);
  });

  it('name prefectures as the master does', () => {
    const names = new Map(readPrefectures(DATA_DIR).map(({ code, name }) => [code, name]));
    for (const { prefectureCode, prefectureName } of ASSOCIATIONS) {
      expect(names.get(prefectureCode)).toBe(prefectureName);
    }
  });

  it('cover exactly 372 municipalities, as the newsletter says', () => {
    expect(municipalities.filter((row) => associationOf(row))).toHaveLength(372);
    const covering = municipalities.map(
      (row) =>
        ASSOCIATIONS.filter(
          ({ prefectureCode, covers }) => prefectureCode === row.prefectureCode && covers.includes(row.type),
        ).length,
    );
    expect(Math.max(...covering)).toBe(1);
  });

  it.each([
    ['hokkaido-choson', 144],
    ['kyoto-shicho', 15],
    ['kyoto-choson', 11],
    ['aomori-shicho', 10],
    ['aomori-choson', 30],
    ['chiba-choson', 17],
    ['hiroshima-choson', 9],
    ['nara-choson', 27],
    ['gunma-shicho', 12],
    ['gunma-choson', 23],
    ['saitama-choson', 23],
    ['chiba-shicho', 37],
    ['yamanashi-choson', 14],
  ])('%s covers %i', (id, count) => {
    expect(membersOf(id)).toHaveLength(count);
  });

  it('cover towns by 町村会 and cities by 市長会 only', () => {
    expect(nameFor('音更町')).toBe('北海道町村会');
    expect(nameFor('札幌市')).toBeUndefined();
    expect(nameFor('京都市')).toBe('京都府市長会');
    expect(nameFor('南山城村')).toBe('京都府町村会');
    expect(nameFor('千代田区')).toBeUndefined();
  });
});
