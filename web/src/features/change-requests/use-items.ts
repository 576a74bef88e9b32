import { useState } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { announce } from '../../ui/announce';
import { type FormValues, inputId, newLabel, type PersonValues } from './form-values';

/** Somebody or something that was taken off the form, until it is sent. */
export interface Removed {
  readonly key: string;
  readonly name: string;
  readonly restore: () => void;
}

export const FIRST_FIELD = 'name';

/** Departments and people of the form, how they come and go, and the way back. */
export function useItems() {
  const form = useFormContext<FormValues>();
  const departments = useFieldArray({ control: form.control, name: 'departments', keyName: 'key' });
  const contacts = useFieldArray({ control: form.control, name: 'contacts', keyName: 'key' });
  const people = form.watch('contacts');
  const [removed, setRemoved] = useState<readonly Removed[]>([]);
  const forget = (key: string): void => setRemoved((list) => list.filter((item) => item.key !== key));

  const noteRemoval = (key: string, name: string, putBack: () => void): void => {
    const restore = (): void => {
      putBack();
      forget(key);
      focusOn(`${key}/${FIRST_FIELD}`);
    };
    setRemoved((list) => [...list, { key, name, restore }]);
    announce(`${name}を登録から外します。元に戻すこともできます。`);
  };

  const removePerson = (at: number): void => {
    const person = form.getValues(`contacts.${at}`);
    contacts.remove(at);
    noteRemoval(`/contacts/${person.id}`, person.name || '新しい担当者', () => contacts.append(person));
  };

  const removeDepartment = (at: number): void => {
    const department = form.getValues(`departments.${at}`);
    const theirs = form.getValues('contacts').filter(({ departmentId }) => departmentId === department.id);
    const was = form.getValues('primaryDepartmentId');
    contacts.replace(form.getValues('contacts').filter(({ departmentId }) => departmentId !== department.id));
    departments.remove(at);
    const [first] = form.getValues('departments');
    if (was === department.id && first) form.setValue('primaryDepartmentId', first.id);
    noteRemoval(`/departments/${department.id}`, department.name || '新しい部署', () => {
      departments.append(department);
      contacts.append(theirs);
      form.setValue('primaryDepartmentId', was);
    });
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
