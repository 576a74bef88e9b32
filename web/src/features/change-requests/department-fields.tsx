import type { ReactNode } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import { Button, TextField } from '../../ui/controls';
import { PostalCodeField } from '../../ui/postal-code';
import { Hidden, Mailbox } from '../../ui/text';
import { type FormValues, inputId, unnamed } from './form-values';

interface Props {
  readonly index: number;
  readonly errorOf: (id: string) => string | undefined;
  /** null: it is the only one, and a registration has at least one. */
  readonly onRemove: (() => void) | null;
}

/** One department: what is typed of it. Its people stand below. */
export function DepartmentFields({ index, errorOf, onRemove }: Props): ReactNode {
  const { register, control, watch, setValue } = useFormContext<FormValues>();
  const department = watch(`departments.${index}`);
  const several = watch('departments').length > 1;
  const primary = watch('primaryDepartmentId') === department.id;
  const idOf = (field: string): string => inputId(`/departments/${department.id}/${field}`);
  const text = (field: 'name' | 'kana' | 'email' | 'phone' | 'fax' | 'address') => ({
    id: idOf(field),
    error: errorOf(idOf(field)),
    autoComplete: 'off',
    ...register(`departments.${index}.${field}`),
  });
  const setAddress = (address: string): void =>
    setValue(`departments.${index}.address`, address, { shouldDirty: true });
  return (
    <>
      <div className="dept-head">
        <h2 id={idOf('legend')} tabIndex={-1}>
          {department.name || unnamed('departments', department.id)}
        </h2>
        {onRemove && (
          <Button plain className="small" onClick={onRemove}>
            この部署を登録から外す<Hidden>（{department.name}）</Hidden>
          </Button>
        )}
      </div>
      {several && (
        <label className="check mt-2">
          <input
            type="radio"
            name="primaryDepartmentId"
            checked={primary}
            onChange={() => setValue('primaryDepartmentId', department.id, { shouldDirty: true })}
          />
          主な窓口にする<Hidden>（{department.name}）</Hidden>
        </label>
      )}
      <TextField
        {...text('name')}
        label="部署名"
        hint="略さずに入力してください。例　企画財政部 企画課"
        need="required"
      />
      <TextField {...text('kana')} label="部署名のふりがな" />
      <TextField
        {...text('email')}
        label="所属アドレス"
        hint="部署で共有しているアドレスです。変えると、新しいアドレスにコードが届きます。"
        type="email"
        need="required"
      />
      <div className="pair-fields">
        <TextField {...text('phone')} label="電話番号" hint="例　0155-00-2113" type="tel" />
        <TextField {...text('fax')} label="ファクス番号" hint="例　0155-00-2117" type="tel" />
      </div>
      <Controller
        control={control}
        name={`departments.${index}.postalCode`}
        render={({ field }) => (
          <PostalCodeField
            id={idOf('postalCode')}
            error={errorOf(idOf('postalCode'))}
            value={field.value}
            onChange={field.onChange}
            address={department.address}
            onAddress={setAddress}
          />
        )}
      />
      <TextField {...text('address')} label="所在地" hint="都道府県から番地まで" />
    </>
  );
}

/** A department that nobody is changing: what it is, and the way to change it. */
export function ClosedDepartment({
  index,
  onOpen,
}: {
  readonly index: number;
  readonly onOpen: () => void;
}): ReactNode {
  const { watch } = useFormContext<FormValues>();
  const { id, name, email } = watch(`departments.${index}`);
  const people = watch('contacts').filter(({ departmentId }) => departmentId === id);
  return (
    <>
      <h2 id={inputId(`/departments/${id}/legend`)} tabIndex={-1}>
        {name}
      </h2>
      <p className="quiet">
        <Mailbox>{email}</Mailbox>
      </p>
      {people.length > 0 && (
        <p className="quiet">
          {people.map((person) => `${person.name}（${person.role === 'primary' ? '正' : '副'}）`).join('、')}
        </p>
      )}
      <p className="mt-3">
        <Button size="m" onClick={onOpen}>
          この部署を修正する<Hidden>（{name}）</Hidden>
        </Button>
      </p>
    </>
  );
}
