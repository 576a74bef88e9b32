import type { ContactDocument, RegistrationDocument } from '../registry/registration-document.js';
import type { StepRecipients } from './ladder.js';

/** One mailbox of a registration that a step goes to, and as whom it addresses. */
export interface Addressee {
  readonly mailbox: string;
  /** The department's name: `企画課`. */
  readonly department: string;
  /** The person's name; null where nobody in particular is addressed. */
  readonly person: string | null;
  /** Why it is this mailbox, as the mail says it. */
  readonly as: 'primary' | 'deputy' | 'department';
}

/**
 * Whom a step addresses by what is registered on its day. A person without a mailbox of their own is written to at
 * their department's; where there is no such person, the department is.
 *
 * @returns each mailbox once (by lower case), at least one
 */
export function addresseesOf(document: RegistrationDocument, recipients: StepRecipients): Addressee[] {
  const found = candidates(document, recipients);
  const seen = new Set<string>();
  return found.filter(({ mailbox }) => {
    const key = mailbox.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

function candidates(document: RegistrationDocument, recipients: StepRecipients): Addressee[] {
  if (recipients === 'everyone') {
    return [...departments(document), ...people(document, 'primary'), ...people(document, 'deputy')];
  }
  if (recipients === 'department') return [primaryDepartment(document)];
  const found = people(document, recipients);
  return found.length > 0 ? found : [primaryDepartment(document)];
}

function people(document: RegistrationDocument, role: ContactDocument['role']): Addressee[] {
  return document.contacts
    .filter((contact) => contact.role === role)
    .map((contact) => {
      const department =
        document.departments.find(({ id }) => id === contact.departmentId) ?? onlyDepartment(document);
      return {
        mailbox: contact.email ?? department.email,
        department: department.name,
        person: contact.name,
        as: role,
      };
    });
}

const departments = (document: RegistrationDocument): Addressee[] =>
  document.departments.map(({ email, name }) => ({
    mailbox: email,
    department: name,
    person: null,
    as: 'department',
  }));

function primaryDepartment(document: RegistrationDocument): Addressee {
  const { email, name } = onlyDepartment(document);
  return { mailbox: email, department: name, person: null, as: 'department' };
}

function onlyDepartment(document: RegistrationDocument): RegistrationDocument['departments'][number] {
  const { departments, primaryDepartmentId } = document;
  const found = departments.find(({ id }) => id === primaryDepartmentId) ?? departments[0];
  if (!found) throw new Error('a registration without a department');
  return found;
}
