/**
 * The least that a Node.js program can do to answer the same: node:http and pg, no framework. For each request it
 * plays the statements that were recorded of the portal, one round trip each, writes the recorded answer as JSON
 * and one line into its log. It checks no token, validates nothing, makes no diff and no mail's text.
 *
 *     node bench/floor.mjs <port> <connection string> <recording>
 */
import { writeSync } from 'node:fs';
import http from 'node:http';
import { Pool } from 'pg';
import { keyOf, readRecording } from './recording.mjs';

const [port, connectionString, recording] = process.argv.slice(2);
const recorded = readRecording(recording);
// As the portal's data source has it.
const pool = new Pool({
  connectionString,
  max: 10,
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 30_000,
});
let requests = 0;

const server = http.createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500, { 'content-length': 0 }).end();
  });
});
server.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));

async function answer(request, response) {
  const started = performance.now();
  const body = await readBody(request);
  if (body) JSON.parse(body);
  if (request.url === '/health/ready') return sendJson(response, 200, { status: 'ok' });
  const entry = recorded.get(keyOf(request));
  if (!entry) return sendJson(response, 404, { key: keyOf(request) });
  await play(entry.statements);
  sendJson(response, entry.status, entry.response, entry.etag);
  log(request, entry.status, started);
}

async function readBody(request) {
  if (request.method === 'GET') return '';
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function play(statements) {
  const client = await pool.connect();
  try {
    for (const statement of statements) await client.query(statement);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function sendJson(response, status, value, etag) {
  const json = JSON.stringify(value);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(json),
  };
  response.writeHead(status, etag ? { ...headers, etag } : headers).end(json);
}

function log({ method, url }, status, started) {
  const line = {
    level: 30,
    time: Date.now(),
    reqId: `req-${(requests++).toString(36)}`,
    method,
    route: url,
    status,
  };
  writeSync(1, `${JSON.stringify({ ...line, ms: Math.round((performance.now() - started) * 10) / 10 })}\n`);
}
