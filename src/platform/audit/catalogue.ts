/**
 * Every event of the trail: what it is about, which facts it keeps for ever, and which personal values stand
 * apart so that they can be erased. A wrong field doesn't compile.
 */
export interface AuditCatalogue {
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
  'registration.created': {
    subject: 'registration';
    details: { municipalityCode: string };
    personal: { mailboxes: readonly string[] };
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
  'task.taken': { subject: 'task'; details: { kind: string }; personal: null };
  'task.released': { subject: 'task'; details: { kind: string }; personal: null };
  'task.done': { subject: 'task'; details: { kind: string }; personal: null };
}

export type AuditType = keyof AuditCatalogue;

/** The same list as values: what each event is about. */
export const AUDIT_SUBJECTS: { readonly [Type in AuditType]: AuditCatalogue[Type]['subject'] } = {
  'session.started': 'session',
  'session.ended': 'session',
  'account.invited': 'account',
  'account.activated': 'account',
  'registration.created': 'registration',
  'registration.confirmed': 'registration',
  'change-request.submitted': 'change-request',
  'change-request.edited': 'change-request',
  'change-request.address-verified': 'change-request',
  'change-request.code-resent': 'change-request',
  'change-request.approved': 'change-request',
  'change-request.returned': 'change-request',
  'change-request.withdrawn': 'change-request',
  'change-request.closed': 'change-request',
  'access.revoked': 'registration',
  'recovery.claimed': 'recovery',
  'recovery.verified': 'recovery',
  'recovery.call-noted': 'recovery',
  'recovery.carried-out': 'recovery',
  'recovery.declined': 'recovery',
  'recovery.expired': 'recovery',
  'task.taken': 'task',
  'task.released': 'task',
  'task.done': 'task',
};
