import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { FormProvider, useFieldArray, useForm, useFormContext } from 'react-hook-form';
import type { Problem } from '../../api/problem';
import { announce } from '../../ui/announce';
import { Button, TextArea, TextField } from '../../ui/controls';
import { ErrorSummary, Failed } from '../../ui/notice';
import { DepartmentFields } from './department-fields';
import { type FormValues, inputId, mistakesOf, newLabel, type PersonValues } from './form-values';
import { PersonFields } from './person-fields';

interface Props {
  /** Above the form, below a summary of errors: the heading. */
  readonly heading: ReactNode;
  readonly initial: FormValues;
  /** At each change, for the draft. */
  readonly onChange: (values: FormValues) => void;
  readonly onSubmit: (values: FormValues) => void;
  readonly pending: boolean;
  readonly problem: Problem | null;
  /** Beside the button: whether the draft is kept, and the way to throw it away. */
  readonly foot: ReactNode;
}

/** A whole registration to edit. What the API finds wrong stands at its field; nothing typed is lost. */
export function RegistrationForm({
  heading,
  initial,
  onChange,
  onSubmit,
  pending,
  problem,
  foot,
}: Props): ReactNode {
  const form = useForm<FormValues>({ defaultValues: initial });
  const { register, watch, handleSubmit, getValues } = form;
  const mistakes = useMemo(
    () => mistakesOf(problem?.errors ?? [], getValues()),
    // Told anew at each answer, not at each letter.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [problem],
  );
  const errorOf = (id: string): string | undefined =>
    mistakes.find(({ field }) => field === id)?.message.replace(/^[^：]*：/, '');
  useEffect(() => {
    const { unsubscribe } = watch(() => onChange(getValues()));
    return unsubscribe;
  }, [watch, onChange, getValues]);
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void handleSubmit((values) => onSubmit(values))(event);
        }}
      >
        <ErrorSummary mistakes={mistakes} />
        {heading}
        <TextField
          id="mainPhone"
          label="代表電話"
          hint="役所・役場の代表の電話番号です。例　0155-00-2110"
          type="tel"
          width="short"
          autoComplete="off"
          error={errorOf('mainPhone')}
          {...register('mainPhone')}
        />
        <Departments errorOf={errorOf} />
        <TextArea
          id="comment"
          label="事務局へのひとこと"
          hint="変更の理由など、内容の確認に役立つことがあれば書いてください。"
          need="optional"
          error={errorOf('comment')}
          {...register('comment')}
        />
        <Failed problem={mistakes.length === 0 ? problem : null} />
        <div className="send">
          <div className="btns">
            <Button main type="submit" pending={pending} pendingText="確かめています">
              変更の内容を確かめる
            </Button>
          </div>
          {foot}
        </div>
      </form>
    </FormProvider>
  );
}

/** Somebody or something that was taken off the form, until it is sent. */
interface Removed {
  readonly key: string;
  readonly name: string;
  readonly restore: () => void;
}

function Departments({ errorOf }: { readonly errorOf: (id: string) => string | undefined }): ReactNode {
  const { departments, people, removed, removePerson, removeDepartment, addPerson, addDepartment } =
    useItems();
  return (
    <>
      {departments.map((department, index) => (
        <section
          className="dept-form"
          key={department.key}
          aria-labelledby={inputId(`/departments/${department.id}/legend`)}
        >
          <DepartmentFields
            index={index}
            errorOf={errorOf}
            onRemove={departments.length > 1 ? () => removeDepartment(index) : null}
          />
          {people.map(
            (person, at) =>
              person.departmentId === department.id && (
                <PersonFields
                  key={person.id}
                  index={at}
                  errorOf={errorOf}
                  onRemove={() => removePerson(at)}
                />
              ),
          )}
          <p className="mt-8">
            <Button size="m" onClick={() => addPerson(department.id)}>
              担当者を加える
            </Button>
          </p>
        </section>
      ))}
      <p className="dept-form">
        <Button size="m" onClick={addDepartment}>
          担当部署を加える
        </Button>
      </p>
      {removed.length > 0 && (
        <section className="notice warn mt-8" aria-label="登録から外すもの">
          <ul>
            {removed.map(({ key, name, restore }) => (
              <li key={key}>
                {name}を登録から外します。
                <Button plain onClick={restore}>
                  元に戻す
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const FIRST_FIELD = 'name';

function useItems() {
  const form = useFormContext<FormValues>();
  const departments = useFieldArray({ control: form.control, name: 'departments', keyName: 'key' });
  const contacts = useFieldArray({ control: form.control, name: 'contacts', keyName: 'key' });
  const people = form.watch('contacts');
  const [removed, setRemoved] = useState<readonly Removed[]>([]);
  const forget = (key: string): void => setRemoved((list) => list.filter((item) => item.key !== key));
  const focusOn = (pointer: string): void => {
    requestAnimationFrame(() => document.getElementById(inputId(pointer))?.focus());
  };

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

  const addDepartment = (): void => {
    const id = newLabel(form.getValues('departments'));
    departments.append(
      { id, name: '', kana: '', email: '', phone: '', fax: '', postalCode: '', address: '' },
      { shouldFocus: false },
    );
    focusOn(`/departments/${id}/${FIRST_FIELD}`);
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
