/**
 * Preloaded into the portal (`node --import`) for one pass before anything is timed: notes for each request which
 * statements it sent to PostgreSQL, in order and with their parameters, and what it answered.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import pg from 'pg';
import { append, keyOf } from './recording.mjs';

const FILE = process.env.BENCH_RECORDING;
const current = new AsyncLocalStorage();

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function emitRecorded(event, request, response) {
  if (event !== 'request') return Reflect.apply(emit, this, arguments);
  const statements = [];
  recordAnswer(response, (answer) => append(FILE, { key: keyOf(request), statements, ...answer }));
  return current.run(statements, () => Reflect.apply(emit, this, arguments));
};

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function queryRecorded(...args) {
  current.getStore()?.push(toStatement(args));
  return Reflect.apply(query, this, args);
};

/** pg takes a text with parameters, or an object that may also name a prepared statement. */
function toStatement([first, second]) {
  const { text, values, name } = typeof first === 'string' ? { text: first, values: second } : first;
  const parameters = Array.isArray(values) ? values : undefined;
  if (parameters?.some((value) => !isPlain(value))) throw new Error(`a parameter can't be recorded: ${text}`);
  return { text, ...(parameters?.length && { values: parameters }), ...(name && { name }) };
}

/** What comes out of JSON as it went in. */
function isPlain(value) {
  if (Array.isArray(value)) return value.every(isPlain);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function recordAnswer(response, done) {
  const { end } = response;
  response.end = function endRecorded(body, ...rest) {
    const etag = response.getHeader('etag');
    if (isJson(response)) done({ status: response.statusCode, etag, response: JSON.parse(String(body)) });
    return Reflect.apply(end, this, [body, ...rest]);
  };
}

const isJson = (response) => String(response.getHeader('content-type')).startsWith('application/json');
