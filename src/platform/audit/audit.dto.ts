import { IsIn, IsUUID } from 'class-validator';
import { Omissible, TextField } from '../http/fields.js';
import { PageQuery } from '../http/page.dto.js';
import { AUDIT_SUBJECTS, type AuditType } from './catalogue.js';

export class AuditEventsQuery extends PageQuery {
  /** One kind of event. @example change-request.approved */
  @Omissible()
  @IsIn(Object.keys(AUDIT_SUBJECTS))
  type?: AuditType;

  /** What it is about, by its id. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d61 */
  @Omissible()
  @IsUUID()
  subjectId?: string;

  /** Whose registration. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  @Omissible()
  @IsUUID()
  registrationId?: string;

  /** By which member of staff. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  @Omissible()
  @IsUUID()
  accountId?: string;

  /** On this date or later (Asia/Tokyo). @example 2026-04-01 */
  @Omissible()
  @TextField({ max: 10 })
  from?: string;

  /** On this date or earlier (Asia/Tokyo). @example 2026-04-30 */
  @Omissible()
  @TextField({ max: 10 })
  to?: string;
}

export class AuditEventResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d80 */
  id: string;
  /** @example 2026-11-22T01:58:00.000Z */
  occurredAt: Date;
  /** @example change-request.approved */
  type: string;
  /** @example staff */
  actorKind: 'member' | 'staff' | 'system';
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  actorAccountId: string | null;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d71 */
  sessionId: string | null;
  /** @example change-request */
  subjectType: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d61 */
  subjectId: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string | null;
  /** Facts of the event. @example {"number": "R8-0412", "registrationVersion": 13} */
  details: Record<string, unknown>;
  /** Names and mailboxes; null where there are none or they were erased. @example {"reviewer": "中邨 彩葉"} */
  personal: Record<string, unknown> | null;
}

export class AuditEventPage {
  items: AuditEventResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 1 */
  total: number;
}
