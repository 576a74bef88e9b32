import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { MunicipalityPicker } from './municipality-picker';
import { associationsQuery } from './municipality-queries';
import { MUNICIPALITY_TYPES, type MunicipalityType } from './municipality-types';
import { REGIONS } from './prefectures';
import { Hidden } from './text';

/** What every audience that is chosen is made of. */
export interface AudienceParts {
  readonly prefectures: readonly string[];
  /** Ids of 市長会・町村会. */
  readonly associations: readonly string[];
  readonly types: readonly MunicipalityType[];
  /** Six-digit codes, picked by hand. */
  readonly municipalities: readonly string[];
}

/** Everybody, or those chosen. */
export const AUDIENCE_KINDS = [
  ['all', 'すべての登録自治体'],
  ['chosen', '条件や名前で選ぶ'],
] as const;

type List = keyof AudienceParts;

/** Which municipalities, by what they have in common and by their names. */
export function AudienceLists({
  audience,
  more,
  onChange,
}: {
  readonly audience: AudienceParts;
  /** Other filters, before the names. */
  readonly more?: ReactNode;
  readonly onChange: (list: List, values: readonly string[]) => void;
}): ReactNode {
  const associations = useQuery(associationsQuery()).data?.items ?? [];
  const toggle = (list: List) => (value: string) => onChange(list, toggled(audience[list], value));
  return (
    <>
      <AudienceGroup name="種別" chosen={audience.types.length} open>
        <AudienceChoices
          legend={<Hidden>種別</Hidden>}
          options={MUNICIPALITY_TYPES}
          chosen={audience.types}
          onToggle={toggle('types')}
        />
      </AudienceGroup>
      <AudienceGroup name="都道府県" chosen={audience.prefectures.length}>
        {REGIONS.map(({ name, prefectures }) => (
          <AudienceChoices
            key={name}
            legend={name}
            options={prefectures}
            chosen={audience.prefectures}
            onToggle={toggle('prefectures')}
          />
        ))}
      </AudienceGroup>
      <AudienceGroup name="市長会・町村会" chosen={audience.associations.length}>
        <AudienceChoices
          legend="連携協定を結んでいる市長会・町村会"
          options={associations.map(({ id, name, registered }) => [id, `${name}（登録 ${registered}）`])}
          chosen={audience.associations}
          onToggle={toggle('associations')}
        />
      </AudienceGroup>
      {more}
      <AudienceGroup name="名前で選ぶ" chosen={audience.municipalities.length} none="なし">
        <MunicipalityPicker
          codes={audience.municipalities}
          onChange={(codes) => onChange('municipalities', codes)}
        />
      </AudienceGroup>
    </>
  );
}

/** @returns the values without this one, or with it */
export const toggled = <V extends string>(values: readonly V[], value: V): V[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value];

/** Folded away while nothing of it is chosen: 47 boxes are a long way by keyboard. */
export function AudienceGroup({
  name,
  chosen,
  none = '指定なし',
  open = false,
  children,
}: {
  readonly name: string;
  readonly chosen: number;
  readonly none?: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const [first] = useState(open || chosen > 0);
  return (
    <details className="fold" open={first}>
      <summary>
        {name}（{chosen === 0 ? none : `${chosen}を選択中`}）
      </summary>
      {children}
    </details>
  );
}

export function AudienceChoices<V extends string>({
  legend,
  options,
  chosen,
  onToggle,
}: {
  readonly legend: ReactNode;
  readonly options: readonly (readonly [value: V, text: string])[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: V) => void;
}): ReactNode {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map(([value, text]) => (
        <label key={value} className="check">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
