import { CODE_DIGITS, TOTP_DIGITS } from '../platform/mail/codes.js';
import { CodeField, Omissible, PasswordField, TextField } from '../platform/http/fields.js';
import { PASSWORD_MAX, PASSWORD_MIN } from './password.js';

/** A new password: long, of any kind. Whether it is a usual one is judged where the person is known. */
export const NewPasswordField = (): PropertyDecorator =>
  PasswordField({
    max: PASSWORD_MAX,
    min: PASSWORD_MIN,
    tooShort: `パスワードは、${PASSWORD_MIN}文字以上にしてください。`,
  });

/** The code that an authenticator app shows. */
export const TotpField = (): PropertyDecorator => CodeField(TOTP_DIGITS);
export const RecoveryCodeField = (): PropertyDecorator => CodeField(CODE_DIGITS['recovery-code']);

/** Exactly one of the two; see `assertOneProof`. */
export class SecondFactorDto {
  /** What the authenticator app shows. @example 492 039 */
  @Omissible()
  @TotpField()
  totp?: string;

  /** In its place, one of the ten recovery codes. @example 4821 7736 0954 */
  @Omissible()
  @RecoveryCodeField()
  recoveryCode?: string;
}

export class NewFactorDto {
  /** What to call it. @example 公用のスマートフォン */
  @TextField({ max: 50 })
  name: string;
}

export class ConfirmFactorDto {
  /** The first code that the app shows. @example 492 039 */
  @TotpField()
  totp: string;
}

export class ChangePasswordDto {
  /** @example correct horse battery staple */
  @PasswordField({ max: PASSWORD_MAX })
  current: string;

  /** At least 15 characters; any kind; no usual one. @example 雨の日は図書館でゆっくり珈琲を飲む */
  @NewPasswordField()
  password: string;
}

export class FactorResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d90 */
  id: string;
  /** @example 公用のスマートフォン */
  name: string;
  /** @example 2026-04-01T00:12:00.000Z */
  createdAt: Date;
  /** Whether its first code was typed; before that it counts for nothing. @example true */
  confirmed: boolean;
  /** @example 2026-11-22T01:58:00.000Z */
  lastUsedAt: Date | null;
}

export class FactorList {
  items: FactorResponse[];
  /** @example 10 */
  recoveryCodesLeft: number;
}

export class FactorSetupResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d90 */
  id: string;
  /** Base32, to be typed into the app. @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP */
  secret: string;
  /** @example otpauth://totp/renkei:a%40council.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP */
  uri: string;
  /** The same as a QR code. @example <svg/> */
  qr: string;
}

export class RecoveryCodesResponse {
  /** Ten codes, each good for one sign-in; shown this once. @example ["482177360954"] */
  codes: string[];
}
