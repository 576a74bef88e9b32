import type { FormEvent, ReactNode } from 'react';
import { Button, Select, TextField } from './controls';
import type { useSearchForm } from './use-search-form';

type Search = ReturnType<typeof useSearchForm>;

/** Fields beside each other with the button that asks; what is asked for goes into the address. */
export function SearchForm({
  search,
  onSearch,
  columns,
  press = 'さがす',
  pressClass = '',
  children,
}: {
  readonly search: Search;
  readonly onSearch: (next: URLSearchParams) => void;
  /** Utility classes that give the columns at each width. */
  readonly columns: string;
  readonly press?: string;
  readonly pressClass?: string;
  readonly children: ReactNode;
}): ReactNode {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSearch(search.next());
  };
  return (
    <search>
      <form onSubmit={submit} className={`grid items-end gap-x-4 ${columns}`}>
        {children}
        <Button size="m" type="submit" className={`mt-6 ${pressClass}`}>
          {press}
        </Button>
      </form>
    </search>
  );
}

interface SearchFieldProps {
  readonly search: Search;
  readonly name: string;
  readonly label: string;
}

export function SearchWords({
  search: { values, set },
  name,
  label,
  maxLength,
}: SearchFieldProps & { readonly maxLength?: number }): ReactNode {
  return (
    <TextField
      id={name}
      label={label}
      className="m"
      type="search"
      maxLength={maxLength}
      autoComplete="off"
      value={values[name]}
      onChange={(event) => set(name, event.target.value)}
    />
  );
}

/** すべて, or one of the options. */
export function SearchChoice({
  search: { values, set },
  name,
  label,
  options,
}: SearchFieldProps & { readonly options: readonly (readonly [value: string, text: string])[] }): ReactNode {
  return (
    <Select id={name} label={label} value={values[name]} onChange={(event) => set(name, event.target.value)}>
      <option value="">すべて</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </Select>
  );
}

/** Both ends of a period: `from` and `to`. */
export function SearchPeriod({ search: { values, set } }: { readonly search: Search }): ReactNode {
  return ['from', 'to'].map((name) => (
    <TextField
      key={name}
      id={name}
      label={name === 'from' ? 'この日から' : 'この日まで'}
      type="date"
      className="m"
      value={values[name]}
      onChange={(event) => set(name, event.target.value)}
    />
  ));
}
