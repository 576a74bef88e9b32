/**
 * Preloaded into the portal (`node --import`) for one pass before anything is timed: notes for each request which
 * statements it sent to PostgreSQL, in order and with their parameters, and what it answered.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import { Client } from 'pg';
import { append, keyOf } from './recording.mjs';

const FILE = process.env.BENCH_RECORDING;
const statementsOfRequest = new AsyncLocalStorage();

wrap(http.Server.prototype, 'emit', (emit, [event, request, response]) => {
  if (event !== 'request') return emit();
  const statements = [];
  wrap(response, 'end', (end, [body]) => {
    if (isJson(response)) append(FILE, { key: keyOf(request), statements, ...toAnswer(response, body) });
    return end();
  });
  return statementsOfRequest.run(statements, emit);
});

wrap(Client.prototype, 'query', (query, args) => {
  statementsOfRequest.getStore()?.push(toStatement(args));
  return query();
});

/** Puts `around` in place of a method; it gets the original call, ready to be made, and its arguments. */
function wrap(target, name, around) {
  const original = target[name];
  target[name] = function wrapped(...args) {
    return around(() => Reflect.apply(original, this, args), args);
  };
}

/** pg takes a text with parameters, or an object that may also name a prepared statement. */
function toStatement([first, second]) {
  const { text, values, name } = typeof first === 'string' ? { text: first, values: second } : first;
  const parameters = Array.isArray(values) ? values : [];
  if (!parameters.every(isPlain)) throw new Error(`a parameter can't be recorded: ${text}`);
  return { text, ...(parameters.length > 0 && { values: parameters }), ...(name && { name }) };
}

/** What comes out of JSON as it went in. */
function isPlain(value) {
  if (Array.isArray(value)) return value.every(isPlain);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

const isJson = (response) => String(response.getHeader('content-type')).startsWith('application/json');

const toAnswer = (response, body) => ({
  status: response.statusCode,
  etag: response.getHeader('etag'),
  response: JSON.parse(String(body)),
});
