import { IsIn } from 'class-validator';
import { Omissible, TextField } from '../platform/http/fields.js';
import { FRESHNESS_FIELD_NAMES } from './freshness-fields.js';

/** What is counted: the registrations of a prefecture, of an association, or of the whole country. */
export class FreshnessQuery {
  /** 6-digit code of the prefecture. @example 010006 */
  @Omissible()
  @TextField({ max: 6, pattern: /^\d{6}$/ })
  prefecture?: string;

  /** Id of a 市長会 or 町村会. @example hokkaido-choson */
  @Omissible()
  @TextField({ max: 40, pattern: /^[a-z-]+$/ })
  association?: string;
}

export class FreshnessCountsResponse {
  /** @example 144 */
  total: number;
  /** Confirmed within as many months as the office has set. @example 96 */
  fresh: number;
  /** Confirmed longer ago. @example 30 */
  stale: number;
  /** Never known to be confirmed, which isn't stale. @example 18 */
  unknown: number;
}

export class PrefectureFreshnessResponse extends FreshnessCountsResponse {
  /** @example 010006 */
  code: string;
  /** @example 北海道 */
  name: string;
}

export class AssociationFreshnessResponse extends FreshnessCountsResponse {
  /** @example hokkaido-choson */
  id: string;
  /** @example 北海道町村会 */
  name: string;
}

export class FieldFreshnessResponse extends FreshnessCountsResponse {
  /** @example department.email */
  field: string;
  /** @example 所属アドレス */
  label: string;
}

export class FreshnessSummaryResponse {
  /** When it was counted. @example 2026-11-22T01:44:00.000Z */
  countedAt: Date;
  /** For how many months a confirmation counts as fresh, by the office's setting. @example 12 */
  freshMonths: number;
  /** What was confirmed at this instant or later is fresh: the beginning of a day in Tokyo. @example 2025-11-21T15:00:00.000Z */
  freshSince: Date;
  /** Active registrations, by when all of each was last confirmed. */
  registrations: FreshnessCountsResponse;
  /** All their fields in effect today that hold something, each by its own freshness. */
  fields: FreshnessCountsResponse;
  /** Registrations again, by code. All 47 prefectures unless the question was about one; none registered: total 0. */
  byPrefecture: PrefectureFreshnessResponse[];
  /** Those that an association covers; all 13 unless the question was about one, or about a prefecture. */
  byAssociation: AssociationFreshnessResponse[];
  /** The fields again, by kind, in the order of a sheet. */
  byField: FieldFreshnessResponse[];
}

/** A course is of all registrations, or of one of the three that are named. */
export class FreshnessCourseQuery {
  /** The first day (Asia/Tokyo); left out, 52 weeks before the last. @example 2025-11-23 */
  @Omissible()
  @TextField({ max: 10 })
  from?: string;

  /** The last day; left out, today. At most 110 weeks after the first. @example 2026-11-22 */
  @Omissible()
  @TextField({ max: 10 })
  to?: string;

  /** 6-digit code of a prefecture. @example 010006 */
  @Omissible()
  @TextField({ max: 6, pattern: /^\d{6}$/ })
  prefecture?: string;

  /** Id of a 市長会 or 町村会. @example hokkaido-choson */
  @Omissible()
  @TextField({ max: 40, pattern: /^[a-z-]+$/ })
  association?: string;

  /** A kind of field, as the summary names them. @example department.email */
  @Omissible()
  @IsIn(FRESHNESS_FIELD_NAMES)
  field?: string;
}

export class FreshnessPointResponse extends FreshnessCountsResponse {
  /** The day in Tokyo that it was counted on, as it began. @example 2026-11-22 */
  on: string;
  /** What counted as fresh on that day, in months. @example 12 */
  freshMonths: number;
}

export class FreshnessCourseResponse {
  /** @example 2025-11-23 */
  from: string;
  /** @example 2026-11-22 */
  to: string;
  /** `day`: one point for each day; `week`: for each week counted back from the end, its last day that was recorded. @example week */
  step: 'day' | 'week';
  /** The first day ever recorded. @example 2026-04-01 */
  recordedSince: string | null;
  /** Days of the period since then of which there is no record: the portal didn't run. @example 0 */
  missedDays: number;
  /** Oldest first; none for what wasn't recorded. */
  points: FreshnessPointResponse[];
}
