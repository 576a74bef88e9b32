import { parseArgs } from 'node:util';
import { isUUID } from 'class-validator';
import { SettingsError } from '../../config/env.js';
import type { Erasure } from '../../platform/audit/erasing.repository.js';
import { AuditErasing } from '../../platform/audit/erasing.service.js';
import { isCalendarDate } from '../../platform/text/japanese-date.js';
import { withTools } from './with-tools.js';

const OPTIONS = {
  before: { type: 'string' },
  registration: { type: 'string' },
  event: { type: 'string' },
  reason: { type: 'string' },
  demo: { type: 'boolean', default: false },
} as const;

export async function auditErase(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const erasure = erasureFrom(values);
  const reason = values.reason?.trim();
  if (!reason) throw new SettingsError('audit-erase needs --reason "…", which stays in the trail for ever.');
  const count = await withTools(values.demo, (tools) => tools.get(AuditErasing).erase(erasure, reason));
  console.log(
    count === 0
      ? 'There were no personal values to erase.'
      : `The personal values of ${count} events are erased. The events stay, and so does a note of this.`,
  );
}

function erasureFrom(values: { before?: string; registration?: string; event?: string }): Erasure {
  const { before, registration, event } = values;
  if ([before, registration, event].filter((value) => value !== undefined).length !== 1) {
    throw new SettingsError(
      'audit-erase needs one of --before <YYYY-MM-DD>, --registration <id> and --event <id>.',
    );
  }
  if (before !== undefined) {
    if (!isCalendarDate(before))
      throw new SettingsError(`--before takes a day such as 2026-04-01, not ${before}.`);
    return { before };
  }
  const id = registration ?? event;
  if (!isUUID(id)) throw new SettingsError(`${id} is no id.`);
  return registration === undefined ? { eventId: id } : { registrationId: id };
}
