import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../database/tx.js';
import { AUDIT_SUBJECTS, type AuditCatalogue, type AuditType } from './catalogue.js';

export interface AuditEntry<Type extends AuditType> {
  readonly subjectId: string;
  readonly registrationId?: string | null;
  readonly details: AuditCatalogue[Type]['details'];
  readonly personal: AuditCatalogue[Type]['personal'];
}

/** Writes the trail, always in the transaction of what it tells of. */
@Injectable()
export class Audit {
  async record<Type extends AuditType>(tx: Tx, type: Type, entry: AuditEntry<Type>): Promise<void> {
    const { actor } = tx;
    const event = [
      uuidv7(),
      type,
      actor.kind,
      actor.kind === 'staff' ? actor.accountId : null,
      actor.kind === 'system' ? null : actor.sessionId,
      AUDIT_SUBJECTS[type],
      entry.subjectId,
      entry.registrationId ?? null,
      JSON.stringify(actor.kind === 'system' ? { ...entry.details, by: actor.name } : entry.details),
    ];
    await (entry.personal === null
      ? tx.execute(INSERT_EVENT, event)
      : tx.execute(INSERT_WITH_PERSONAL, [...event, JSON.stringify(entry.personal)]));
  }
}

const COLUMNS = `id, type, actor_kind, actor_account_id, session_id, subject_type, subject_id, registration_id, details`;

const INSERT_EVENT = `INSERT INTO audit_event (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** The digest is of the values as PostgreSQL writes them, which is what verifying will find. */
const INSERT_WITH_PERSONAL = `
  WITH personal AS (SELECT $10::jsonb AS data, uuid_send(gen_random_uuid()) AS salt),
  event AS (
    INSERT INTO audit_event (${COLUMNS}, personal_digest)
    SELECT $1::uuid, $2, $3, $4::uuid, $5::uuid, $6, $7, $8::uuid, $9::jsonb,
           sha256(salt || convert_to(data::text, 'UTF8'))
      FROM personal)
  INSERT INTO audit_personal (event_id, data, salt) SELECT $1, data, salt FROM personal`;
