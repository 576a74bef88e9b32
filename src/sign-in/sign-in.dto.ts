import { IsUUID } from 'class-validator';
import { SecondFactorDto } from '../credentials/credentials.dto.js';
import { PASSWORD_MAX } from '../credentials/password.js';
import { CodeField, EmailField, Omissible, PasswordField, TextField } from '../platform/http/fields.js';
import { CODE_DIGITS } from '../platform/mail/codes.js';

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

export class PasswordSignInDto extends SecondFactorDto {
  /** @example nakamura@tokyo23.example */
  @EmailField()
  email: string;

  /** @example correct horse battery staple */
  @PasswordField({ max: PASSWORD_MAX })
  password: string;
}
