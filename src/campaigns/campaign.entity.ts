import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import type { CampaignState } from './campaign.state.js';
import type { CampaignAudience } from './campaign-audience.js';
import type { StepRecipients, StepTemplate } from './ladder.js';

/** The id of the one row. */
export const CAMPAIGN_SETTINGS_ID = '019b3a5c-0c00-7000-8000-000000000003';

/** What the office sets for campaigns. One row; the trail has what it was before. */
@Entity('campaign_settings')
@Check('campaign_settings_is_one', `id = '${CAMPAIGN_SETTINGS_ID}'::uuid`)
@Check('campaign_settings_version_is_positive', 'version > 0')
export class CampaignSettings {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_settings_pkey' })
  id: string;

  @Column({ type: 'integer', default: 1 })
  version: number;

  /** Whether registrations that nobody has confirmed for long are asked without anybody's doing. */
  @Column({ type: 'boolean', default: true })
  standingRule: boolean;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  changedAt: Date;

  /** null for what came with the portal. */
  @ForeignKey(() => Account, { name: 'campaign_settings_changed_by_account' })
  @Column({ type: 'uuid', nullable: true })
  changedByAccountId: string | null;
}

/** 登録情報の年度確認: asks every targeted registration to confirm or correct. */
@Entity('campaign')
@Check('campaign_version_is_positive', 'version > 0')
@Check('campaign_kind_is_known', `kind IN ('office', 'standing')`)
@Check('campaign_state_is_known', `state IN ('draft', 'running', 'paused', 'closed')`)
@Check('campaign_standing_has_month', `(kind = 'standing') = (standing_month IS NOT NULL)`)
@Check('campaign_draft_not_started', `(state = 'draft') = (started_at IS NULL)`)
@Check('campaign_paused_has_time', `(state = 'paused') = (paused_at IS NOT NULL)`)
@Check('campaign_closed_has_time', `(state = 'closed') = (closed_at IS NOT NULL)`)
@Check('campaign_audience_is_object', `jsonb_typeof(audience) = 'object'`)
@Index('campaign_started', ['id'], { where: `state IN ('running', 'paused')` })
export class Campaign {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_pkey' })
  id: string;

  @Column({ type: 'integer', default: 1 })
  version: number;

  /** `standing`: begun by the portal for what nobody has confirmed for long. */
  @Column({ type: 'text' })
  kind: 'office' | 'standing';

  @Column({ type: 'text', default: 'draft' })
  state: CampaignState;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'jsonb' })
  audience: CampaignAudience;

  /** From this day on (Asia/Tokyo) a confirmation or a change is an answer. */
  @Column({ type: 'date' })
  countsFrom: string;

  /** Until when an answer is asked for, as mails say it. */
  @Column({ type: 'date' })
  deadline: string;

  /** First day of the month that a standing one is of. */
  @Index('campaign_one_standing_per_month', { unique: true })
  @Column({ type: 'date', nullable: true })
  standingMonth: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @ForeignKey(() => Account, { name: 'campaign_created_by_account' })
  @Column({ type: 'uuid', nullable: true })
  createdByAccountId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  pausedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;
}

/** One rung of the ladder. Its day is a date or so many working days after the step before. */
@Entity('campaign_step')
@Unique('campaign_step_id_within_campaign', ['id', 'campaignId'])
@Unique('campaign_step_position_is_unique', ['campaignId', 'position'], { deferrable: 'INITIALLY DEFERRED' })
@Check(
  'campaign_step_template_is_known',
  `template IN ('pre-notice', 'ask', 'reminder', 'final', 'phone', 'letter')`,
)
@Check('campaign_step_recipients_are_known', `recipients IN ('primary', 'deputy', 'department', 'everyone')`)
@Check('campaign_step_mails_somebody', `(template IN ('phone', 'letter')) = (recipients IS NULL)`)
@Check('campaign_step_has_one_day', '(on_date IS NULL) <> (after_days IS NULL)')
@Check('campaign_step_after_days_in_range', 'after_days BETWEEN 1 AND 120')
@Check('campaign_step_hour_is_hour', 'hour BETWEEN 0 AND 23')
@Check('campaign_step_ends_once', 'done_at IS NULL OR overtaken_at IS NULL')
export class CampaignStep {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_step_pkey' })
  id: string;

  @ForeignKey(() => Campaign, { name: 'campaign_step_of_campaign' })
  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'smallint' })
  position: number;

  @Column({ type: 'text' })
  template: StepTemplate;

  /** null where it makes a list for people. */
  @Column({ type: 'text', nullable: true })
  recipients: StepRecipients | null;

  @Column({ type: 'date', nullable: true })
  onDate: string | null;

  @Column({ type: 'smallint', nullable: true })
  afterDays: number | null;

  /** Of the day in Asia/Tokyo. */
  @Column({ type: 'smallint' })
  hour: number;

  /** How its mail begins, in the office's words; null: in the template's. */
  @Column({ type: 'text', nullable: true })
  opening: string | null;

  /** What its day and hour come to by the calendar of today. */
  @Column({ type: 'timestamptz' })
  dueAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  doneAt: Date | null;

  /** A later one was due, too, when the portal came back: it didn't go. */
  @Column({ type: 'timestamptz', nullable: true })
  overtakenAt: Date | null;
}
