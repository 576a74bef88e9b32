/** What the portal's campaigns are held against: the least that writes, renders and sends the same. */
import { createTransport } from 'nodemailer';
import { Client, Pool } from 'pg';
import { ask } from '../dist/src/campaigns/campaigns.messages.js';
import { withConnection } from '../dist/src/platform/database/database-roles.js';

/** As many as the portal's outbox has. */
const LANES = 3;

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

/** The rows that a step wrote, written once more from copies of them: questions, ledger, mails. */
export async function bareInserts({ appUrl, superuserUrl }, id) {
  const copies = ['campaign_question', 'campaign_reminder', 'outbox_message'];
  await withConnection(superuserUrl, async (client) => {
    for (const table of copies) await client.query(`DROP TABLE IF EXISTS bare_${table}`);
    await client.query(
      `CREATE TABLE bare_outbox_message AS SELECT o.* FROM outbox_message o
        WHERE id IN (SELECT mail_id FROM campaign_reminder WHERE campaign_id = $1)`.replace('$1', `'${id}'`),
    );
    for (const table of copies.slice(0, 2)) {
      await client.query(`CREATE TABLE bare_${table} AS SELECT * FROM ${table} WHERE campaign_id = '${id}'`);
    }
    for (const table of copies) {
      await client.query(
        `DELETE FROM ${table} WHERE ${table === 'outbox_message' ? 'id IN (SELECT id FROM bare_outbox_message)' : `campaign_id = '${id}'`}`,
      );
      await client.query(`GRANT SELECT ON bare_${table} TO renkei_app`);
    }
  });
  return inTransaction(appUrl, async (client) => {
    for (const table of copies) await client.query(`INSERT INTO ${table} SELECT * FROM bare_${table}`);
  });
}

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
    const [mail] = await transaction(pool, CLAIM, [1, 180]);
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
    await transaction(pool, SETTLE, [mail.id, mail.attempt, 'sent', 'accepted', 0]);
  }
}

async function transaction(pool, statement, parameters) {
  const client = await pool.connect();
  try {
    await client.query('START TRANSACTION');
    await client.query('select * from open_system()');
    const { rows } = await client.query(statement, parameters);
    await client.query('COMMIT');
    return rows;
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

/** As the outbox has them. */
const CLAIM = `
  WITH due AS (
    SELECT id FROM outbox_message
     WHERE sent_at IS NULL AND failed_at IS NULL AND not_before <= now()
       AND (leased_until IS NULL OR leased_until < now())
     ORDER BY priority, not_before
     LIMIT $1
       FOR UPDATE SKIP LOCKED),
  claimed AS (
    UPDATE outbox_message m
       SET attempts = m.attempts + 1, leased_until = now() + make_interval(secs => $2)
      FROM due WHERE m.id = due.id
    RETURNING m.*),
  begun AS (INSERT INTO outbox_attempt (message_id, attempt) SELECT id, attempts FROM claimed)
  SELECT id, kind, message_id AS "messageId", recipient,
         registration_id AS "registrationId", subject, body, code_purpose AS "codePurpose",
         code_challenge_id AS "codeChallengeId", attempts AS attempt,
         coalesce(retried_at, queued_at) AS "queuedAt",
         coalesce(useless_after < now(), false) AS expired,
         (SELECT count(*)::int FROM outbox_attempt a WHERE a.message_id = claimed.id AND a.ended_at IS NULL
             AND (retried_at IS NULL OR a.started_at > retried_at))
           AS "uncertainAttempts"
    FROM claimed
   ORDER BY priority, not_before`;

const SETTLE = `
  WITH ended AS (
    UPDATE outbox_attempt SET ended_at = now(), outcome = $3, response = $4
     WHERE message_id = $1 AND attempt = $2)
  UPDATE outbox_message
     SET leased_until = NULL,
         sent_at = CASE WHEN $3 = 'sent' THEN now() END,
         failed_at = CASE WHEN $3 = 'failed' THEN now() END,
         last_error = CASE WHEN $3 <> 'sent' THEN $4 END,
         not_before = CASE WHEN $3 = 'deferred' THEN now() + make_interval(secs => $5) ELSE not_before END
   WHERE id = $1 AND attempts = $2 AND sent_at IS NULL`;
