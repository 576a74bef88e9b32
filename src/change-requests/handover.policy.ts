import { v7 as uuidv7 } from 'uuid';
import type { FieldError } from '../platform/http/domain-error.js';
import type { Change } from '../registry/registration-diff.js';
import type { ContactDocument, RegistrationDocument } from '../registry/registration-document.js';
import type { NewPersonDto } from '../registry/registration.dto.js';

/** A handover further away is more likely a typing error. Days. */
const LONGEST_AHEAD = 366;

/** @param today calendar date in Japan @returns what is wrong with the date, or null; today is allowed */
export function judgeHandoverDate(effectiveOn: string, today: string): FieldError | null {
  const days = (Date.parse(effectiveOn) - Date.parse(today)) / 86_400_000;
  const pointer = '/effectiveOn';
  if (days < 0)
    return { pointer, code: 'in-the-past', message: '引継ぎの日は、今日からあとの日にしてください。' };
  if (days > LONGEST_AHEAD) {
    return { pointer, code: 'too-far-ahead', message: '引継ぎの日は、1年以内の日にしてください。' };
  }
  return null;
}

/** @returns the registration with one person in place of another, in the same department and role */
export function handOver(
  document: RegistrationDocument,
  outgoing: ContactDocument,
  incoming: NewPersonDto,
): RegistrationDocument {
  const { name, kana, title, email, extension } = incoming;
  const { departmentId, role } = outgoing;
  const successor: ContactDocument = {
    id: uuidv7(),
    departmentId,
    name,
    kana,
    title,
    email,
    extension,
    role,
  };
  return {
    ...document,
    contacts: document.contacts.map((contact) => (contact.id === outgoing.id ? successor : contact)),
  };
}

/** Whether a proposal lets somebody leave. */
export const removes = (changes: readonly Change[], contactId: string): boolean =>
  changes.some(({ pointer, kind }) => kind === 'removed' && pointer === `/contacts/${contactId}`);
