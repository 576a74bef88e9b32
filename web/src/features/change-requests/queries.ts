import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type {
  ChangeRequestPage,
  ChangeRequestResponse,
  ChangeRequestSummaryResponse,
} from '../../api/schema';

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['change-requests', id],
    queryFn: (): Promise<ChangeRequestResponse> =>
      ok(api.GET('/api/v1/change-requests/{id}', { params: { path: { id } } })),
  });

const listOwn = (registrationId: string): Promise<ChangeRequestPage> =>
  ok(
    api.GET('/api/v1/change-requests', {
      params: { query: { registrationId, sort: '-submittedAt', limit: 100 } },
    }),
  );

export const ownRequestsQuery = (registrationId: string) =>
  queryOptions({
    queryKey: ['change-requests', 'of', registrationId],
    queryFn: () => listOwn(registrationId),
  });

/** Decided or waiting for their day, these don't stand in the way of another. */
const IN_THE_WAY = new Set(['awaiting_verification', 'under_review', 'returned']);

/** @returns the one that has to be decided or taken back before another can be sent */
export const openAmong = (
  requests: readonly ChangeRequestSummaryResponse[],
): ChangeRequestSummaryResponse | null => requests.find(({ status }) => IN_THE_WAY.has(status)) ?? null;

export const findOpen = async (registrationId: string): Promise<ChangeRequestSummaryResponse | null> =>
  openAmong((await listOwn(registrationId)).items);
