import type { ReactNode } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import { Button, Select, TextField } from '../../ui/controls';
import { Hidden } from '../../ui/text';
import { type FormValues, inputId, unnamed } from './form-values';

interface Props {
  readonly index: number;
  readonly errorOf: (id: string) => string | undefined;
  readonly onRemove: () => void;
}

/** One person: what is typed of them. */
export function PersonFields({ index, errorOf, onRemove }: Props): ReactNode {
  const { register, watch } = useFormContext<FormValues>();
  const person = watch(`contacts.${index}`);
  const departments = watch('departments');
  const idOf = (field: string): string => inputId(`/contacts/${person.id}/${field}`);
  const text = (field: 'name' | 'kana' | 'title' | 'extension' | 'email') => ({
    id: idOf(field),
    error: errorOf(idOf(field)),
    autoComplete: 'off',
    ...register(`contacts.${index}.${field}`),
  });
  const who = person.name || unnamed('contacts', person.id);
  return (
    <fieldset className="person" aria-labelledby={idOf('legend')}>
      <div className="dept-head">
        <h3 id={idOf('legend')}>
          担当者（{person.role === 'primary' ? '正' : '副'}）<Hidden>{who}</Hidden>
        </h3>
        <Button plain className="small" onClick={onRemove}>
          登録から外す<Hidden>（{who}）</Hidden>
        </Button>
      </div>
      <div className="pair-fields">
        <TextField {...text('name')} label="氏名" hint="例　小野寺 真理" need="required" />
        <TextField {...text('kana')} label="ふりがな" hint="例　おのでら まり" />
        <TextField {...text('title')} label="職名" hint="例　企画調整係主査" />
        <TextField {...text('extension')} label="内線" hint="例　534" inputMode="numeric" />
      </div>
      <TextField
        {...text('email')}
        label="担当者のアドレス"
        hint="所属アドレスとは別に、ご自分の業務用のアドレスがあるときだけ入力してください。"
        type="email"
        need="optional"
      />
      <RoleField index={index} id={idOf('role')} error={errorOf(idOf('role'))} />
      {departments.length > 1 && (
        <Select
          id={idOf('departmentId')}
          label="所属する部署"
          error={errorOf(idOf('departmentId'))}
          {...register(`contacts.${index}.departmentId`)}
        >
          {departments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name || '新しい部署'}
            </option>
          ))}
        </Select>
      )}
    </fieldset>
  );
}

function RoleField({
  index,
  id,
  error,
}: {
  readonly index: number;
  readonly id: string;
  readonly error: string | undefined;
}): ReactNode {
  const { control } = useFormContext<FormValues>();
  return (
    <Controller
      control={control}
      name={`contacts.${index}.role`}
      render={({ field }) => (
        <fieldset className="field" id={id} tabIndex={-1}>
          <legend>正・副</legend>
          {error && <p className="err">{error}</p>}
          <div className="flex gap-6">
            {(['primary', 'deputy'] as const).map((role) => (
              <label className="check" key={role}>
                <input
                  type="radio"
                  name={field.name}
                  value={role}
                  checked={field.value === role}
                  onChange={() => field.onChange(role)}
                  onBlur={field.onBlur}
                />
                {role === 'primary' ? '正' : '副'}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    />
  );
}
