import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError, type FieldError } from './domain-error.js';
import { splitVerdict } from './verdict.js';

const MESSAGES: Readonly<Record<string, { code: string; message: string }>> = {
  whitelistValidation: { code: 'unknown-field', message: 'この項目は受け付けていません。' },
  unknownValue: { code: 'type', message: '送られた内容を読み取れませんでした。' },
  isString: { code: 'type', message: '文字で入力してください。' },
  isInt: { code: 'type', message: '整数で入力してください。' },
  min: { code: 'out-of-range', message: '入力できる範囲の数にしてください。' },
  max: { code: 'out-of-range', message: '入力できる範囲の数にしてください。' },
  isBoolean: { code: 'type', message: 'はい（true）か、いいえ（false）で入力してください。' },
  isArray: { code: 'type', message: '一覧（配列）で入力してください。' },
  isDefined: { code: 'required', message: '入力してください。' },
  isNotEmpty: { code: 'required', message: '入力してください。' },
  isIn: { code: 'not-allowed', message: '決められた値から選んでください。' },
  isUuid: { code: 'format', message: '番号の形式が違います。' },
  maxLength: { code: 'too-long', message: '長すぎます。' },
  arrayUnique: { code: 'duplicate', message: '同じものが2回あります。' },
  matches: { code: 'format', message: '形式が違います。' },
  arrayMinSize: { code: 'too-few', message: '1件以上入力してください。' },
  arrayMaxSize: { code: 'too-many', message: '件数が多すぎます。' },
  nestedValidation: { code: 'type', message: '入力の形が違います。' },
  isObject: { code: 'type', message: '入力の形が違います。' },
};

/** @returns a member's name as a token of a JSON Pointer (RFC 6901) */
export const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * Flattens class-validator's tree into field errors, one per field.
 *
 * The portal's own validators say code and message themselves; those of class-validator are translated here.
 */
export function toFieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${escapePointer(error.property)}`;
    const own = Object.keys(error.constraints ?? {})
      .slice(0, 1)
      .map((name) => ({ pointer, ...describe(name, error) }));
    return [...own, ...toFieldErrors(error.children ?? [], pointer)];
  });
}

function describe(name: string, error: ValidationError): { code: string; message: string } {
  const text = error.constraints?.[name] ?? '';
  const own = splitVerdict(text);
  return own ?? MESSAGES[name] ?? { code: 'invalid', message: text || '入力をお確かめください。' };
}

/** Unknown fields are refused; a wrong type is never coerced except where a DTO says so. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new DomainError('invalid', { errors: toFieldErrors(errors) }),
  });
}
