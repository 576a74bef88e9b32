import { IsInt, IsUUID, Max, Min } from 'class-validator';
import { Omissible } from '../platform/http/fields.js';

/** One of the two ids. */
export class LetDaysPassDto {
  @Omissible()
  @IsUUID()
  changeRequestId?: string;

  @Omissible()
  @IsUUID()
  applicationId?: string;

  /** Whole days. */
  @Max(400)
  @Min(1)
  @IsInt()
  days: number;
}

export interface DaysPassed {
  /** Says what this is: nothing of the kind exists but in the demo. */
  readonly demoOnly: string;
  /** 受付番号 of what is older now. */
  readonly number: string;
  readonly days: number;
}

export interface CampaignDaysPassed {
  /** As of {@link DaysPassed}. */
  readonly demoOnly: string;
  readonly days: number;
  /** How many municipalities have answered meanwhile. */
  readonly answers: number;
}
