import type { Client } from 'pg';
import type { RefusedChange } from '../../src/change-requests/change-request.policy.js';
import type { ChangeRequestStatus } from '../../src/change-requests/change-request.state.js';
import type { ApplicationStatus } from '../../src/memberships/application.state.js';
import type { RecoveryStatus } from '../../src/recoveries/recovery.state.js';
import type { Change } from '../../src/registry/registration-diff.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';

export interface RegistrationRow {
  readonly id: string;
  readonly code: string;
  readonly status: 'active' | 'withdrawn';
  readonly version: number;
  readonly mainPhone: string;
  readonly primaryDepartmentId: string;
  readonly lastConfirmedAt: string | null;
}

export interface VersionRow {
  readonly registrationId: string;
  readonly version: number;
  readonly document: RegistrationDocument;
  readonly changes: readonly Change[];
  readonly effectiveOn: string;
  readonly cause: string;
  readonly changeRequestId: string | null;
}

/** A department or contact that is in effect today. */
export type ItemRow = { readonly id: string; readonly registrationId: string } & Record<
  string,
  string | null
>;

export interface FreshnessRow {
  readonly registrationId: string;
  readonly pointer: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly method: string;
}

export interface RequestRow {
  readonly id: string;
  readonly number: string;
  readonly registrationId: string;
  readonly kind: 'change' | 'handover';
  readonly status: ChangeRequestStatus;
  readonly version: number;
  readonly baseVersion: number;
  readonly base: RegistrationDocument;
  readonly proposed: RegistrationDocument;
  readonly changes: readonly Change[];
  readonly refused: readonly RefusedChange[];
  readonly proposedByAccountId: string | null;
  readonly proposedByMailbox: string;
  readonly proposedByName: string;
  readonly decidedByAccountId: string | null;
  readonly decidedByRule: number | null;
  readonly lookedOverAt: string | null;
  readonly appliedAt: string | null;
  readonly blockedAt: string | null;
  readonly warnedAt: string | null;
  readonly effectiveOn: string | null;
  /** Whether its time is over by now. */
  readonly lapsed: boolean;
}

export interface VerificationRow {
  readonly id: string;
  readonly number: string;
  readonly subjectKind: 'change-request' | 'application' | 'recovery';
  readonly subjectId: string;
  readonly email: string;
  readonly attempts: number;
  readonly verifiedAt: string | null;
  readonly live: boolean;
}

export interface TaskRow {
  readonly kind: string;
  readonly subjectId: string;
  readonly open: boolean;
}

export interface SessionRow {
  readonly id: string;
  readonly registrationId: string | null;
  readonly mailbox: string | null;
  readonly revoked: boolean;
  /** Whether the portal lets it in now. */
  readonly alive: boolean;
}

export interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly subjectId: string;
  readonly registrationId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface MailRow {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly registrationId: string | null;
  readonly body: string;
}

export interface ApplicationRow {
  readonly id: string;
  readonly code: string;
  readonly status: ApplicationStatus;
  readonly version: number;
  readonly proposed: RegistrationDocument;
  readonly lapsed: boolean;
}

export interface RecoveryRow {
  readonly id: string;
  readonly registrationId: string;
  readonly status: RecoveryStatus;
  readonly version: number;
  readonly email: string;
  readonly confirmedByAccountId: string | null;
  readonly decidedByAccountId: string | null;
  readonly lapsed: boolean;
}

export interface DraftRow {
  readonly registrationId: string;
  readonly version: number;
  readonly savedBy: string;
  readonly savedByMailbox: string;
}

export interface PolicyRow {
  readonly id: string;
  readonly version: number;
  readonly status: 'proposed' | 'in_force' | 'superseded' | 'declined';
  readonly atOnce: readonly string[];
  readonly proposedByAccountId: string | null;
}

/** Everything that the database holds of a sequence, at one instant. */
export interface Snapshot {
  readonly today: string;
  readonly registrations: readonly RegistrationRow[];
  readonly versions: readonly VersionRow[];
  readonly departments: readonly ItemRow[];
  readonly contacts: readonly ItemRow[];
  readonly freshness: readonly FreshnessRow[];
  readonly requests: readonly RequestRow[];
  readonly verifications: readonly VerificationRow[];
  readonly tasks: readonly TaskRow[];
  readonly sessions: readonly SessionRow[];
  readonly events: readonly EventRow[];
  readonly mails: readonly MailRow[];
  readonly applications: readonly ApplicationRow[];
  readonly recoveries: readonly RecoveryRow[];
  readonly calls: readonly { readonly id: string }[];
  readonly drafts: readonly DraftRow[];
  readonly policies: readonly PolicyRow[];
}

type Part = Exclude<keyof Snapshot, 'today'>;

const IN_EFFECT = `valid_from <= today_in_tokyo() AND (valid_to IS NULL OR valid_to > today_in_tokyo())`;

