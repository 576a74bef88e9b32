import type { Change } from '../../src/registry/registration-diff.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';

/**
 * A document as plain facts by pointer, `/contacts/{id}` itself among them. Made here and not with the product's own
 * functions, so that those are held against something.
 */
export type Facts = ReadonlyMap<string, string | null>;

const HERE = 'here';

export function factsOf(document: RegistrationDocument): Facts {
  const facts = new Map<string, string | null>([
    ['/mainPhone', document.mainPhone],
    ['/primaryDepartmentId', document.primaryDepartmentId],
  ]);
  for (const department of document.departments) addItem(facts, `/departments/${department.id}`, department);
  for (const contact of document.contacts) addItem(facts, `/contacts/${contact.id}`, contact);
  return facts;
}

function addItem(facts: Map<string, string | null>, pointer: string, item: object): void {
  facts.set(pointer, HERE);
  for (const [field, value] of Object.entries(item)) {
    if (field !== 'id' && field !== 'registrationId')
      facts.set(`${pointer}/${field}`, value as string | null);
  }
}

/** @returns the facts after the changes */
export function changedFacts(facts: Facts, changes: readonly Change[]): Facts {
  const after = new Map(facts);
  for (const { pointer, kind, after: value } of changes) {
    if (kind === 'changed' && (typeof value === 'string' || value === null)) {
      after.set(pointer, value);
      continue;
    }
    for (const known of after.keys()) {
      if (known === pointer || known.startsWith(`${pointer}/`)) after.delete(known);
    }
    if (typeof value === 'object' && value !== null) addItem(after, pointer, value);
  }
  return after;
}

/** @returns pointers at which the two differ */
export function unlike(one: Facts, other: Facts): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (pointer) => one.has(pointer) !== other.has(pointer) || one.get(pointer) !== other.get(pointer),
  );
}

/** Whether a document is as a change wants it. */
export function isCarriedOut(facts: Facts, change: Change): boolean {
  return (
    changedFacts(facts, [change]).size === facts.size &&
    unlike(facts, changedFacts(facts, [change])).length === 0
  );
}

/** Whether nobody and nothing points at a department that isn't there. */
export function holdsTogether(facts: Facts): boolean {
  const departments = [...facts.keys()].filter((pointer) => /^\/departments\/[^/]+$/.test(pointer));
  const needed = [...facts].filter(([pointer]) => pointer.endsWith('epartmentId')).map(([, id]) => id);
  return departments.length > 0 && needed.every((id) => facts.has(`/departments/${id}`));
}

/** Mailboxes of a document by lower case. */
export function mailboxKeys(document: RegistrationDocument | undefined): ReadonlySet<string> {
  const all = [...(document?.departments ?? []), ...(document?.contacts ?? [])];
  return new Set(all.flatMap(({ email }) => (email === null ? [] : [email.toLowerCase()])));
}
