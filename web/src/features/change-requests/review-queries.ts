import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { ChangeRequestResponse, ChangeRequestSummaryResponse } from '../../api/schema';

export type Status = ChangeRequestSummaryResponse['status'];

/** Where a change request can stand, as the office sorts its lists. */
export const QUEUES: readonly (readonly [Status, string])[] = [
  ['under_review', '確認待ち'],
  ['awaiting_verification', '新しいアドレスの確認待ち'],
  ['scheduled', '反映予定'],
  ['returned', '差戻し'],
  ['approved', '反映済み'],
  ['partly_approved', '一部反映済み'],
  ['withdrawn', '取下げ'],
  ['expired', '期限切れ'],
];

/** Nothing more happens to these: what was sent last is of most interest. */
const CLOSED: ReadonlySet<Status> = new Set(['approved', 'partly_approved', 'withdrawn', 'expired']);
/** As many as one looks through. */
const MOST = 200;

export const queueQuery = (status: Status) =>
  queryOptions({
    queryKey: ['review', 'queue', status],
    queryFn: () =>
      ok(
        api.GET('/api/v1/change-requests', {
          params: {
            query: { status, sort: CLOSED.has(status) ? '-submittedAt' : 'submittedAt', limit: MOST },
          },
        }),
      ),
  });

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['review', 'request', id],
    queryFn: () => ok(api.GET('/api/v1/change-requests/{id}', { params: { path: { id } } })),
    // A person decides on what stands there: it changes when they ask or come again, not while they read.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const threeWayQuery = (request: ChangeRequestResponse) =>
  queryOptions({
    queryKey: ['review', 'three-way', request.id, request.version, request.registrationVersion],
    queryFn: () =>
      ok(api.GET('/api/v1/change-requests/{id}/three-way', { params: { path: { id: request.id } } })),
    // What was chosen stays on the page while the newest comes.
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });

/** The newest version of a registration: what moved under a change request, and by whom. */
export const newestVersionQuery = (registrationId: string, version: number) =>
  queryOptions({
    queryKey: ['review', 'newest-version', registrationId, version],
    queryFn: () =>
      ok(
        api.GET('/api/v1/registrations/{id}/history', {
          params: { path: { id: registrationId }, query: { limit: 1 } },
        }),
      ),
  });

export const toLookOverQuery = () =>
  queryOptions({
    queryKey: ['review', 'to-look-over'],
    queryFn: () =>
      ok(api.GET('/api/v1/change-requests', { params: { query: { toLookOver: true, limit: 100 } } })),
  });

/** It changed since: the proposal has to be put on top of it before anybody decides. */
export const hasMoved = (request: ChangeRequestResponse): boolean =>
  request.registrationVersion !== request.baseVersion &&
  (request.status === 'under_review' || (request.status === 'scheduled' && request.blockedAt !== null));
