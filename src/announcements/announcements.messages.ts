import { declareMessage } from '../platform/outbox/message.js';
import { renderCorrected } from './emails/corrected.js';
import { renderDigest } from './emails/digest.js';
import { renderFollowUp } from './emails/follow-up.js';
import { renderPublished } from './emails/published.js';

/** After what somebody waits for: codes, receipts and results. */
const LAST = 7;

export const published = declareMessage('announcement.published', 'お知らせ', renderPublished, {
  priority: LAST,
});
export const digest = declareMessage('announcement.digest', 'お知らせのまとめ', renderDigest, {
  priority: LAST,
});
export const corrected = declareMessage('announcement.corrected', 'お知らせの訂正', renderCorrected, {
  priority: LAST,
});
export const followUp = declareMessage('announcement.follow-up', 'お知らせの再度のお願い', renderFollowUp, {
  priority: LAST,
});
