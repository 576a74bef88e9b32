import type { ReactNode } from 'react';
import type { StaffResponse } from '../../api/schema';
import { TextField } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { ROLES } from './roles';

export type Role = StaffResponse['roles'][number];

export interface AccountValues {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export const ACCOUNT_POINTERS = { '/email': 'staff-email', '/name': 'staff-name', '/roles': 'role-reviewer' };

export const accountChecks = ({ email, name, roles }: AccountValues) =>
  [
    [email.trim() === '', 'staff-email', 'メールアドレスを入力してください。'],
    [name.trim() === '', 'staff-name', '氏名を入力してください。'],
    [roles.length === 0, 'role-reviewer', '役割を1つ以上選んでください。'],
  ] as const;

/** Address, name and roles of a member of staff, for somebody new and for a change. */
export function AccountFields({
  values,
  onChange,
  mistakes,
}: {
  readonly values: AccountValues;
  readonly onChange: (values: AccountValues) => void;
  readonly mistakes: readonly Mistake[];
}): ReactNode {
  const roleError = messageFor(mistakes, 'role-reviewer');
  const toggle = (role: Role): void =>
    onChange({
      ...values,
      roles: values.roles.includes(role)
        ? values.roles.filter((one) => one !== role)
        : [...values.roles, role],
    });
  return (
    <>
      <TextField
        id="staff-name"
        label="氏名"
        need="required"
        width="short"
        autoComplete="off"
        value={values.name}
        error={messageFor(mistakes, 'staff-name')}
        onChange={(event) => onChange({ ...values, name: event.target.value })}
      />
      <TextField
        id="staff-email"
        label="メールアドレス"
        need="required"
        type="email"
        autoComplete="off"
        value={values.email}
        error={messageFor(mistakes, 'staff-email')}
        onChange={(event) => onChange({ ...values, email: event.target.value })}
      />
      <fieldset className="field">
        <legend>
          役割<span className="need">必須</span>
        </legend>
        {roleError && <p className="err">{roleError}</p>}
        {ROLES.map(([role, name, what]) => (
          <div key={role}>
            <label className="check">
              <input
                type="checkbox"
                id={`role-${role}`}
                checked={values.roles.includes(role)}
                onChange={() => toggle(role)}
              />
              <span>
                {name}
                <span className="hint block">{what}</span>
              </span>
            </label>
          </div>
        ))}
      </fieldset>
    </>
  );
}
