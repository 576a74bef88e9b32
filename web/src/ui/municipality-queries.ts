import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../api/client';
import type { MunicipalityResponse } from '../api/schema';

export const associationsQuery = () =>
  queryOptions({
    queryKey: ['associations'],
    queryFn: () => ok(api.GET('/api/v1/associations')),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const municipalityKey = (code: string): readonly string[] => ['municipality', code];

/** By its code: an audience keeps no names. */
export const municipalityQuery = (code: string) =>
  queryOptions({
    queryKey: municipalityKey(code),
    queryFn: (): Promise<MunicipalityResponse> =>
      ok(api.GET('/api/v1/municipalities/{code}', { params: { path: { code } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
