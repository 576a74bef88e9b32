/** Where an announcement stands. */
export const ANNOUNCEMENT_STATES = ['draft', 'scheduled', 'published', 'archived'] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

/** What can happen to one. `expire` is the calendar's, `publish` the editor's or the calendar's. */
export type AnnouncementEvent = 'schedule' | 'unschedule' | 'publish' | 'archive' | 'expire';

type Transitions = Partial<Record<AnnouncementEvent, AnnouncementState>>;

/** The whole life of an announcement. What isn't here can't happen. */
export const TRANSITIONS: Readonly<Record<AnnouncementState, Transitions>> = {
  draft: { schedule: 'scheduled', publish: 'published' },
  scheduled: { schedule: 'scheduled', unschedule: 'draft', publish: 'published' },
  published: { archive: 'archived', expire: 'archived' },
  archived: {},
};

export const STATE_LABELS: Readonly<Record<AnnouncementState, string>> = {
  draft: '下書き',
  scheduled: '公開予定',
  published: '公開中',
  archived: '掲載終了',
};

/** @returns the state after the event, or null where it can't happen */
export function nextState(state: AnnouncementState, event: AnnouncementEvent): AnnouncementState | null {
  return TRANSITIONS[state][event] ?? null;
}
