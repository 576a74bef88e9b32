import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import { Registration } from '../registry/registration.entity.js';
import { Campaign, CampaignStep } from './campaign.entity.js';

/** How a question ended well: `before` where it had been said already when the campaign began. */
export const ANSWERS = ['unchanged', 'changed', 'phone', 'before'] as const;
export type Answer = (typeof ANSWERS)[number];

/** Why nobody is asked, or asked any longer. `taken-over`: from the standing rule's campaign by the office's own. */
export const LEFT_BECAUSE = [
  'withdrawn',
  'municipality-ended',
  'asked-already',
  'taken-over',
  'closed',
] as const;
export type LeftBecause = (typeof LEFT_BECAUSE)[number];

/** One registration that a campaign asks. How it ends is written by the trigger `campaign_target_ends()`. */
@Entity('campaign_target')
@Check('campaign_target_answer_is_known', `answer IN ('unchanged', 'changed', 'phone', 'before')`)
@Check('campaign_target_answered_in_full', '(answered_at IS NULL) = (answer IS NULL)')
@Check(
  'campaign_target_left_because_is_known',
  `left_because IN ('withdrawn', 'municipality-ended', 'asked-already', 'taken-over', 'closed')`,
)
@Check('campaign_target_left_in_full', '(left_at IS NULL) = (left_because IS NULL)')
@Check('campaign_target_ends_once', 'answered_at IS NULL OR left_at IS NULL')
@Index('campaign_target_asked_once', ['registrationId'], {
  unique: true,
  where: 'answered_at IS NULL AND left_at IS NULL',
})
@Index('campaign_target_registration_id', ['registrationId'])
export class CampaignTarget {
  @ForeignKey(() => Campaign, { name: 'campaign_target_of_campaign' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_target_pkey' })
  campaignId: string;

  @ForeignKey(() => Registration, { name: 'campaign_target_of_registration' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_target_pkey' })
  registrationId: string;

  /** What a person types or says on the telephone. */
  @Index('campaign_target_number_is_unique', { unique: true })
  @Column({ type: 'bigint', default: () => 'drawn_number()' })
  number: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  addedAt: Date;

  /** What was said before is no answer. */
  @Column({ type: 'timestamptz' })
  countsFrom: Date;

  @Column({ type: 'timestamptz', nullable: true })
  answeredAt: Date | null;

  @Column({ type: 'text', nullable: true })
  answer: Answer | null;

  @Column({ type: 'timestamptz', nullable: true })
  leftAt: Date | null;

  @Column({ type: 'text', nullable: true })
  leftBecause: LeftBecause | null;

  /** When it came onto 電話リスト. */
  @Column({ type: 'timestamptz', nullable: true })
  toCallAt: Date | null;

  /** When it came onto 郵送リスト. */
  @Column({ type: 'timestamptz', nullable: true })
  toWriteAt: Date | null;

  /** Who of the staff calls. */
  @ForeignKey(() => Account, { name: 'campaign_target_owned_by_account' })
  @Column({ type: 'uuid', nullable: true })
  ownerAccountId: string | null;

  /** When to call next; null: now. */
  @Column({ type: 'date', nullable: true })
  nextOn: string | null;
}

/** One version of a registration that somebody was asked about: its id makes the mailed code. */
@Entity('campaign_question')
@ForeignKey(() => CampaignTarget, ['campaignId', 'registrationId'], ['campaignId', 'registrationId'], {
  name: 'campaign_question_of_target',
})
@Unique('campaign_question_once_per_version', ['campaignId', 'registrationId', 'version'])
export class CampaignQuestion {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_question_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'uuid' })
  registrationId: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  askedAt: Date;
}

/** The ledger: a step goes to a mailbox about a registration once. */
@Entity('campaign_reminder')
@ForeignKey(() => CampaignTarget, ['campaignId', 'registrationId'], ['campaignId', 'registrationId'], {
  name: 'campaign_reminder_of_target',
})
@ForeignKey(() => CampaignStep, ['stepId', 'campaignId'], ['id', 'campaignId'], {
  name: 'campaign_reminder_of_step',
})
@Index('campaign_reminder_mail_id', ['mailId'])
@Index('campaign_reminder_queued_at', ['queuedAt'])
export class CampaignReminder {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_reminder_pkey' })
  campaignId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_reminder_pkey' })
  registrationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_reminder_pkey' })
  stepId: string;

  /** In lower case. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'campaign_reminder_pkey' })
  mailboxKey: string;

  /** Of the outbox; one mail for several registrations where they share the mailbox. */
  @Column({ type: 'uuid' })
  mailId: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  queuedAt: Date;
}

export const CALL_WAYS = ['phone', 'letter'] as const;
export type CallWay = (typeof CALL_WAYS)[number];

/** What came of a call or a letter. */
export const CALL_OUTCOMES = [
  'confirmed',
  'partly-confirmed',
  'has-changes',
  'will-answer',
  'absent',
  'wrong-number',
  'sent',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** One call or letter, and what came of it. Never altered. */
@Entity('campaign_call')
@ForeignKey(() => CampaignTarget, ['campaignId', 'registrationId'], ['campaignId', 'registrationId'], {
  name: 'campaign_call_of_target',
})
@Check('campaign_call_way_is_known', `way IN ('phone', 'letter')`)
@Check(
  'campaign_call_outcome_is_known',
  `outcome IN ('confirmed', 'partly-confirmed', 'has-changes', 'will-answer', 'absent', 'wrong-number', 'sent')`,
)
@Index('campaign_call_of_target_in_order', ['campaignId', 'registrationId', 'id'])
export class CampaignCall {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'campaign_call_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @Column({ type: 'uuid' })
  registrationId: string;

  @Column({ type: 'text' })
  way: CallWay;

  @Column({ type: 'text' })
  outcome: CallOutcome;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'date', nullable: true })
  nextOn: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  calledAt: Date;

  @ForeignKey(() => Account, { name: 'campaign_call_by_account' })
  @Column({ type: 'uuid' })
  accountId: string;
}
