import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Max,
  Min,
} from 'class-validator';
import { Omissible, TextField, TextListField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import type { StepTemplate } from './ladder.js';
import {
  type Answer,
  CALL_OUTCOMES,
  CALL_WAYS,
  type CallOutcome,
  type CallWay,
  type LeftBecause,
} from './target.entity.js';

/** Where one stands: `checking` while a change request of it is on its way. */
export const TARGET_STATUSES = ['open', 'checking', 'answered', 'left'] as const;
export type TargetStatus = (typeof TARGET_STATUSES)[number];

export class TargetsQuery extends PageQuery {
  /** @example open */
  @Omissible()
  @IsIn(TARGET_STATUSES)
  status?: TargetStatus;

  /** 6-digit code of the prefecture. @example 010006 */
  @Omissible()
  @TextField({ max: 6, pattern: /^\d{6}$/ })
  prefecture?: string;

  /** Name, kana, prefecture or code; or the number that somebody says on the telephone. @example おとふけ */
  @Omissible()
  @TextField({ max: 100 })
  q?: string;
}

export class TargetResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** What a person types or says on the telephone. @example 482177365 */
  number: string;
  /** @example open */
  status: TargetStatus;
  /** @example null */
  answer: Answer | null;
  /** @example null */
  answeredAt: Date | null;
  /** @example null */
  leftBecause: LeftBecause | null;
  /** Mails so far. @example 2 */
  mails: number;
  /** When the last one was queued. @example 2027-04-12T00:00:00.000Z */
  lastMailAt: Date | null;
  /** Whether one was delivered; null as long as nobody knows. @example true */
  reached: boolean | null;
  /** It is on 電話リスト. @example false */
  toCall: boolean;
}

export class TargetPage {
  items: TargetResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 318 */
  total: number;
}

export class PrefectureProgressResponse {
  /** @example 010006 */
  code: string;
  /** @example 北海道 */
  name: string;
  /** 0: nobody there is asked. @example 43 */
  targets: number;
  /** @example 35 */
  answered: number;
  /** @example 2 */
  checking: number;
  /** @example 6 */
  open: number;
}

export class DayProgressResponse {
  /** In Asia/Tokyo. @example 2027-04-05 */
  date: string;
  /** Answers of that day without the office's help. @example 41 */
  byThemselves: number;
  /** Answers of that day by telephone or letter. @example 0 */
  byPhone: number;
}

export class ProgressResponse {
  /** All 47, in the order of their codes. */
  prefectures: PrefectureProgressResponse[];
  /** Days with an answer, the first one first. */
  days: DayProgressResponse[];
}

export class CallListQuery {
  /** 電話リスト or 郵送リスト. @example phone */
  @Omissible()
  @IsIn(CALL_WAYS)
  way: CallWay = 'phone';
}

export class CallListMailResponse {
  /** @example ask */
  template: StepTemplate;
  /** @example 確認のお願い */
  label: string;
  /** @example kikaku@town-otofuke.example */
  mailbox: string;
  /** @example 2027-04-05T00:00:00.000Z */
  queuedAt: string;
  /** @example sent */
  status: 'waiting' | 'sent' | 'failed' | 'bounced';
}

export class TargetCallResponse {
  /** @example phone */
  way: CallWay;
  /** @example absent */
  outcome: CallOutcome;
  /** @example 午後に、もう一度 */
  note: string | null;
  /** @example 2027-05-10T05:05:00.000Z */
  at: string;
  /** @example "堀越 直央" */
  byName: string;
}

export class CallListItemResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** What the municipality says to be found. @example 482177365 */
  number: string;
  /** What an outcome is said of. @example 12 */
  version: number;
  /** 代表電話. @example 0155-00-2110 */
  mainPhone: string;
  /** The primary department. @example 企画課 */
  department: string;
  /** @example 0155-00-2111 */
  departmentPhone: string | null;
  /** @example 080-0198 */
  postalCode: string | null;
  /** @example 北海道河東郡音更町元町2 */
  address: string | null;
  /** 担当者（正）. @example "佐藤 健一" */
  contact: string | null;
  /** @example "521" */
  contactExtension: string | null;
  /** 3: no mail arrives; 2: never confirmed, or no answer the last time either; 1: the others. @example 2 */
  weight: number;
  /** When somebody last said that all of it is right. @example null */
  lastConfirmedAt: Date | null;
  /** When to call next; null: at once. @example null */
  nextOn: string | null;
  /** @example null */
  ownerId: string | null;
  /** Who has taken it on. @example null */
  ownerName: string | null;
  /** Since when it is on the list. @example 2027-05-10T00:00:00.000Z */
  listedAt: Date;
  /** What was mailed, the first one first. */
  mails: CallListMailResponse[];
  /** What was tried by telephone and letter, the first one first. */
  calls: TargetCallResponse[];
}

export class CallListResponse {
  /** Most pressing first: those to call today, by weight, then the longest unconfirmed. */
  items: CallListItemResponse[];
}

export class RecordTargetCallDto {
  /** @example phone */
  @IsIn(CALL_WAYS)
  way: CallWay;

  /**
   * `confirmed`: all of it is right; `partly-confirmed`: the fields of `pointers` are; `has-changes`: the office takes
   * them up by a change request; `sent`: a letter.
   * @example absent
   */
  @IsIn(CALL_OUTCOMES)
  outcome: CallOutcome;

  /** What was said. @example 午後に、もう一度 */
  @Omissible()
  @TextField({ max: 500, multiline: true, nullable: true })
  note: string | null = null;

  /** When to call next, where it takes another call; null: at once. A letter doesn't change it. @example 2027-05-14 */
  @Omissible()
  @TextField({ max: 10, nullable: true, pattern: /^\d{4}-\d{2}-\d{2}$/ })
  nextOn: string | null = null;

  /** The version of the registration that was read out; with `confirmed` and `partly-confirmed`. @example 12 */
  @Omissible()
  @Max(2_147_483_647)
  @Min(1)
  @IsInt()
  version?: number;

  /** JSON Pointers of the fields that are right; with `partly-confirmed`. @example ["/mainPhone"] */
  @Omissible()
  @TextListField({ max: 120 })
  @ArrayUnique()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsArray()
  pointers?: string[];
}

export class TakeCallDto {
  /** true: one takes it on oneself; false: gives it back. @example true */
  @IsBoolean()
  mine: boolean;
}

/** The question that a member is asked. */
export class OwnQuestionResponse {
  /** null: nobody asks anything. */
  question: AskedQuestionResponse | null;
}

export class AskedQuestionResponse {
  /** @example "令和9年度 登録情報の年度確認" */
  title: string;
  /** @example 2027-04-30 */
  deadline: string;
  /** From when on an answer counts. @example 2027-04-01 */
  countsFrom: string;
}
