import { isSameName } from '../registry/person-name.js';
import type {
  ContactDocument,
  DepartmentDocument,
  RegistrationDocument,
} from '../registry/registration-document.js';

export const RECOVERY_KINDS = ['lost-address', 'everyone-left'] as const;
export type RecoveryKind = (typeof RECOVERY_KINDS)[number];

/** The department as the claim has it; what it leaves empty says nothing. */
export type ClaimedDepartment = Omit<DepartmentDocument, 'id'>;

/** The person whom the claim names. */
export type ClaimedContact = Pick<ContactDocument, 'name' | 'kana' | 'title' | 'extension'>;

export interface Claim {
  readonly kind: RecoveryKind;
  readonly department: ClaimedDepartment;
  readonly contact: ClaimedContact;
}

/**
 * The registration as it is to be when a claim is carried out. The primary department gets the claimed mailbox and
 * whatever else the claim fills in; all other departments stay.
 *
 * - `lost-address`: everybody stays, and the claimed person is the department's 正. Whoever was becomes 副. Somebody of
 *   the same name in that department is the same person.
 * - `everyone-left`: everybody goes, and the claimed person alone is registered.
 *
 * @param contactId of the claimed person, where they aren't registered yet
 */
export function recoveredDocument(
  current: RegistrationDocument,
  claim: Claim,
  contactId: string,
): RegistrationDocument {
  const departments = current.departments.map((department) =>
    department.id === current.primaryDepartmentId
      ? { ...department, ...filled(claim.department) }
      : department,
  );
  return { ...current, departments, contacts: contactsAfter(current, claim, contactId) };
}

function contactsAfter(
  { contacts, primaryDepartmentId }: RegistrationDocument,
  { kind, contact }: Claim,
  contactId: string,
): ContactDocument[] {
  const claimed: ContactDocument = {
    id: contactId,
    departmentId: primaryDepartmentId,
    ...contact,
    email: null,
    role: 'primary',
  };
  if (kind === 'everyone-left') return [claimed];
  const isColleague = ({ departmentId }: ContactDocument): boolean => departmentId === primaryDepartmentId;
  const same = contacts.find((other) => isColleague(other) && isSameName(other.name, contact.name));
  const others = contacts.map((other): ContactDocument => {
    // Their name stays as it is registered: the claim may only space it differently.
    if (other === same) return { ...other, ...filled({ ...contact, name: null }), role: 'primary' };
    return isColleague(other) ? { ...other, role: 'deputy' } : other;
  });
  return same ? others : [claimed, ...others];
}

/** @returns what isn't empty */
function filled<T extends Record<string, string | null>>(fields: T): Partial<{ [K in keyof T]: string }> {
  const entries = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as Partial<{ [K in keyof T]: string }>;
}
