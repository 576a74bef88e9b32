/** What the office has set: texts of its own and a number, nothing of anybody. */
export interface OfficeSettingsValues {
  readonly returnReasons: readonly string[];
  readonly refusalReasons: readonly string[];
  readonly reviewBusinessDays: number;
}

/** What editors have set for all announcements. */
export interface AnnouncementSettingsValues {
  readonly categories: readonly string[];
  readonly attachmentMaxBytes: number;
  readonly attachmentMaxCount: number;
  readonly digestHour: number;
}

/** What a campaign plans. */
export interface CampaignPlanValues {
  readonly title: string;
  readonly audience: object;
  readonly countsFrom: string;
  readonly deadline: string;
  readonly steps: readonly object[];
}
