import type { ReactNode } from 'react';
import { TextField } from './controls';

/** Both ends of a period, as the lists of the office take them. */
export function PeriodFields({
  values,
  set,
}: {
  readonly values: Readonly<Record<'from' | 'to', string>>;
  readonly set: (name: 'from' | 'to', value: string) => void;
}): ReactNode {
  return (['from', 'to'] as const).map((name) => (
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
