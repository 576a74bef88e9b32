import { useState } from 'react';

type Values = Readonly<Record<string, string>>;

/**
 * What is typed into a search whose words stand in the address once it is sent. The form stays where it is, with its
 * focus; an address that somebody else leads to (a link, the way back) fills it anew.
 */
export function useSearchForm(
  names: readonly string[],
  params: URLSearchParams,
): {
  readonly values: Values;
  readonly set: (name: string, value: string) => void;
  readonly next: () => URLSearchParams;
} {
  const address = params.toString();
  const inAddress = (): Values => Object.fromEntries(names.map((name) => [name, params.get(name) ?? '']));
  const [held, setHeld] = useState({ address, values: inAddress() });
  if (held.address !== address) setHeld({ address, values: inAddress() });
  const next = (): URLSearchParams => {
    const found = new URLSearchParams(params);
    for (const [name, value] of Object.entries(held.values)) {
      if (value.trim() === '') found.delete(name);
      else found.set(name, value.trim());
    }
    return found;
  };
  return {
    values: held.values,
    set: (name, value) => setHeld((now) => ({ ...now, values: { ...now.values, [name]: value } })),
    next,
  };
}
