import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { paths } from '../../api/schema';

/** What is counted: nothing named is the whole country. */
export interface Place {
  readonly prefecture?: string;
  readonly association?: string;
}

export const summaryQuery = (place: Place = {}) =>
  queryOptions({
    queryKey: ['freshness', 'summary', place],
    queryFn: () => ok(api.GET('/api/v1/freshness/summary', { params: { query: place } })),
  });

export type FieldName = NonNullable<
  NonNullable<paths['/api/v1/freshness/course']['get']['parameters']['query']>['field']
>;

export interface Course extends Place {
  readonly field?: FieldName;
  /** `YYYY-MM-DD` */
  readonly from: string;
}

export const courseQuery = (course: Course) =>
  queryOptions({
    queryKey: ['freshness', 'course', course],
    queryFn: () => ok(api.GET('/api/v1/freshness/course', { params: { query: course } })),
  });
