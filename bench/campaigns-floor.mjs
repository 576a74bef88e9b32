/** What the portal's campaigns are held against: the least that writes, renders and sends the same. */
import { createTransport } from 'nodemailer';
import { Client, Pool } from 'pg';
import { ask } from '../dist/src/campaigns/campaigns.messages.js';
import { withConnection } from '../dist/src/platform/database/database-roles.js';
import { OutboxRepository } from '../dist/src/platform/outbox/outbox.repository.js';

/** As many as the portal's outbox has. */
const LANES = 3;

const statements = new OutboxRepository();

/** Notes what the ask is rendered of, so that the same can be rendered once more. */
export function noteRendering() {
  const original = ask.render;
  const params = [];
  ask.render = (given, context) => {
    params.push(given);
    return original(given, context);
  };
  return {
    stop() {
      ask.render = original;
      return params;
    },
  };
}

/** @returns milliseconds */
export function bareRendering(mails, context) {
  const before = performance.now();
  for (const params of mails) ask.render(params, context);
  return performance.now() - before;
}

/** Whom it asks, once more in a campaign beside it: one INSERT … SELECT in a transaction like the portal's. */
export async function bareStart({ appUrl, superuserUrl }, id) {
  const copy = await copyCampaign(superuserUrl, id);
  // What asks already would be left out: theirs are out of the way for as long as it takes.
  await withConnection(superuserUrl, (client) =>
    client.query(
      `UPDATE campaign_target SET left_at = now(), left_because = 'closed' WHERE campaign_id = $1`,
      [id],
    ),
  );
  const ms = await inTransaction(appUrl, (client) =>
    client.query(
      `INSERT INTO campaign_target (campaign_id, registration_id, counts_from)
       SELECT $1, id, now() FROM registration WHERE status = 'active'`,
      [copy],
    ),
  );
  await withConnection(superuserUrl, async (client) => {
    await client.query('DELETE FROM campaign_target WHERE campaign_id = $1', [copy]);
    await client.query('DELETE FROM campaign_step WHERE campaign_id = $1', [copy]);
    await client.query('DELETE FROM campaign WHERE id = $1', [copy]);
    await client.query(
      `UPDATE campaign_target SET left_at = NULL, left_because = NULL WHERE campaign_id = $1`,
      [id],
    );
  });
  return ms;
}

/**
 * The rows that a step wrote, written once more: questions and ledger from copies of them, and the mails, whose texts have
 * just been rendered and so come from here, in one statement.
 */
export async function bareInserts({ appUrl, superuserUrl }, id) {
  const tables = ['campaign_question', 'campaign_reminder'];
  const about = 'outbox_message_about';
  const mails = await withConnection(superuserUrl, async (client) => {
    const ofCampaign = 'SELECT mail_id FROM campaign_reminder WHERE campaign_id = $1';
    await client.query(`DROP TABLE IF EXISTS bare_${about}`);
    await client.query(`CREATE TABLE bare_${about} (LIKE ${about})`);
    await client.query(
      `INSERT INTO bare_${about} SELECT * FROM ${about} WHERE message_id IN (${ofCampaign})`,
      [id],
    );
    await client.query(`GRANT SELECT ON bare_${about} TO renkei_app`);
    const { rows } = await client.query(
      `DELETE FROM outbox_message WHERE id IN (${ofCampaign}) RETURNING *`,
      [id],
    );
    for (const table of tables) {
      await client.query(`DROP TABLE IF EXISTS bare_${table}`);
      await client.query(`CREATE TABLE bare_${table} AS SELECT * FROM ${table} WHERE campaign_id = '${id}'`);
      await client.query(`DELETE FROM ${table} WHERE campaign_id = '${id}'`);
      await client.query(`GRANT SELECT ON bare_${table} TO renkei_app`);
    }
    return rows;
  });
  const columns = MAIL_COLUMNS.map(([name]) => mails.map((mail) => mail[name]));
  return inTransaction(appUrl, async (client) => {
    for (const table of tables) await client.query(`INSERT INTO ${table} SELECT * FROM bare_${table}`);
    await client.query(INSERT_MAILS, columns);
    await client.query(`INSERT INTO ${about} SELECT * FROM bare_${about}`);
  });
}