const PARTS: Readonly<Record<Part, string>> = {
  registrations: `
    SELECT id, municipality_code AS code, status, version, main_phone AS "mainPhone",
           primary_department_id AS "primaryDepartmentId", last_confirmed_at AS "lastConfirmedAt"
      FROM registration ORDER BY id`,
  versions: `
    SELECT registration_id AS "registrationId", version, document, changes, effective_on AS "effectiveOn", cause,
           change_request_id AS "changeRequestId"
      FROM registration_version ORDER BY registration_id, version`,
  departments: `
    SELECT registration_id AS "registrationId", id, name, kana, email, phone, fax, postal_code AS "postalCode", address
      FROM department WHERE ${IN_EFFECT} ORDER BY id`,
  contacts: `
    SELECT registration_id AS "registrationId", id, department_id AS "departmentId", name, kana, title, email,
           extension, role
      FROM contact WHERE ${IN_EFFECT} ORDER BY id`,
  freshness: `
    SELECT registration_id AS "registrationId", pointer, extract(epoch FROM confirmed_at) AS at, method
      FROM field_freshness ORDER BY registration_id, pointer`,
  requests: `
    SELECT id, number, registration_id AS "registrationId", kind, status, version, base_version AS "baseVersion", base,
           proposed, changes, refused, comment, proposed_by_account_id AS "proposedByAccountId",
           proposed_by_mailbox AS "proposedByMailbox", proposed_by_name AS "proposedByName",
           submitted_at AS "submittedAt", decided_by_account_id AS "decidedByAccountId", decided_at AS "decidedAt",
           decision_reason AS "decisionReason", decided_by_rule AS "decidedByRule", looked_over_at AS "lookedOverAt",
           undoes_id AS "undoesId", applied_at AS "appliedAt", blocked_at AS "blockedAt", warned_at AS "warnedAt",
           effective_on AS "effectiveOn", expires_at AS "expiresAt", coalesce(expires_at <= now(), false) AS lapsed
      FROM change_request ORDER BY id`,
  verifications: `
    SELECT id, number::text, subject_kind AS "subjectKind", subject_id AS "subjectId", email, attempts,
           verified_at AS "verifiedAt", expires_at > now() AND attempts < 10 AS live
      FROM address_verification ORDER BY id`,
  tasks: `
    SELECT id, kind, subject_id AS "subjectId", done_at IS NULL AS open FROM task ORDER BY id`,
  sessions: `
    SELECT id, registration_id AS "registrationId", mailbox, revoked_at IS NOT NULL AS revoked,
           EXISTS (SELECT FROM open_session(id)) AS alive
      FROM session ORDER BY id`,
  events: `
    SELECT id, type, subject_id AS "subjectId", registration_id AS "registrationId", details
      FROM audit_event ORDER BY id`,
  mails: `
    SELECT id, kind, recipient, registration_id AS "registrationId", body FROM outbox_message ORDER BY id`,
  applications: `
    SELECT id, municipality_code AS code, status, version, proposed,
           coalesce(expires_at <= now(), false) AS lapsed
      FROM membership_application ORDER BY id`,
  recoveries: `
    SELECT id, registration_id AS "registrationId", status, version, department ->> 'email' AS email,
           confirmed_by_account_id AS "confirmedByAccountId", decided_by_account_id AS "decidedByAccountId",
           coalesce(expires_at <= now(), false) AS lapsed
      FROM recovery ORDER BY id`,
  calls: `SELECT id FROM recovery_call ORDER BY id`,
  drafts: `
    SELECT registration_id AS "registrationId", version, content, saved_by AS "savedBy",
           saved_by_mailbox AS "savedByMailbox"
      FROM registration_draft ORDER BY 1`,
  policies: `
    SELECT id, version, status, at_once AS "atOnce", proposed_by_account_id AS "proposedByAccountId"
      FROM review_policy ORDER BY version`,
};

const NAMES = Object.keys(PARTS) as Part[];

const SELECT = `SELECT today_in_tokyo()::text AS today, ${NAMES.map(
  (name) => `(SELECT coalesce(json_agg(t), '[]')::text FROM (${PARTS[name]}) t) AS "${name}"`,
).join(', ')}`;

/** Reads snapshots; what hasn't changed since the last one is the same object, which makes both quick. */
export class Camera {
  private texts: Partial<Record<string, string>> = {};
  private last: Partial<Record<string, unknown>> = {};

  constructor(private readonly admin: Client) {}

  async take(): Promise<Snapshot> {
    const { rows } = await this.admin.query<Record<Part | 'today', string>>({
      name: 'snapshot',
      text: SELECT,
    });
    const [row] = rows;
    if (!row) throw new Error('a snapshot was taken without a row');
    const parts = NAMES.map((name): [Part, unknown] => {
      const same = this.texts[name] === row[name];
      return [name, same ? this.last[name] : JSON.parse(row[name])];
    });
    this.texts = row;
    this.last = Object.fromEntries(parts);
    return { today: row.today, ...this.last } as unknown as Snapshot;
  }
}

/** @returns the parts in which two snapshots differ */
export const differences = (before: Snapshot, after: Snapshot): string[] =>
  NAMES.filter((name) => before[name] !== after[name]);
