import type { AnnouncementSummaryResponse } from '../../api/schema';

export type State = AnnouncementSummaryResponse['state'];

/** In the order of an announcement's life. */
export const STATES: readonly (readonly [State, string])[] = [
  ['draft', '下書き'],
  ['scheduled', '公開予定'],
  ['published', '公開中'],
  ['archived', '掲載終了'],
];

export const STATE_TONES = { draft: 'plain', scheduled: 'key', published: 'ok', archived: 'plain' } as const;

const MEGABYTE = 1024 * 1024;

export const toMegabytes = (bytes: number): string => String(Math.round((bytes / MEGABYTE) * 100) / 100);
export const toBytes = (megabytes: string): number =>
  Math.round(Number(megabytes.normalize('NFKC')) * MEGABYTE);
