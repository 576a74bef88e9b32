import { IsIn } from 'class-validator';
import { Omissible, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { AcknowledgementResponse, ReachCountsResponse } from './announcement.dto.js';
import { DELIVERIES, type Delivery } from './recipient.entity.js';

export class ReachQuery extends PageQuery {
  /** Without an acknowledgement that counts, or with one. @example waiting */
  @Omissible()
  @IsIn(['waiting', 'acknowledged'])
  status?: 'waiting' | 'acknowledged';

  /** Name, kana, prefecture or code of the municipality. @example ゆすはら */
  @Omissible()
  @TextField({ max: 100 })
  q?: string;
}

export class RecipientResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e */
  registrationId: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** How it was told; null for one that joined after publication. @example at-once */
  delivery: Delivery | null;
  /** When its mail was queued; null while a digest waits for its hour. @example 2026-11-22T01:58:00.000Z */
  mailedAt: Date | null;
  acknowledgement: AcknowledgementResponse | null;
  /** When it was reminded. @example null */
  followedUpAt: Date | null;
}

export class ReachPage extends ReachCountsResponse {
  /** Municipalities that a correction would be mailed to now. @example 371 */
  told: number;
  /** Municipalities that a reminder would reach now. @example 129 */
  askable: number;
  /** Those that neither would, since their next daily mail tells them first. @example 1 */
  waitingForDigest: number;
  items: RecipientResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 162 */
  total: number;
}

export class FollowUpResponse {
  /** Municipalities reminded just now; 0 where all have been. @example 122 */
  municipalities: number;
  /** @example 244 */
  mails: number;
}

export class ChooseDeliveryDto {
  /** Each by itself, or what came within a day in one mail. @example digest */
  @IsIn(DELIVERIES)
  delivery: Delivery;
}

export class DeliveryResponse {
  /** Also the `ETag`. @example 1 */
  version: number;
  /** @example at-once */
  delivery: Delivery;
  /** When the daily mail goes out, in Tokyo. @example 8 */
  digestHour: number;
  /** @example null */
  changedAt: Date | null;
  /** As the person named themselves. @example null */
  changedBy: string | null;
}
