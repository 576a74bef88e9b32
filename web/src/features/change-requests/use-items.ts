import { useFieldArray, useFormContext } from 'react-hook-form';
import { announce } from '../../ui/announce';
import { type FormValues, inputId, newLabel, type PersonValues, REMOVED_ID, unnamed } from './form-values';

/** Somebody or something that was taken off the form, until it is sent. */
export interface Removed {
  readonly key: string;
  readonly name: string;
  readonly restore: () => void;
}

export const FIRST_FIELD = 'name';

/**
 * Departments and people of the form, how they come and go, and the way back.
 *
 * @param original what is registered: what of it the form lacks can be put back
 */
export function useItems(original: FormValues) {
  const form = useFormContext<FormValues>();
  const departments = useFieldArray({ control: form.control, name: 'departments', keyName: 'key' });
  const contacts = useFieldArray({ control: form.control, name: 'contacts', keyName: 'key' });
  const people = form.watch('contacts');
  const removed = removedFrom(original, departments.fields, people).map(({ key, name }): Removed => ({
    key,
    name,
    restore: () => restore(key),
  }));

  const restore = (key: string): void => {
    const [, root, id] = key.split('/');
    const department = original.departments.find((item) => root === 'departments' && item.id === id);
    if (department) {
      departments.append(department, { shouldFocus: false });
      contacts.append(
        original.contacts.filter(({ departmentId }) => departmentId === id),
        { shouldFocus: false },
      );
      if (original.primaryDepartmentId === id) form.setValue('primaryDepartmentId', id);
    }
    const person = original.contacts.find((item) => root === 'contacts' && item.id === id);
    if (person) contacts.append(person, { shouldFocus: false });
    focusOn(`${key}/${FIRST_FIELD}`);
  };

  const removePerson = (at: number): void => {
    const person = form.getValues(`contacts.${at}`);
    contacts.remove(at);
    say(person.name || unnamed('contacts', person.id));
  };

  const removeDepartment = (at: number): void => {
    const department = form.getValues(`departments.${at}`);
    const was = form.getValues('primaryDepartmentId');
    contacts.replace(form.getValues('contacts').filter(({ departmentId }) => departmentId !== department.id));
    departments.remove(at);
    const [first] = form.getValues('departments');
    if (was === department.id && first) form.setValue('primaryDepartmentId', first.id);
    say(department.name || unnamed('departments', department.id));
  };

  const addPerson = (departmentId: string): void => {
    const others = form.getValues('contacts');
    const id = newLabel(others);
    const first = !others.some((person) => person.departmentId === departmentId);
    contacts.append(emptyPerson(id, departmentId, first ? 'primary' : 'deputy'), { shouldFocus: false });
    focusOn(`/contacts/${id}/${FIRST_FIELD}`);
  };

  const addDepartment = (): string => {
    const id = newLabel(form.getValues('departments'));
    departments.append(
      { id, name: '', kana: '', email: '', phone: '', fax: '', postalCode: '', address: '' },
      { shouldFocus: false },
    );
    return id;
  };

  return {
    departments: departments.fields,
    people,
    removed,
    removePerson,
    removeDepartment,
    addPerson,
    addDepartment,
  };
}

function say(name: string): void {
  announce(`${name}を登録から外します。元に戻すこともできます。`);
  requestAnimationFrame(() => document.getElementById(REMOVED_ID)?.focus());
}

const lacks = (items: readonly { readonly id: string }[], id: string): boolean =>
  !items.some((item) => item.id === id);

interface Gone {
  readonly key: string;
  readonly name: string;
}

/** What is registered and stands in the form no more; people who went with their department aren't listed anew. */
function removedFrom(
  original: FormValues,
  departments: readonly { readonly id: string }[],
  people: readonly { readonly id: string }[],
): Gone[] {
  return [
    ...original.departments
      .filter(({ id }) => lacks(departments, id))
      .map(({ id, name }) => ({ key: `/departments/${id}`, name })),
    ...original.contacts
      .filter(({ id, departmentId }) => lacks(people, id) && !lacks(departments, departmentId))
      .map(({ id, name }) => ({ key: `/contacts/${id}`, name })),
  ];
}

const emptyPerson = (id: string, departmentId: string, role: PersonValues['role']): PersonValues => ({
  id,
  departmentId,
  role,
  name: '',
  kana: '',
  title: '',
  extension: '',
  email: '',
});

export function focusOn(pointer: string): void {
  requestAnimationFrame(() => document.getElementById(inputId(pointer))?.focus());
}
