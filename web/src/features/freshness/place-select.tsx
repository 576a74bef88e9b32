import type { ReactNode } from 'react';
import type { FreshnessSummaryResponse } from '../../api/schema';
import { Select } from '../../ui/controls';
import type { FieldName, Place } from './freshness-queries';

/** As it stands in the address: `p-010006`, `a-nara-choson`, `f-mainPhone`; empty for the whole country. */
export type Choice = string;

/** @returns what a choice means for the API */
export function meaningOf(choice: Choice): Place & { readonly field?: FieldName } {
  const [kind, ...rest] = choice.split('-');
  const key = rest.join('-');
  if (key === '') return {};
  if (kind === 'p') return { prefecture: key };
  if (kind === 'a') return { association: key };
  return kind === 'f' ? { field: key as FieldName } : {};
}

/** What was chosen, in words. */
export function nameOf(summary: FreshnessSummaryResponse, choice: Choice): string {
  const { prefecture, association, field } = meaningOf(choice);
  if (field !== undefined) return summary.byField.find((row) => row.field === field)?.label ?? field;
  return (
    summary.byPrefecture.find(({ code }) => code === prefecture)?.name ??
    summary.byAssociation.find(({ id }) => id === association)?.name ??
    '全国のすべての登録'
  );
}

/** The whole country, one association or prefecture with registrations, or one kind of field. */
export function PlaceSelect({
  id,
  label,
  summary,
  value,
  fields = false,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly summary: FreshnessSummaryResponse;
  readonly value: Choice;
  /** Whether a kind of field can be chosen, too. */
  readonly fields?: boolean;
  readonly onChange: (choice: Choice) => void;
}): ReactNode {
  return (
    <Select id={id} label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">全国のすべての登録</option>
      <optgroup label="市長会・町村会">
        {summary.byAssociation.map((row) => (
          <option key={row.id} value={`a-${row.id}`}>
            {row.name}
          </option>
        ))}
      </optgroup>
      <optgroup label="都道府県">
        {summary.byPrefecture
          .filter(({ total, code }) => total > 0 || value === `p-${code}`)
          .map(({ code, name }) => (
            <option key={code} value={`p-${code}`}>
              {name}
            </option>
          ))}
      </optgroup>
      {fields && (
        <optgroup label="項目">
          {summary.byField.map(({ field, label: name }) => (
            <option key={field} value={`f-${field}`}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
    </Select>
  );
}
