import { type ReactNode, useMemo, useState } from 'react';
import type { Problem } from '../api/problem';
import { TextField } from './controls';
import type { Mistake } from './notice';
import { emptyOf, type Labels, type OfficeField, officeMistakes } from './office-values';
import { PostalCodeField } from './postal-code';

/** What a field's input needs, by its name. */
interface Input {
  readonly id: string;
  readonly label: string;
  readonly autoComplete: 'off';
  readonly error: string | undefined;
  readonly value: string;
  readonly onChange: (event: { readonly target: { readonly value: string } }) => void;
}

interface OfficeForm<Field extends string> {
  readonly values: Record<Field | OfficeField, string>;
  readonly set: (name: Field | OfficeField, value: string) => void;
  readonly field: (name: Field | OfficeField) => Input;
  readonly mistakes: readonly Mistake[];
}

/** @param labels of all fields of the form, by their names */
export function useOfficeForm<Field extends string>(
  labels: Labels<Field>,
  problem: Problem | null,
): OfficeForm<Field> {
  const [values, setValues] = useState(() => emptyOf(labels));
  const mistakes = useMemo(() => officeMistakes(problem, labels), [problem, labels]);
  const set = (name: Field | OfficeField, value: string): void =>
    setValues((all) => ({ ...all, [name]: value }));
  const field = (name: Field | OfficeField): Input => ({
    id: name,
    label: labels[name],
    autoComplete: 'off',
    error: mistakes.find((mistake) => mistake.field === name)?.message.replace(/^[^：]*：/, ''),
    value: values[name],
    onChange: (event) => set(name, event.target.value),
  });
  return { values, set, field, mistakes };
}

type Part = Pick<OfficeForm<never>, 'field' | 'set' | 'values'>;

export const CodeField = ({ field }: Pick<Part, 'field'>): ReactNode => (
  <TextField
    {...field('municipalityCode')}
    hint="全国地方公共団体コード（5桁または6桁）です。例　016314（北海道音更町）"
    width="short"
    inputMode="numeric"
    need="required"
  />
);

/** @param afterName what else is typed of a department, below its name */
export function DepartmentFields({
  values,
  set,
  field,
  emailHint,
  afterName,
}: Part & { readonly emailHint: string; readonly afterName?: ReactNode }): ReactNode {
  return (
    <>
      <TextField
        {...field('departmentName')}
        hint="略さずに入力してください。例　企画財政部 企画課"
        need="required"
      />
      {afterName}
      <TextField {...field('departmentEmail')} hint={emailHint} type="email" need="required" />
      <div className="pair-fields">
        <TextField {...field('phone')} hint="例　0155-00-2113" type="tel" />
        <TextField {...field('fax')} hint="例　0155-00-2117" type="tel" />
      </div>
      <PostalCodeField
        id="postalCode"
        value={values.postalCode}
        error={field('postalCode').error}
        onChange={(value) => set('postalCode', value)}
        address={values.address}
        onAddress={(value) => set('address', value)}
      />
      <TextField {...field('address')} hint="都道府県から番地まで" />
    </>
  );
}

export const PersonFields = ({ field }: Pick<Part, 'field'>): ReactNode => (
  <div className="pair-fields">
    <TextField {...field('name')} hint="例　小野寺 真理" need="required" />
    <TextField {...field('kana')} hint="例　おのでら まり" />
    <TextField {...field('title')} hint="例　企画調整係主査" />
    <TextField {...field('extension')} hint="例　534" />
  </div>
);
