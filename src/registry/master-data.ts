import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { ASSOCIATIONS } from './associations.js';
import { readMunicipalities, readPrefectures } from './master-csv.js';

/** The project's `data` folder, seen from the compiled file. */
const DATA_DIR = fileURLToPath(new URL('../../../data/', import.meta.url));

/**
 * Loads the prefectures, the 1,741 municipalities and the associations, or brings them up to date: rows are
 * matched by code and never deleted.
 *
 * @param owner data source of the owner's role, initialised; the application may only read the master
 * @param dataDir for tests, which run beside the sources
 * @returns how many municipalities there are now in the file
 */
export async function loadMaster(owner: DataSource, dataDir = DATA_DIR): Promise<number> {
  const municipalities = readMunicipalities(dataDir);
  await owner.transaction(async (manager) => {
    await manager.query(UPSERT_PREFECTURES, [JSON.stringify(readPrefectures(dataDir))]);
    await manager.query(UPSERT_MUNICIPALITIES, [JSON.stringify(municipalities)]);
    await manager.query(UPSERT_ASSOCIATIONS, [JSON.stringify(ASSOCIATIONS)]);
  });
  return municipalities.length;
}

const UPSERT_PREFECTURES = `
  INSERT INTO prefecture (code, name, kana)
  SELECT code, name, kana FROM jsonb_to_recordset($1::jsonb) AS p (code text, name text, kana text)
  ON CONFLICT (code) DO UPDATE SET name = excluded.name, kana = excluded.kana`;

const UPSERT_MUNICIPALITIES = `
  INSERT INTO municipality (code, prefecture_code, name, kana, type, office_postal_code, office_address, website,
                            latitude, longitude, search_text)
  SELECT code, "prefectureCode", name, kana, type, "officePostalCode", "officeAddress", website,
         latitude, longitude, "searchText"
    FROM jsonb_to_recordset($1::jsonb) AS m (
      code text, "prefectureCode" text, name text, kana text, type text, "officePostalCode" text,
      "officeAddress" text, website text, latitude double precision, longitude double precision, "searchText" text)
  ON CONFLICT (code) DO UPDATE
    SET prefecture_code = excluded.prefecture_code, name = excluded.name, kana = excluded.kana,
        type = excluded.type, office_postal_code = excluded.office_postal_code,
        office_address = excluded.office_address, website = excluded.website, latitude = excluded.latitude,
        longitude = excluded.longitude, search_text = excluded.search_text`;

const UPSERT_ASSOCIATIONS = `
  INSERT INTO association (id, name, prefecture_code, municipality_types)
  SELECT id, name, "prefectureCode", covers
    FROM jsonb_to_recordset($1::jsonb) AS a (id text, name text, "prefectureCode" text, covers text[])
  ON CONFLICT (id) DO UPDATE
    SET name = excluded.name, prefecture_code = excluded.prefecture_code,
        municipality_types = excluded.municipality_types`;
