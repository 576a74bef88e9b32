/** What the portal did for each request: written by record.mjs, played by floor.mjs. One JSON object a line. */
import { appendFileSync, readFileSync } from 'node:fs';

/** Two requests that must get the same answer. A registration is changed again and again: its version tells which. */
export const keyOf = ({ method, url, headers }) => `${method} ${url} ${headers['if-match'] ?? ''}`;

export function append(file, entry) {
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

/** @returns a map from key to what was recorded for it: `statements`, `status`, `etag`, `response` */
export function readRecording(file) {
  const texts = new Map();
  const once = (text) => {
    if (!texts.has(text)) texts.set(text, text);
    return texts.get(text);
  };
  const entries = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const { statements } of entries) {
    for (const statement of statements) statement.text = once(statement.text);
  }
  return new Map(entries.map((entry) => [entry.key, entry]));
}
