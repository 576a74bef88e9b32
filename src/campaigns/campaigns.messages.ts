import { declareMessage } from '../platform/outbox/message.js';
import { renderAsk } from './emails/ask.js';
import { renderPreNotice } from './emails/pre-notice.js';
import { renderRenewed } from './emails/renewed.js';

/** After what somebody waits for: codes, receipts and results. */
const AFTER_OTHERS = 6;

export const preNotice = declareMessage('campaign.pre-notice', 'ご担当が変わる前のお願い', renderPreNotice, {
  priority: AFTER_OTHERS,
});
export const ask = declareMessage('campaign.ask', '登録内容の確認のお願い', renderAsk, {
  codePurpose: 'confirm-registration',
  priority: AFTER_OTHERS,
});
/** Somebody waits for it. */
export const renewed = declareMessage('campaign.renewed', '登録が変わったあとの確認のお願い', renderRenewed, {
  codePurpose: 'confirm-registration',
});
