import { CodeField } from '../platform/http/fields.js';
import { CODE_DIGITS } from '../platform/mail/codes.js';
import type { VerificationSubject } from './verification.entity.js';

export class VerifyAddressDto {
  /** The eight digits of the mail; blanks and full-width digits don't matter. @example 4821 7736 */
  @CodeField(CODE_DIGITS['verify-address'])
  code: string;
}

export class VerificationResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d62 */
  id: string;
  /** What the mail shows for a person to type. @example 482177365 */
  number: string;
  /** @example chosei@town-otofuke.example */
  email: string;
  /** @example 2026-11-22T01:58:00.000Z */
  verifiedAt: string | null;
  /** @example 2026-12-06T01:44:00.000Z */
  expiresAt: string;
}

export class VerifiedResponse {
  /** What the mailbox is for. @example change-request */
  subject: VerificationSubject;
  /** 受付番号 of that. @example R8-0412 */
  receiptNumber: string;
  /** New mailboxes that have yet to answer. @example 0 */
  remaining: number;
  /** Where it stands now. @example under_review */
  status: string;
  /** What happens next, for a person. @example 事務局が内容を確認し、結果をメールでお知らせします。 */
  next: string;
}
