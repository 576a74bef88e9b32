import { ArrayMaxSize, IsArray, IsBoolean, IsUUID } from 'class-validator';
import { CODE_DIGITS } from '../platform/mail/codes.js';
import { CodeField, EmailField, Omissible, TextField } from '../platform/http/fields.js';
import { PASSWORD_MAX, PASSWORD_MIN } from './password.js';

export class StartChallengeDto {
  /** A registered mailbox. @example kikaku@town-otofuke.example */
  @EmailField()
  email: string;
}

export class ChallengeResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e */
  challengeId: string;
  /** @example 2026-11-22T06:30:00.000Z */
  expiresAt: Date;
}

export class VerifyChallengeDto {
  /** The eight digits of the mail; blanks and full-width digits don't matter. @example 4821 7736 */
  @CodeField(CODE_DIGITS['sign-in'])
  code: string;

  /** Who sits at the screen; self-declared and recorded. @example "小野寺 真理" */
  @TextField({ max: 100 })
  operatorName: string;

  /** Only where the mailbox serves several municipalities. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  @Omissible()
  @IsUUID()
  registrationId?: string;
}

export class PasswordSignInDto {
  /** @example nakamura@tokyo23.example */
  @EmailField()
  email: string;

  /** @example correct horse battery staple */
  @TextField({ max: PASSWORD_MAX })
  password: string;
}

export class AcceptInvitationDto {
  /** The twelve digits of the mail. @example 4821 7736 0954 */
  @CodeField(CODE_DIGITS['staff-invitation'])
  code: string;

  /** At least 15 characters; any kind. @example correct horse battery staple */
  @TextField({
    max: PASSWORD_MAX,
    pattern: new RegExp(`^.{${PASSWORD_MIN},}$`, 'u'),
    patternMessage: `パスワードは、${PASSWORD_MIN}文字以上にしてください。`,
  })
  password: string;
}

export class LogoutDto {
  /** End every session of this account or mailbox, not only this one. @example false */
  @Omissible()
  @IsBoolean()
  everywhere?: boolean;
}

export class AccountResponse {
  /** @example member */
  kind: 'member' | 'staff';
  /** Staff: the account. Members have none. @example null */
  accountId: string | null;
  /** @example kikaku@town-otofuke.example */
  email: string;
  /** @example "小野寺 真理" */
  name: string;
  /** @example ["member"] */
  @IsArray()
  @ArrayMaxSize(4)
  roles: string[];
  /** Members: their own registration. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string | null;
  /** Members: whom they act for. @example 北海道音更町 */
  municipality: string | null;
}

export class SignedInResponse {
  /** Goes into `Authorization: Bearer …`. @example eyJhbGciOiJFUzI1NiJ9.eyJzaWQiOiIuLi4ifQ.c2ln */
  accessToken: string;
  /** Seconds. @example 300 */
  expiresIn: number;
  account: AccountResponse;
}
