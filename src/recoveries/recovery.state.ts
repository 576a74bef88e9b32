/** Where a claim to recover the contact stands. */
export const RECOVERY_STATUSES = [
  'awaiting_verification',
  'awaiting_call',
  'awaiting_agreement',
  'done',
  'declined',
  'expired',
] as const;
export type RecoveryStatus = (typeof RECOVERY_STATUSES)[number];

/** How a call ended; each is what happens to the claim, too. */
export const CALL_OUTCOMES = ['confirmed', 'denied', 'no-answer'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** What can happen to a claim. */
export type RecoveryEvent = 'verified' | CallOutcome | 'agree' | 'decline' | 'expire';

type Transitions = Partial<Record<RecoveryEvent, RecoveryStatus>>;

/** The whole life of a claim. What isn't here can't happen. What waits for the office never lapses by itself. */
export const TRANSITIONS: Readonly<Record<RecoveryStatus, Transitions>> = {
  awaiting_verification: { verified: 'awaiting_call', expire: 'expired' },
  awaiting_call: {
    confirmed: 'awaiting_agreement',
    denied: 'declined',
    'no-answer': 'awaiting_call',
    decline: 'declined',
  },
  awaiting_agreement: { agree: 'done', decline: 'declined' },
  done: {},
  declined: {},
  expired: {},
};

export const STATUS_LABELS: Readonly<Record<RecoveryStatus, string>> = {
  awaiting_verification: '申し出たアドレスの確認待ち',
  awaiting_call: 'お電話での確認待ち',
  awaiting_agreement: 'もう1人の職員の確認待ち',
  done: '反映済み',
  declined: '反映せずに終了',
  expired: '期限切れ',
};

export const OUTCOME_LABELS: Readonly<Record<CallOutcome, string>> = {
  confirmed: '申出のとおりと確認',
  denied: '申出に心当たりなし',
  'no-answer': 'つながらず',
};

/** @returns the status after the event, or null where it can't happen */
export function nextStatus(status: RecoveryStatus, event: RecoveryEvent): RecoveryStatus | null {
  return TRANSITIONS[status][event] ?? null;
}

/** Whether nothing happens to it any more. */
export const isClosed = (status: RecoveryStatus): boolean => Object.keys(TRANSITIONS[status]).length === 0;
