import { parseArgs } from 'node:util';
import { isUUID } from 'class-validator';
import { SettingsError } from '../../config/env.js';
import type { ReadsOfMunicipality } from '../../platform/personal-reads/personal-reads.repository.js';
import { PersonalReads, type ReadsOfSession } from '../../platform/personal-reads/personal-reads.service.js';
import { formatDateTimeJa } from '../../platform/text/japanese-date.js';
import { withTools } from './with-tools.js';

/** Whose personal data a session of staff was shown. */
export async function auditReads(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { demo: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [sessionId = '', ...others] = positionals;
  if (!isUUID(sessionId) || others.length > 0) {
    throw new SettingsError('audit-reads needs the id of one session: the trail and the log have it (sid).');
  }
  const found = await withTools(values.demo, (tools) => tools.get(PersonalReads).ofSession(sessionId));
  for (const line of reportOf(sessionId, found)) console.log(line);
}

function reportOf(sessionId: string, { reader, startedAt, reads }: ReadsOfSession): string[] {
  const who = reader ? `${reader.name} <${reader.email}>` : 'nobody of the staff';
  const since = startedAt ? `, since ${formatDateTimeJa(startedAt)}` : '';
  const names = [...new Set(reads.map(({ municipality }) => municipality))];
  return [
    `Session ${sessionId}: ${who}${since}.`,
    names.length === 0
      ? 'It was shown no personal data of municipalities.'
      : `It was shown people of ${names.length} ${names.length === 1 ? 'municipality' : 'municipalities'}:`,
    ...names.flatMap((name) => [
      '',
      name ?? '(of no municipality)',
      ...reads.filter(({ municipality }) => municipality === name).map(toLine),
    ]),
  ];
}

function toLine({ operation, count, firstAt, lastAt }: ReadsOfMunicipality): string {
  const [first, last] = [formatDateTimeJa(firstAt), formatDateTimeJa(lastAt)];
  const times = first === last ? first : `${first} to ${last}`;
  return `  ${operation.padEnd(26)} ${String(count).padStart(4)}×  ${times}`;
}
