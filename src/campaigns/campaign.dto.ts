import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsUUID,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Omissible, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { MunicipalityChoiceDto } from '../registry/municipality-choice.dto.js';
import { type CampaignAudience, type Freshness, FRESHNESS } from './campaign-audience.js';
import type { CampaignState } from './campaign.state.js';
import { STEP_RECIPIENTS, STEP_TEMPLATES, type StepRecipients, type StepTemplate } from './ladder.js';

const DATE = {
  max: 10,
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  patternMessage: '日付は、2027-04-01 のように入力してください。',
};

/** Whom to ask. */
export class CampaignAudienceDto extends MunicipalityChoiceDto {
  // Said in full: of a list of allowed values the generator makes a list of lists.
  @ApiPropertyOptional({ enum: FRESHNESS, isArray: true, example: [] })
  @Omissible()
  @IsIn(FRESHNESS, { each: true })
  @ArrayUnique()
  @ArrayMaxSize(3)
  @IsArray()
  freshness: Freshness[] = [];
}

/** A rung of the ladder. Its day is `on`, or `afterDays` working days after the step before: one of the two. */
export class CampaignStepDto {
  /** Of a step that is there already; left out for a new one. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  @Omissible()
  @IsUUID()
  id?: string;

  /** @example ask */
  @IsIn(STEP_TEMPLATES)
  template: StepTemplate;

  /** To whom it is mailed; null for the two lists. @example primary */
  @Omissible()
  @ValidateIf((_step, value) => value !== null)
  @IsIn(STEP_RECIPIENTS)
  recipients: StepRecipients | null = null;

  /** A date in Asia/Tokyo; where it is no working day, the next one. @example 2027-04-05 */
  @Omissible()
  @TextField({ ...DATE, nullable: true })
  on: string | null = null;

  /** Working days after the step before. @example null */
  @Omissible()
  @ValidateIf((_step, value) => value !== null)
  @Max(120)
  @Min(1)
  @IsInt()
  afterDays: number | null = null;

  /** Of its day, in Asia/Tokyo. @example 9 */
  @Omissible()
  @Max(18)
  @Min(7)
  @IsInt()
  hour: number = 9;

  /** How its mail begins, in the office's words; null: in the portal's. @example null */
  @Omissible()
  @TextField({ max: 600, multiline: true, nullable: true })
  opening: string | null = null;
}

/** A campaign as the office plans it: all of it, each time. */
export class CampaignPlanDto {
  /** @example "令和9年度 登録情報の年度確認" */
  @TextField({ max: 60 })
  title: string;

  @ValidateNested()
  @Type(() => CampaignAudienceDto)
  @IsObject()
  @IsDefined()
  audience: CampaignAudienceDto;

  /** From this day on a confirmation or a change is an answer (Asia/Tokyo). @example 2027-04-01 */
  @TextField(DATE)
  countsFrom: string;

  /** Until when an answer is asked for, as mails say it. @example 2027-04-30 */
  @TextField(DATE)
  deadline: string;

