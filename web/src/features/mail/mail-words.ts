import type { MailSummaryResponse } from '../../api/schema';

export type MailStatus = MailSummaryResponse['status'];

export const MAIL_STATUSES: readonly (readonly [MailStatus, string])[] = [
  ['waiting', '送信待ち'],
  ['sent', '送信済み'],
  ['failed', '送れませんでした'],
  ['bounced', '戻ってきました'],
];

export const statusText = (status: MailStatus): string =>
  MAIL_STATUSES.find(([value]) => value === status)?.[1] ?? status;

export const statusTone = (status: MailStatus): 'ok' | 'bad' | 'plain' =>
  status === 'sent' ? 'ok' : status === 'waiting' ? 'plain' : 'bad';
