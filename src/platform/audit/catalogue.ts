import type { CampaignEvents } from './catalogue-campaigns.js';
import type { AnnouncementSettingsValues, OfficeSettingsValues } from './catalogue-values.js';

/**
 * Every event of the trail: what it is about, which facts it keeps for ever, and which personal values stand
 * apart so that they can be erased. A wrong field doesn't compile.
 */
export interface AuditCatalogue extends CampaignEvents {
  'session.started': {
    subject: 'session';
    details: { accountId: string | null };
    personal: { mailbox: string; name: string | null } | null;
  };
  'session.ended': { subject: 'session'; details: { everywhere: boolean }; personal: null };
  'account.invited': {
    subject: 'account';
    details: { roles: readonly string[] };
    personal: { email: string; name: string };
  };
  'account.activated': { subject: 'account'; details: Record<string, never>; personal: null };
  'account.changed': {
    subject: 'account';
    details: { rolesBefore: readonly string[]; roles: readonly string[]; addressChanged: boolean };
    personal: { email: string; name: string; emailBefore: string; nameBefore: string };
  };
  'account.disabled': { subject: 'account'; details: Record<string, never>; personal: null };
  'account.enabled': { subject: 'account'; details: Record<string, never>; personal: null };
  'credentials.changed': { subject: 'account'; details: { what: string; sessions: number }; personal: null };
  'credentials.recovery-code-used': { subject: 'account'; details: { left: number }; personal: null };
  'session.stepped-up': { subject: 'session'; details: { recoveryCode: boolean }; personal: null };
  /** A wrong code of a challenge, or a wrong password or second factor of an account. */
  'sign-in.failed': {
    subject: 'sign-in';
    details: { method: 'code' | 'password' | 'step-up' | 'password-change' };
    personal: { mailbox: string } | null;
  };
  'sign-in.password-known': { subject: 'account'; details: Record<string, never>; personal: null };
  'registration.created': {
    subject: 'registration';
    details: { municipalityCode: string };
    personal: { mailboxes: readonly string[] };
  };
  'registration.returned': {
    subject: 'registration';
    details: { municipalityCode: string; version: number };
    personal: { mailboxes: readonly string[] };
  };
  'registration.withdrawn': {
    subject: 'registration';
    /** Number of the change request that was closed with it. */
    details: { version: number; changeRequests: readonly string[] };
    personal: { reviewer: string; reason: string };
  };
  'registration.confirmed': {
    subject: 'registration';
    details: { version: number; method: 'confirmation' | 'phone' };
    personal: { name: string };
  };
  'change-request.submitted': {
    subject: 'change-request';
    details: { number: string; baseVersion: number; pointers: readonly string[]; resubmitted: boolean };
    personal: { name: string; mailbox: string };
  };
  'change-request.edited': {
    subject: 'change-request';
    details: { number: string; pointers: readonly string[] };
    personal: { name: string };
  };
  'change-request.address-verified': {
    subject: 'change-request';
    details: { number: string; remaining: number };
    personal: { email: string };
  };
  'change-request.code-resent': { subject: 'change-request'; details: { number: string }; personal: null };
  'change-request.approved': {
    subject: 'change-request';
    details: { number: string; registrationVersion: number; pointers: readonly string[] };
    personal: { reviewer: string };
  };
  'change-request.returned': {
    subject: 'change-request';
    details: { number: string };
    personal: { reviewer: string; reason: string };
  };
  'change-request.withdrawn': {
    subject: 'change-request';
    details: { number: string };
    personal: { name: string };
  };
  'change-request.partly-approved': {
    subject: 'change-request';
    details: {
      number: string;
      registrationVersion: number;
      pointers: readonly string[];
      refused: readonly string[];
    };
    personal: { reviewer: string; reasons: readonly string[] };
  };
  'change-request.applied-at-once': {
    subject: 'change-request';
    details: {
      number: string;
      registrationVersion: number;
      pointers: readonly string[];
      ruleVersion: number;
    };
    personal: { name: string };
  };
  'change-request.looked-over': { subject: 'change-request'; details: { number: string }; personal: null };
  'change-request.rebased': {
    subject: 'change-request';
    details: {
      number: string;
      fromVersion: number;
      toVersion: number;
      choices: Readonly<Record<string, 'current' | 'proposed'>>;
    };
    personal: { name: string };
  };
  'change-request.scheduled': {
    subject: 'change-request';
    details: { number: string; effectiveOn: string; pointers: readonly string[]; refused: readonly string[] };
    personal: { reviewer: string };
  };
  'change-request.applied': {
    subject: 'change-request';
    details: { number: string; registrationVersion: number; effectiveOn: string };
    personal: null;
  };
  'change-request.blocked': {
    subject: 'change-request';
    details: { number: string; effectiveOn: string; conflicts: readonly string[] };
    personal: null;
  };
  'change-request.expired': { subject: 'change-request'; details: { number: string }; personal: null };
  'change-request.expiry-warned': { subject: 'change-request'; details: { number: string }; personal: null };
  'review-policy.proposed': {
    subject: 'review-policy';
    details: { version: number; atOnce: readonly string[] };
    personal: null;
  };
  'review-policy.agreed': {
    subject: 'review-policy';
    details: { version: number; atOnce: readonly string[] };
    personal: null;
  };
  'review-policy.declined': { subject: 'review-policy'; details: { version: number }; personal: null };
  'settings.changed': {
    subject: 'settings';
    details: { version: number; before: OfficeSettingsValues; after: OfficeSettingsValues };
    personal: null;
  };
  'application.submitted': {
    subject: 'application';
    details: { number: string; municipalityCode: string };
    personal: { name: string; mailboxes: readonly string[] };
  };
  'application.address-verified': {
    subject: 'application';
    details: { number: string; remaining: number };
    personal: { email: string };
  };
  'application.accepted': {
    subject: 'application';
    details: { number: string };
    personal: { reviewer: string };
  };
  'application.declined': {
    subject: 'application';
    details: { number: string };
    personal: { reviewer: string; reason: string };
  };
  'application.expired': { subject: 'application'; details: { number: string }; personal: null };
  'change-request.closed': {
    subject: 'change-request';
    details: { number: string; because: string };
    personal: null;
  };
  'access.revoked': {
    subject: 'registration';
    details: { sessions: number; codes: number };
    personal: null;
  };
  'access.mailboxes-revoked': {
    subject: 'registration';
    details: { mailboxes: number; sessions: number };
    personal: { mailboxes: readonly string[] };
  };
  'recovery.claimed': {
    subject: 'recovery';
    details: { number: string; kind: 'lost-address' | 'everyone-left' };
    personal: { name: string; email: string };
  };
  'recovery.verified': { subject: 'recovery'; details: { number: string }; personal: { email: string } };
  'recovery.call-noted': {
    subject: 'recovery';
    details: { number: string; outcome: 'confirmed' | 'denied' | 'no-answer'; source: 'official-site' };
    personal: { reviewer: string; numberCalled: string; spokeWith: string | null };
  };
  'recovery.carried-out': {
    subject: 'recovery';
    details: { number: string; registrationVersion: number; pointers: readonly string[] };
    personal: { reviewer: string };
  };
  'recovery.declined': {
    subject: 'recovery';
    details: { number: string; because: 'denied' | 'decline' };
    personal: { reviewer: string; reason: string | null };
  };
  'recovery.expired': { subject: 'recovery'; details: { number: string }; personal: null };
  'audit.personal-erased': {
    subject: 'audit';
    /** The event's subject is the day, registration or event. */
    details: { scope: 'before' | 'registration' | 'event'; count: number; reason: string };
    personal: null;
  };
  'task.taken': { subject: 'task'; details: { kind: string }; personal: null };
  'task.released': { subject: 'task'; details: { kind: string }; personal: null };
  'task.done': { subject: 'task'; details: { kind: string }; personal: null };
  'announcement.created': { subject: 'announcement'; details: { title: string }; personal: null };
  'announcement.changed': {
    subject: 'announcement';
    details: { version: number; fields: readonly string[] };
    personal: null;
  };
  'announcement.deleted': { subject: 'announcement'; details: { title: string }; personal: null };
  'announcement.scheduled': { subject: 'announcement'; details: { publishAt: string }; personal: null };
  'announcement.unscheduled': {
    subject: 'announcement';
    details: { because: 'taken-back' | 'too-late' };
    personal: null;
  };
  'announcement.published': {
    subject: 'announcement';
    details: { title: string; recipients: number; mails: number };
    personal: null;
  };
  'announcement.corrected': {
    subject: 'announcement';
    details: {
      revision: number;
      note: string;
      added: number;
      removed: number;
      askAgain: boolean;
      mails: number;
    };
    personal: null;
  };
  'announcement.archived': {
    subject: 'announcement';
    details: { because: 'taken-down' | 'expired' };
    personal: null;
  };
  'announcement.acknowledged': {
    subject: 'announcement';
    details: { revision: number };
    personal: { name: string; mailbox: string };
  };
  'announcement.followed-up': {
    subject: 'announcement';
    details: { revision: number; municipalities: number; mails: number };
    personal: null;
  };
  'announcement.delivery-chosen': {
    subject: 'registration';
    details: { delivery: 'at-once' | 'digest' };
    personal: { name: string };
  };
  'announcement.settings-changed': {
    subject: 'announcement-settings';
    details: { version: number; before: AnnouncementSettingsValues; after: AnnouncementSettingsValues };
    personal: null;
  };
  'announcement.attached': {
    subject: 'announcement';
    /** `sha256` in hexadecimal digits. */
    details: { attachmentId: string; version: number; mediaType: string; bytes: number; sha256: string };
    personal: { name: string };
  };
  'announcement.detached': {
    subject: 'announcement';
    /** `kept`: it was out, and is no longer shown. */
    details: { attachmentId: string; version: number; kept: boolean };
    personal: { name: string };
  };
  /** Somebody had a mail that failed sent again; `attempts` are those before. */
  'mail.retried': { subject: 'mail'; details: { kind: string; attempts: number }; personal: null };
}

