import { useState } from 'react';
import type { RegistrationResponse } from '../../api/schema';
import { type FormValues, toValues } from './form-values';

interface Kept {
  /** The version that `values` were made from. */
  readonly baseVersion: number;
  readonly values: FormValues;
}

interface OfficeDraft extends Kept {
  /** It was here when one came. */
  readonly found: boolean;
  readonly keep: (values: FormValues) => void;
  /** From now on it stands on the registration as it is shown. */
  readonly merged: (values: FormValues) => void;
  readonly forget: () => void;
}

/**
 * What the office types for a municipality outlives a reload of this window, and is nobody else's who signs in here.
 * Drafts on the server are the municipalities' own.
 */
export function useOfficeDraft(registration: RegistrationResponse, accountId: string): OfficeDraft {
  const key = `staff-edit:${accountId}:${registration.id}`;
  const [found] = useState(() => read(key));
  const [kept, setKept] = useState<Kept>(
    () => found ?? { baseVersion: registration.version, values: toValues(registration) },
  );
  const put = (next: Kept): void => {
    setKept(next);
    sessionStorage.setItem(key, JSON.stringify(next));
  };
  return {
    ...kept,
    found: found !== null,
    keep: (values) => put({ ...kept, values }),
    merged: (values) => put({ baseVersion: registration.version, values }),
    forget: () => sessionStorage.removeItem(key),
  };
}

function read(key: string): Kept | null {
  const text = sessionStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as Kept);
}
