import { MunicipalityChoiceDto } from '../registry/municipality-choice.dto.js';
import type { Audience } from './audience.js';

/** Whom it is meant for. */
export class AudienceDto extends MunicipalityChoiceDto {}

export class AudienceCountResponse {
  /** Registered today. @example 144 */
  municipalities: number;
  /** Mailboxes that would get the mail. @example 288 */
  mailboxes: number;
  /** Of the municipalities, those that want what came within a day in one mail. @example 12 */
  digest: number;
}

/** @returns the audience as it is kept: without the lists where it is for all */
export const toAudience = ({ kind, ...chosen }: AudienceDto): Audience =>
  kind === 'all' ? { kind } : { kind, ...chosen };

const NOBODY = { prefectures: [], associations: [], types: [], municipalities: [] };

/** @returns the audience as it is told: with empty lists where it is for all */
export const toAudienceDto = (audience: Audience): AudienceDto => ({ ...NOBODY, ...audience }) as AudienceDto;