const MAIL_COLUMNS = [
  ['id', 'uuid'],
  ['kind', 'text'],
  ['dedupe_key', 'text'],
  ['message_id', 'text'],
  ['recipient', 'text'],
  ['subject', 'text'],
  ['body', 'text'],
  ['code_purpose', 'text'],
  ['code_challenge_id', 'uuid'],
  ['registration_id', 'uuid'],
  ['priority', 'smallint'],
];

const INSERT_MAILS = `
  INSERT INTO outbox_message (${MAIL_COLUMNS.map(([name]) => name).join(', ')})
  SELECT * FROM unnest(${MAIL_COLUMNS.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')})`;

/** The same mails sent by a loop that does what the outbox has to do, and nothing else. @returns seconds */
export async function bareSending({ appUrl, superuserUrl }, id, smtpUrl) {
  await withConnection(superuserUrl, (client) => client.query(WAIT_AGAIN, [id]));
  const { hostname, port } = new URL(smtpUrl);
  const transport = createTransport({
    host: hostname,
    port: Number(port),
    pool: true,
    maxConnections: LANES,
  });
  const pool = new Pool({ connectionString: appUrl, max: 10 });
  const before = performance.now();
  await Promise.all(Array.from({ length: LANES }, () => sendLane(pool, transport)));
  const seconds = (performance.now() - before) / 1000;
  transport.close();
  await pool.end();
  return seconds;
}

async function sendLane(pool, transport) {
  for (;;) {
    const [mail] = await transaction(pool, (tx) => statements.claim(tx, 1));
    if (!mail) return;
    await transport.sendMail({
      messageId: `<${mail.messageId}>`,
      from: { name: '特別区全国連携プロジェクト', address: 'renkei@portal.example' },
      to: { name: '', address: mail.recipient },
      envelope: { from: 'renkei@portal.example', to: [mail.recipient] },
      subject: mail.subject,
      text: mail.body,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    await transaction(pool, (tx) => statements.settle(tx, mail, { outcome: 'sent', response: 'accepted' }));
  }
}

/** Bare connections for the outbox's own statements, so that both sides always send the same. */
async function transaction(pool, work) {
  const client = await pool.connect();
  const rowsOf = async (sql, parameters) => (await client.query(sql, parameters)).rows;
  try {
    await client.query('START TRANSACTION');
    await client.query('select * from open_system()');
    const result = await work({ query: rowsOf, execute: rowsOf });
    await client.query('COMMIT');
    return result;
  } finally {
    client.release();
  }
}

async function inTransaction(url, work) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const before = performance.now();
    await client.query('BEGIN');
    await client.query('SELECT * FROM open_system()');
    await work(client);
    await client.query('COMMIT');
    return performance.now() - before;
  } finally {
    await client.end();
  }
}

async function copyCampaign(superuserUrl, id) {
  return withConnection(superuserUrl, async (client) => {
    const { rows } = await client.query(
      `INSERT INTO campaign (id, kind, title, audience, counts_from, deadline)
       SELECT gen_random_uuid(), kind, title, audience, counts_from, deadline FROM campaign WHERE id = $1 RETURNING id`,
      [id],
    );
    return rows[0].id;
  });
}

const WAIT_AGAIN = `
  WITH again AS (
    DELETE FROM outbox_attempt WHERE message_id IN (SELECT mail_id FROM campaign_reminder WHERE campaign_id = $1))
  UPDATE outbox_message SET sent_at = NULL, attempts = 0, leased_until = NULL
   WHERE id IN (SELECT mail_id FROM campaign_reminder WHERE campaign_id = $1)`;
