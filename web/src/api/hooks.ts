import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, ok } from './client';
import type { AccountResponse } from './schema';
import { session, type SessionState } from './session';

export const useSession = (): SessionState =>
  useSyncExternalStore((listener) => session.subscribe(listener), session.state);

/** @throws Error outside of the pages that need somebody signed in */
export function useAccount(): AccountResponse {
  const state = useSession();
  if (state.kind !== 'in' && state.kind !== 'lapsed') throw new Error('nobody is signed in');
  return state.account;
}

export const useIsAdmin = (): boolean => useAccount().roles.includes('admin');
export const useIsReviewer = (): boolean => useAccount().roles.includes('reviewer');
export const useIsEditor = (): boolean => useAccount().roles.includes('editor');

/** Mails hold what municipalities were told, and to which mailboxes. */
export const useReadsMail = (): boolean =>
  useAccount().roles.some((role) => role === 'reviewer' || role === 'admin');

export const usePortal = () =>
  useQuery({
    queryKey: ['portal'],
    queryFn: () => ok(api.GET('/api/v1/portal')),
    staleTime: Number.POSITIVE_INFINITY,
  });
