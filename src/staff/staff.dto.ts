import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { CODE_DIGITS } from '../platform/mail/codes.js';
import { STAFF_ROLES, type StaffRole } from '../platform/access/permission.js';
import { CodeField, EmailField, Omissible, TextField } from '../platform/http/fields.js';
import { NewPasswordField, TotpField } from '../credentials/credentials.dto.js';

export class InviteStaffDto {
  /** @example nakamura@council.example */
  @EmailField()
  email: string;

  /** @example 中邨 彩葉 */
  @TextField({ max: 100 })
  name: string;

  /** What they may do. @example ["reviewer"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(STAFF_ROLES.length)
  @ArrayUnique()
  @IsIn(STAFF_ROLES, { each: true })
  roles: StaffRole[];
}

export class ChangeStaffDto {
  /** @example nakamura@council.example */
  @Omissible()
  @EmailField()
  email?: string;

  /** @example 中邨 彩葉 */
  @Omissible()
  @TextField({ max: 100 })
  name?: string;

  /** All of them, in place of those so far. @example ["reviewer", "admin"] */
  @ApiPropertyOptional({ enum: STAFF_ROLES, isArray: true })
  @Omissible()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(STAFF_ROLES.length)
  @ArrayUnique()
  @IsIn(STAFF_ROLES, { each: true })
  roles?: StaffRole[];
}

export class StaffResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  id: string;
  /** @example nakamura@council.example */
  email: string;
  /** @example 中邨 彩葉 */
  name: string;
  /** @example ["reviewer"] */
  roles: StaffRole[];
  /** @example active */
  status: 'invited' | 'active' | 'disabled';
  /** @example 3 */
  version: number;
  /** @example 2026-04-01T00:12:00.000Z */
  createdAt: Date;
  /** @example 2026-11-22T01:58:00.000Z */
  lastSignInAt: Date | null;
}

export class StaffList {
  items: StaffResponse[];
}

export class InvitationCodeDto {
  /** The twelve digits of the mail. @example 4821 7736 0954 */
  @CodeField(CODE_DIGITS['staff-invitation'])
  code: string;
}

export class InvitationSetupResponse {
  /** Of this setting up; goes back with the first code. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d90 */
  factorId: string;
  /** Whose account it is. @example nakamura@council.example */
  email: string;
  /** Base32, to be typed into the authenticator app. @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP */
  secret: string;
  /** @example otpauth://totp/renkei:a%40council.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP */
  uri: string;
  /** The same as a QR code. @example <svg/> */
  qr: string;
}

export class AcceptInvitationDto extends InvitationCodeDto {
  /** At least 15 characters; any kind; no usual one. @example 雨の日は図書館でゆっくり珈琲を飲む */
  @NewPasswordField()
  password: string;

  /** Which setting up the app has. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d90 */
  @IsUUID()
  factorId: string;

  /** The first code that the authenticator app shows. @example 492 039 */
  @TotpField()
  totp: string;
}
