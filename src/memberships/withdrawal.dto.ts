import { IsBoolean } from 'class-validator';
import { Omissible, TextField } from '../platform/http/fields.js';
import type { RegistrationStatus } from '../registry/registration.entity.js';

export class WithdrawRegistrationDto {
  /** Why, in the mail as it stands. @example 町の方針により、年度末をもって退会します。 */
  @TextField({ max: 1000, multiline: true })
  reason: string;

  /** Takes an open change request back, too, instead of being refused because of it. @example false */
  @Omissible()
  @IsBoolean()
  closeOpenRequest: boolean = false;
}

export class ClosedChangeRequestResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d61 */
  id: string;
  /** 受付番号. @example R8-0412 */
  number: string;
}

export class WithdrawalResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  id: string;
  /** @example withdrawn */
  status: RegistrationStatus;
  /** Also the `ETag`. @example 13 */
  version: number;
  /** @example 2026-11-22T01:44:00.000Z */
  withdrawnAt: Date | null;
  /** @example 町の方針により、年度末をもって退会します。 */
  withdrawnReason: string | null;
  /** What was still open and was taken back with it. */
  closedChangeRequests: ClosedChangeRequestResponse[];
}