export type AuditType = keyof AuditCatalogue;

/** The same list as values: what each event is about. */
export const AUDIT_SUBJECTS: { readonly [Type in AuditType]: AuditCatalogue[Type]['subject'] } = {
  'session.started': 'session',
  'session.ended': 'session',
  'account.invited': 'account',
  'account.activated': 'account',
  'account.changed': 'account',
  'account.disabled': 'account',
  'account.enabled': 'account',
  'credentials.changed': 'account',
  'credentials.recovery-code-used': 'account',
  'session.stepped-up': 'session',
  'sign-in.failed': 'sign-in',
  'sign-in.password-known': 'account',
  'registration.created': 'registration',
  'registration.returned': 'registration',
  'registration.withdrawn': 'registration',
  'registration.confirmed': 'registration',
  'change-request.submitted': 'change-request',
  'change-request.edited': 'change-request',
  'change-request.address-verified': 'change-request',
  'change-request.code-resent': 'change-request',
  'change-request.approved': 'change-request',
  'change-request.returned': 'change-request',
  'change-request.withdrawn': 'change-request',
  'change-request.partly-approved': 'change-request',
  'change-request.applied-at-once': 'change-request',
  'change-request.looked-over': 'change-request',
  'change-request.rebased': 'change-request',
  'change-request.scheduled': 'change-request',
  'change-request.applied': 'change-request',
  'change-request.blocked': 'change-request',
  'change-request.expired': 'change-request',
  'change-request.expiry-warned': 'change-request',
  'review-policy.proposed': 'review-policy',
  'review-policy.agreed': 'review-policy',
  'review-policy.declined': 'review-policy',
  'settings.changed': 'settings',
  'application.submitted': 'application',
  'application.address-verified': 'application',
  'application.accepted': 'application',
  'application.declined': 'application',
  'application.expired': 'application',
  'change-request.closed': 'change-request',
  'access.revoked': 'registration',
  'access.mailboxes-revoked': 'registration',
  'recovery.claimed': 'recovery',
  'recovery.verified': 'recovery',
  'recovery.call-noted': 'recovery',
  'recovery.carried-out': 'recovery',
  'recovery.declined': 'recovery',
  'recovery.expired': 'recovery',
  'audit.personal-erased': 'audit',
  'task.taken': 'task',
  'task.released': 'task',
  'task.done': 'task',
  'announcement.created': 'announcement',
  'announcement.changed': 'announcement',
  'announcement.deleted': 'announcement',
  'announcement.scheduled': 'announcement',
  'announcement.unscheduled': 'announcement',
  'announcement.published': 'announcement',
  'announcement.corrected': 'announcement',
  'announcement.archived': 'announcement',
  'announcement.acknowledged': 'announcement',
  'announcement.followed-up': 'announcement',
  'announcement.delivery-chosen': 'registration',
  'campaign.created': 'campaign',
  'campaign.changed': 'campaign',
  'campaign.deleted': 'campaign',
  'campaign.started': 'campaign',
  'campaign.paused': 'campaign',
  'campaign.resumed': 'campaign',
  'campaign.closed': 'campaign',
  'campaign.step-gone': 'campaign',
  'campaign.step-overtaken': 'campaign',
  'campaign.called': 'campaign',
  'campaign.settings-changed': 'campaign-settings',
  'announcement.settings-changed': 'announcement-settings',
  'announcement.attached': 'announcement',
  'announcement.detached': 'announcement',
  'mail.retried': 'mail',
};
