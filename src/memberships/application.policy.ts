import { mailboxesOf, type RegistrationDocument } from '../registry/registration-document.js';
import type { VerificationResponse } from '../verifications/verification.dto.js';
import { type ApplicationStatus, nextStatus } from './application.state.js';

interface Answers {
  readonly proposed: RegistrationDocument;
  readonly verifications: readonly Pick<VerificationResponse, 'email' | 'verifiedAt'>[];
}

/** Of one municipality within 24 hours. More would make the portal mail strangers at somebody's will. */
export const MAX_UNVERIFIED = 40;

/** @param unverified how many the municipality has sent within 24 hours whose mailboxes haven't all answered */
export const mayApplyAgain = (unverified: number): boolean => unverified < MAX_UNVERIFIED;

/** Where the answer goes: the mailbox of the primary department. */
export function applicantMailboxOf(proposed: RegistrationDocument): string {
  const primary = proposed.departments.find(({ id }) => id === proposed.primaryDepartmentId);
  if (!primary) throw new Error('a document has its primary department');
  return primary.email;
}

/** Compares as mail servers do in practice: without regard to case. */
export function hasAnswered({ verifications }: Pick<Answers, 'verifications'>, mailbox: string): boolean {
  const key = mailbox.toLowerCase();
  return verifications.some(({ email, verifiedAt }) => verifiedAt !== null && email.toLowerCase() === key);
}

/** @returns mailboxes of the proposed registration that no code has come back from */
export const awaitingMailboxes = (application: Answers): string[] =>
  mailboxesOf(application.proposed).filter((mailbox) => !hasAnswered(application, mailbox));

/** Why it can't be decided on; null where it can. */
export function hindranceOf(
  status: ApplicationStatus,
): 'application-decided' | 'application-not-under-review' | null {
  if (nextStatus(status, 'accept') !== null) return null;
  return status === 'awaiting_verification' ? 'application-not-under-review' : 'application-decided';
}

/** What the office's list of tasks says of it. There is no registration yet. */
export const taskOf = (application: {
  readonly id: string;
  readonly municipality: string;
  readonly number: string;
}): { subjectId: string; registrationId: null; title: string } => ({
  subjectId: application.id,
  registrationId: null,
  title: `${application.municipality}　登録の申込み ${application.number}`,
});
