/** A portal that has run for years: all 1,741 municipalities registered, and 5,000 announcements that are out. */
import { randomUUID } from 'node:crypto';
import { searchTextOf } from '../dist/src/announcements/announcement-search.js';
import { DEMO_ANNOUNCEMENTS } from '../dist/src/demo/demo-announcements.js';

export const ANNOUNCEMENTS = 5000;
/** One in five is for everybody, the others for a prefecture each. */
const FOR_ALL_EVERY = 5;
const BATCH = 250;

/** @param client a superuser's connection @returns ids of two sessions: a member's of 音更町 and an editor's */
export async function seedAnnouncements(client) {
  for (const statement of REGISTER_THE_REST) await client.query(statement);
  const { rows: prefectures } = await client.query('SELECT code FROM prefecture ORDER BY code');
  const rows = Array.from({ length: ANNOUNCEMENTS }, (_, n) => announcement(n, prefectures));
  for (let at = 0; at < rows.length; at += BATCH) {
    await client.query(INSERT_ANNOUNCEMENTS, [JSON.stringify(rows.slice(at, at + BATCH))]);
  }
  await client.query(INSERT_RECIPIENTS);
  await client.query('VACUUM (ANALYZE)');
  const { rows: sessions } = await client.query(OPEN_SESSIONS);
  return sessions[0];
}

/** The demo's texts, in turn, each with words of its own, so that searching finds some and not all. */
function announcement(n, prefectures) {
  const { title, summary, body } = DEMO_ANNOUNCEMENTS[n % (DEMO_ANNOUNCEMENTS.length - 1)];
  const words = WORDS.filter((_, at) => (n * (at + 3)) % (7 + at) === 0).join('、');
  const text = {
    title: `${title}（その${n}）`,
    summary,
    body: `${body}\n\n${words}について、第${n}号でお知らせします。`,
  };
  const prefecture = prefectures[n % prefectures.length].code;
  const audience =
    n % FOR_ALL_EVERY === 0
      ? { kind: 'all' }
      : { kind: 'chosen', prefectures: [prefecture], types: [], associations: [], municipalities: [] };
  return {
    id: randomUUID(),
    ...text,
    searchText: searchTextOf({ ...text, attachments: [] }),
    audience,
    pinned: n % 1000 === 0,
    ago: n,
  };
}

const WORDS = [
  '観光',
  '防災',
  '移住',
  '給食',
  '姉妹都市',
  '林業',
  '農産物',
  '修学旅行',
  '職員研修',
  '物産展',
];

export const REGISTER_THE_REST = [
  `CREATE TEMP TABLE rest AS
     SELECT gen_random_uuid() AS id, gen_random_uuid() AS department, m.code
       FROM municipality m
      WHERE m.valid_to IS NULL AND NOT EXISTS (SELECT FROM registration r WHERE r.municipality_code = m.code)`,
  `WITH registered AS (
     INSERT INTO registration (id, municipality_code, main_phone, primary_department_id)
     SELECT id, code, '0155-00-2110', department FROM rest),
   departments AS (
     INSERT INTO department (id, registration_id, name, email, position, valid_from)
     SELECT department, id, '企画課', 'kikaku@m' || code || '.example', 1, '2026-04-01' FROM rest)
   INSERT INTO contact (id, registration_id, department_id, name, email, role, position, valid_from)
   SELECT gen_random_uuid(), id, department, '三枝 千紘', 'tanto@m' || code || '.example', 'primary', 1, '2026-04-01'
     FROM rest`,
  'INSERT INTO announcement_delivery (registration_id) SELECT id FROM registration ON CONFLICT DO NOTHING',
];

const INSERT_ANNOUNCEMENTS = `
  INSERT INTO announcement (id, state, title, summary, body, category_id, audience, pinned, published_at, revision,
                            search_text)
  SELECT id, 'published', title, summary, body, (SELECT id FROM announcement_category ORDER BY position LIMIT 1),
         audience, pinned, now() - make_interval(hours => ago + 1), 1, "searchText"
    FROM jsonb_to_recordset($1::jsonb) AS a (id uuid, title text, summary text, body text, audience jsonb,
         pinned boolean, ago integer, "searchText" text)`;

/** In the order in which years of publishing would have written them. */
const INSERT_RECIPIENTS = `
  INSERT INTO announcement_recipient (registration_id, announcement_id, added_at, delivery, mailed_at)
  SELECT r.id, a.id, a.published_at, 'at-once', a.published_at
    FROM announcement a
    JOIN municipality m ON true
    JOIN registration r ON r.municipality_code = m.code AND r.status = 'active'
    LEFT JOIN association s ON s.prefecture_code = m.prefecture_code AND m.type = ANY (s.municipality_types)
   WHERE a.state = 'published' AND announcement_is_meant_for(a.audience, m.prefecture_code, m.type, s.id, m.code)
   ORDER BY a.published_at
  ON CONFLICT DO NOTHING`;

/** The editor's second factor holds for the whole run. */
const OPEN_SESSIONS = `
  WITH member AS (
    INSERT INTO session (id, token_hash, registration_id, mailbox, operator_name, expires_at)
    SELECT gen_random_uuid(), sha256(r.id::text::bytea || 'm'), r.id, d.email, '小野寺 真理', now() + interval '1 day'
      FROM registration r JOIN department d ON d.id = r.primary_department_id
     WHERE r.municipality_code = '016314' RETURNING id),
  editor AS (
    INSERT INTO session (id, token_hash, account_id, expires_at, stepped_up_at)
    SELECT gen_random_uuid(), sha256(id::text::bytea || 'e'), id, now() + interval '1 day', now() + interval '1 hour'
      FROM account WHERE 'editor' = ANY (roles) LIMIT 1 RETURNING id)
  SELECT (SELECT id FROM member) AS "memberSessionId", (SELECT id FROM editor) AS "editorSessionId"`;
