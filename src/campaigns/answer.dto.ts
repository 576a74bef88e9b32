import { IsIn } from 'class-validator';
import { CodeField, TextField } from '../platform/http/fields.js';
import { CODE_DIGITS } from '../platform/mail/codes.js';

export class ConfirmDto {
  /** The twelve digits of the mail; blanks and full-width digits don't matter. @example 4821 7736 0954 */
  @CodeField(CODE_DIGITS['confirm-registration'])
  code: string;

  /** 変更はありません; whoever has changes signs in. @example unchanged */
  @IsIn(['unchanged'])
  answer: 'unchanged';

  /** As the person names themselves. @example "小野寺 真理" */
  @TextField({ max: 100 })
  name: string;
}

export class ConfirmedResponse {
  /** @example 北海道音更町 */
  municipality: string;
  /** `already`: somebody had confirmed just that before; nothing more was written. @example confirmed */
  status: 'confirmed' | 'already';
  /** When it was confirmed. @example 2027-04-08T01:44:00.000Z */
  confirmedAt: Date;
}
