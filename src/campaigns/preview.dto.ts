import { IsUUID } from 'class-validator';
import { Omissible } from '../platform/http/fields.js';
import type { StepTemplate } from './ladder.js';

export class PreviewQuery {
  /** Whose mails to show; the ask if left out. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  @Omissible()
  @IsUUID()
  step?: string;
}

export class PreviewProblemResponse {
  /** JSON Pointer into the plan. @example /steps/1/on */
  pointer: string;
  /** @example in-the-past */
  code: string;
  /** @example この段階の日時は、すでに過ぎています。これからの日時にしてください。 */
  message: string;
}

export class LeftOutMunicipalityResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example 北海道音更町 */
  municipality: string;
}

export class LeftOutResponse {
  /** `before`: has answered since the first day that counts; `asked-already`: another campaign asks. @example asked-already */
  reason: 'before' | 'asked-already' | 'municipality-ended';
  /** @example 他の確認でお願い中 */
  label: string;
  /** @example 12 */
  count: number;
  /** The first twenty, in the order of their codes. */
  municipalities: LeftOutMunicipalityResponse[];
}

export class PreviewStepResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  id: string;
  /** @example ask */
  template: StepTemplate;
  /** @example 確認のお願い */
  label: string;
  /** @example 2027-04-05 */
  date: string;
  /** @example 2027-04-05T00:00:00.000Z */
  dueAt: Date;
  /** It has gone or was overtaken. @example false */
  gone: boolean;
  /** Municipalities, if nobody answers before. @example 318 */
  municipalities: number;
  /** Mails, if nobody answers before: one to a mailbox that serves several. @example 316 */
  mails: number;
  /** Municipalities written to at their department, since no such person is registered. @example 41 */
  atDepartment: number;
}

export class SampleMailResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** @example kikaku@town-otofuke.example */
  recipient: string;
  /** @example 【特別区全国連携】登録内容の確認のお願い（北海道音更町） */
  subject: string;
  /** The code is made when it goes. @example 北海道音更町　企画課　ご担当者様 */
  body: string;
}

/** A dry run: what would go, to whom, when. Nothing is sent by asking for it. */
export class PreviewResponse {
  /** Why it can't start, or go on, as it stands. */
  problems: PreviewProblemResponse[];
  /** Who is asked, as things are. @example 318 */
  targets: number;
  leftOut: LeftOutResponse[];
  /** Each with its day; those of one day are the load of that day, since no two share one. */
  steps: PreviewStepResponse[];
  /** Whose mails the samples are; null where it has no step that mails. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  sampleStep: string | null;
  /** Five real ones, as they would go today. */
  samples: SampleMailResponse[];
}
