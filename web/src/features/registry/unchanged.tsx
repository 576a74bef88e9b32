import type { ReactNode } from 'react';
import type { RegistrationResponse } from '../../api/schema';
import { DEPARTMENT_LABELS } from '../../../../src/registry/registration-text';
import { inOrder } from './sheet';

interface Props {
  readonly registration: RegistrationResponse;
  readonly changes: readonly { readonly pointer: string }[];
}

const FIELDS = ['name', 'kana', 'email', 'phone', 'fax', 'postalCode', 'address'] as const;

/** What stays as it is, folded away: a reader who wants to be sure opens it, and a print shows it. */
export function Unchanged({ registration, changes }: Props): ReactNode {
  const touched = (pointer: string): boolean =>
    changes.some((change) => change.pointer === pointer || change.pointer.startsWith(`${pointer}/`));
  const stays = (department: string, field: string): boolean =>
    !changes.some(({ pointer }) => pointer === `/departments/${department}`) &&
    !touched(`/departments/${department}/${field}`);
  const rows = [
    ...(touched('/mainPhone')
      ? []
      : [{ key: '/mainPhone', label: '代表電話', value: registration.mainPhone }]),
    ...inOrder(registration).flatMap((department) => [
      ...FIELDS.filter((field) => stays(department.id, field)).map((field) => ({
        key: `/departments/${department.id}/${field}`,
        label: field === 'name' ? '部署名' : `${department.name}の${DEPARTMENT_LABELS[field]}`,
        value: department[field] ?? '',
      })),
      ...registration.contacts
        .filter(({ departmentId, id }) => departmentId === department.id && !touched(`/contacts/${id}`))
        .map((person) => ({
          key: `/contacts/${person.id}`,
          label: `${department.name}の担当者（${person.role === 'primary' ? '正' : '副'}）`,
          value: person.name,
        })),
    ]),
  ].filter(({ value }) => value !== '');
  if (rows.length === 0) return null;
  return (
    <details className="fold">
      <summary>変わらない項目を見る（{rows.length}項目）</summary>
      <table className="sheet">
        <caption className="sr-only">変わらない項目</caption>
        <tbody>
          {rows.map(({ key, label, value }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
