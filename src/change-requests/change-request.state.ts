/** Where a change request stands. A draft is kept apart; it is nobody's business but the clerk's. */
export const CHANGE_REQUEST_STATUSES = [
  'awaiting_verification',
  'under_review',
  'scheduled',
  'approved',
  'partly_approved',
  'returned',
  'withdrawn',
  'expired',
] as const;
export type ChangeRequestStatus = (typeof CHANGE_REQUEST_STATUSES)[number];

/**
 * What can happen to one. `resubmit-unverified` and `rebase-unverified` go back to waiting for new mailboxes;
 * `schedule` is the decision on a handover whose date is still to come.
 */
export type ChangeRequestEvent =
  | 'verified'
  | 'approve'
  | 'approve-partly'
  | 'schedule'
  | 'apply'
  | 'apply-partly'
  | 'return'
  | 'edit'
  | 'rebase-verified'
  | 'rebase-unverified'
  | 'resubmit-verified'
  | 'resubmit-unverified'
  | 'withdraw'
  | 'expire';

type Transitions = Partial<Record<ChangeRequestEvent, ChangeRequestStatus>>;

/** The whole life of a change request. What isn't here can't happen. */
export const TRANSITIONS: Readonly<Record<ChangeRequestStatus, Transitions>> = {
  awaiting_verification: {
    verified: 'under_review',
    'rebase-verified': 'under_review',
    'rebase-unverified': 'awaiting_verification',
    withdraw: 'withdrawn',
    expire: 'expired',
  },
  under_review: {
    approve: 'approved',
    'approve-partly': 'partly_approved',
    schedule: 'scheduled',
    return: 'returned',
    'rebase-verified': 'under_review',
    'rebase-unverified': 'awaiting_verification',
    withdraw: 'withdrawn',
  },
  scheduled: {
    apply: 'approved',
    'apply-partly': 'partly_approved',
    verified: 'scheduled',
    'rebase-verified': 'scheduled',
    'rebase-unverified': 'scheduled',
    withdraw: 'withdrawn',
  },
  returned: {
    edit: 'returned',
    'rebase-verified': 'returned',
    'rebase-unverified': 'returned',
    'resubmit-verified': 'under_review',
    'resubmit-unverified': 'awaiting_verification',
    withdraw: 'withdrawn',
    expire: 'expired',
  },
  approved: {},
  partly_approved: {},
  withdrawn: {},
  expired: {},
};

/** Not decided, withdrawn or expired: at most one per registration. A handover that waits for its date is decided. */
export const OPEN_STATUSES = ['awaiting_verification', 'under_review', 'returned'] as const;

export const STATUS_LABELS: Readonly<Record<ChangeRequestStatus, string>> = {
  awaiting_verification: '新しいアドレスの確認待ち',
  under_review: '内容確認中',
  scheduled: '反映予定',
  approved: '反映済み',
  partly_approved: '一部反映済み',
  returned: '差戻し',
  withdrawn: '取下げ',
  expired: '期限切れ',
};

/** @returns the status after the event, or null where it can't happen */
export function nextStatus(
  status: ChangeRequestStatus,
  event: ChangeRequestEvent,
): ChangeRequestStatus | null {
  return TRANSITIONS[status][event] ?? null;
}
