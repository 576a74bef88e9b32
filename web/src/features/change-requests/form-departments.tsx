import { type ReactNode, useState } from 'react';
import { useLocation } from 'react-router';
import { Button } from '../../ui/controls';
import type { Mistake } from '../../ui/notice';
import { ClosedDepartment, DepartmentFields } from './department-fields';
import { type FormValues, inputId, type PersonValues, REMOVED_ID } from './form-values';
import { PersonFields } from './person-fields';
import { FIRST_FIELD, focusOn, type Removed, useItems } from './use-items';

interface DepartmentsProps {
  readonly original: FormValues;
  readonly errorOf: (id: string) => string | undefined;
  readonly mistakes: readonly Mistake[];
}

export function Departments({ original, errorOf, mistakes }: DepartmentsProps): ReactNode {
  const items = useItems(original);
  const { departments, people, removed } = items;
  const { isOpen, open } = useOpened(departments.length === 1, people, mistakes);
  return (
    <>
      {departments.map((department, index) => (
        <section
          className="dept-form"
          key={department.key}
          aria-labelledby={inputId(`/departments/${department.id}/legend`)}
        >
          {isOpen(department.id) ? (
            <>
              <DepartmentFields
                index={index}
                errorOf={errorOf}
                onRemove={departments.length > 1 ? () => items.removeDepartment(index) : null}
              />
              {people.map(
                (person, at) =>
                  person.departmentId === department.id && (
                    <PersonFields
                      key={person.id}
                      index={at}
                      errorOf={errorOf}
                      onRemove={() => items.removePerson(at)}
                    />
                  ),
              )}
              <p className="mt-8">
                <Button size="m" onClick={() => items.addPerson(department.id)}>
                  担当者を加える
                </Button>
              </p>
            </>
          ) : (
            <ClosedDepartment index={index} onOpen={() => open(department.id)} />
          )}
        </section>
      ))}
      <p className="dept-form">
        <Button size="m" onClick={() => open(items.addDepartment())}>
          担当部署を加える
        </Button>
      </p>
      <RemovedItems removed={removed} />
    </>
  );
}

function RemovedItems({ removed }: { readonly removed: readonly Removed[] }): ReactNode {
  if (removed.length === 0) return null;
  return (
    <section className="notice warn mt-8" id={REMOVED_ID} tabIndex={-1} aria-label="登録から外すもの">
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
  );
}

/** Departments are folded where there are several: most changes are of one. A mistake opens its own. */
function useOpened(all: boolean, people: readonly PersonValues[], mistakes: readonly Mistake[]) {
  const { hash } = useLocation();
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () => new Set(departmentsOf([hash.slice(1)], people)),
  );
  const wrong = new Set(
    departmentsOf(
      mistakes.map(({ field }) => field ?? ''),
      people,
    ),
  );
  return {
    isOpen: (id: string): boolean => all || opened.has(id) || wrong.has(id) || id.startsWith('new-'),
    open: (id: string): void => {
      setOpened((ids) => new Set(ids).add(id));
      focusOn(`/departments/${id}/${FIRST_FIELD}`);
    },
  };
}

/** @returns the departments in which inputs with these ids stand */
function departmentsOf(ids: readonly string[], people: readonly PersonValues[]): string[] {
  return ids.flatMap((id) => {
    const [, kind, item = ''] = /^(departments|contacts)-(.+)-[a-zA-Z]+$/.exec(id) ?? [];
    if (kind === 'departments') return [item];
    return people.filter((person) => person.id === item).map(({ departmentId }) => departmentId);
  });
}
