/** Where an application to join stands. */
export const APPLICATION_STATUSES = [
  'awaiting_verification',
  'under_review',
  'accepted',
  'declined',
  'expired',
] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];

/** What can happen to one. */
export type ApplicationEvent = 'verified' | 'accept' | 'decline' | 'expire';

type Transitions = Partial<Record<ApplicationEvent, ApplicationStatus>>;

/** The whole life of an application. What isn't here can't happen. */
export const TRANSITIONS: Readonly<Record<ApplicationStatus, Transitions>> = {
  awaiting_verification: { verified: 'under_review', expire: 'expired' },
  under_review: { accept: 'accepted', decline: 'declined' },
  accepted: {},
  declined: {},
  expired: {},
};

export const STATUS_LABELS: Readonly<Record<ApplicationStatus, string>> = {
  awaiting_verification: 'アドレスの確認待ち',
  under_review: '内容確認中',
  accepted: '登録済み',
  declined: '登録見送り',
  expired: '期限切れ',
};

/** @returns the status after the event, or null where it can't happen */
export function nextStatus(status: ApplicationStatus, event: ApplicationEvent): ApplicationStatus | null {
  return TRANSITIONS[status][event] ?? null;
}