  @ValidateNested({ each: true })
  @Type(() => CampaignStepDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(12)
  @IsObject({ each: true })
  @IsArray()
  @IsDefined()
  steps: CampaignStepDto[];
}

export class StepResponse extends CampaignStepDto {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  declare id: string;
  /** @example 確認のお願い */
  label: string;
  /** The working day that it comes to by today's calendar. @example 2027-04-05 */
  date: string;
  /** @example 2027-04-05T00:00:00.000Z */
  dueAt: Date;
  /** `overtaken`: a later step was due, too, when the portal came back; it didn't go. @example planned */
  status: 'planned' | 'done' | 'overtaken';
  /** @example null */
  doneAt: Date | null;
  /** How its mail begins if the office says nothing else; null for the lists. @example null */
  standardOpening: string | null;
  /** Municipalities that were mailed, or put onto the list. @example 0 */
  municipalities: number;
  /** Mails. @example 0 */
  mails: number;
}

/** How far it has come. Of `targets`, each is in one of `answered`, `checking`, `open` and `left`. */
export class CampaignProgressResponse {
  /** Everybody it asks, without those left out from the beginning. @example 318 */
  targets: number;
  /** To whom at least one mail was delivered. @example 306 */
  reached: number;
  /** @example 268 */
  answered: number;
  /** Of these, by 「変更はありません」. @example 176 */
  unchanged: number;
  /** Of these, by a change. @example 81 */
  changed: number;
  /** Of these, by telephone or letter, with the office's help. @example 11 */
  phone: number;
  /** Of these, said between the first day that counts and the start. @example 0 */
  before: number;
  /** A change request is on its way. @example 13 */
  checking: number;
  /** Nothing yet. @example 37 */
  open: number;
  /** No longer asked: withdrawn, merged, or the campaign was closed. @example 0 */
  left: number;
  /** Open ones on 電話リスト. @example 31 */
  toCall: number;
  /** Of these, those to call today or earlier. @example 11 */
  toCallToday: number;
  /** Open ones on 郵送リスト. @example 6 */
  toWrite: number;
  /** Left out from the beginning since another campaign asked them. @example 0 */
  askedAlready: number;
}

export class CampaignResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d71 */
  id: string;
  /** Also the `ETag`. @example 1 */
  version: number;
  /** `standing`: begun by the portal for what nobody has confirmed for long. @example office */
  kind: 'office' | 'standing';
  /** @example draft */
  state: CampaignState;
  /** @example "令和9年度 登録情報の年度確認" */
  title: string;
  audience: CampaignAudienceDto;
  /** @example 2027-04-01 */
  countsFrom: string;
  /** @example 2027-04-30 */
  deadline: string;
  /** @example 2026-11-22T01:58:00.000Z */
  createdAt: Date;
  /** null: the portal itself. @example "堀越 直央" */
  createdByName: string | null;
  /** @example null */
  startedAt: Date | null;
  /** @example null */
  pausedAt: Date | null;
  /** @example null */
  closedAt: Date | null;
  /** In their order. */
  steps: StepResponse[];
  /** null for a draft. */
  progress: CampaignProgressResponse | null;
}

export class CampaignSummaryResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d71 */
  id: string;
  /** @example office */
  kind: 'office' | 'standing';
  /** @example running */
  state: CampaignState;
  /** @example "令和9年度 登録情報の年度確認" */
  title: string;
  /** @example 2027-04-30 */
  deadline: string;
  /** @example 2027-03-10T00:00:00.000Z */
  startedAt: Date | null;
  /** @example null */
  closedAt: Date | null;
  /** @example 318 */
  targets: number;
  /** @example 268 */
  answered: number;
}

export class CampaignPage {
  items: CampaignSummaryResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 1 */
  total: number;
}

export class CampaignsQuery extends PageQuery {}

export class StandardOpeningResponse {
  /** @example ask */
  template: StepTemplate;
  /** How its mail begins if the office says nothing else. @example ご確認をお願いします。 */
  text: string;
}

/** The ready-made 年度確認, to begin from. */
export class ProposedCampaignResponse extends CampaignPlanDto {
  /** Of each kind of mail: whoever plans a step sees it before it is kept. */
  standardOpenings: StandardOpeningResponse[];
}

export class ChangeCampaignSettingsDto {
  /** Whether registrations that nobody has confirmed for long are asked without anybody's doing. @example true */
  @IsBoolean()
  standingRule: boolean;
}

export class CampaignSettingsResponse extends ChangeCampaignSettingsDto {
  /** Also the `ETag`. @example 1 */
  version: number;
  /** @example 2026-11-22T01:58:00.000Z */
  changedAt: Date;
  /** null for what came with the portal. @example null */
  changedByName: string | null;
}

/** @returns the audience as it is kept: without the lists where it is for all */
export const toAudience = ({ kind, ...chosen }: CampaignAudienceDto): CampaignAudience =>
  kind === 'all' ? { kind } : { kind, ...chosen };

const NOBODY = { prefectures: [], associations: [], types: [], freshness: [], municipalities: [] };

/** @returns the audience as it is told: with empty lists where it is for all */
export const toAudienceDto = (audience: CampaignAudience): CampaignAudienceDto =>
  ({ ...NOBODY, ...audience }) as CampaignAudienceDto;
