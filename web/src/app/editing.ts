import type { FormValues } from '../features/change-requests/form-values';

/** What a draft holds: the form's text, and the returned change request that it is for. */
export interface Draft {
  readonly requestId: string | null;
  readonly values: FormValues;
}

/** Where the form and the page before sending are, for a new change request or a returned one. */
export const editPath = (requestId: string | undefined): string =>
  requestId === undefined ? '/registration/edit' : `/change-requests/${requestId}/edit`;
export const checkPath = (requestId: string | undefined): string =>
  requestId === undefined ? '/registration/check' : `/change-requests/${requestId}/check`;
