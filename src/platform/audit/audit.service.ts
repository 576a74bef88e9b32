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
    if (entry.personal === null) {
      await tx.execute(INSERT_EVENT, event);
    } else {
      await tx.execute(
        `WITH event AS (${INSERT_EVENT}) INSERT INTO audit_personal (event_id, data) VALUES ($1, $10)`,
        [...event, JSON.stringify(entry.personal)],
      );
    }
  }
}

const INSERT_EVENT = `
  INSERT INTO audit_event (id, type, actor_kind, actor_account_id, session_id, subject_type, subject_id,
                           registration_id, details)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
