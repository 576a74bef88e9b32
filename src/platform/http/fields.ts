import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, registerDecorator, ValidateIf } from 'class-validator';
import { parseEmailAddress } from '../mail/email-address.js';
import { isCalendarDate } from '../text/japanese-date.js';
import { checkText, normalizeLineBreaks } from '../text/plain-text.js';
import { unifyHyphens, withoutSeparators } from '../text/typed-digits.js';
import { joinVerdict, type Verdict } from './verdict.js';

type Judge = (value: unknown) => Verdict | null;

/**
 * A validator whose message and code depend on the value. class-validator asks for the verdict and for the
 * message apart; a pure judge may simply be asked twice.
 */
function judgedBy(name: string, judge: Judge): PropertyDecorator {
  return (target, propertyKey) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (value: unknown) => judge(value) === null,
        defaultMessage: (args) => {
          const verdict = judge(args?.value);
          return verdict ? joinVerdict(verdict) : '';
        },
      },
    });
  };
}

const TYPE_ERROR = { code: 'type', message: '文字で入力してください。' };
const REQUIRED = { code: 'required', message: '入力してください。' };

const TEXT_ERRORS = {
  'control-character': { code: 'control-character', message: '使えない文字が含まれています。' },
  'not-well-formed': { code: 'not-well-formed', message: '読み取れない文字が含まれています。' },
} as const;

interface TextOptions {
  /** Longest allowed, in code points. */
  readonly max: number;
  readonly multiline?: boolean;
  /** `null` and an empty text both mean "none". */
  readonly nullable?: boolean;
  readonly pattern?: RegExp;
  readonly patternMessage?: string;
}

function judgeText(value: unknown, options: TextOptions): ReturnType<Judge> {
  if (value === null && options.nullable) return null;
  if (value === undefined || value === '' || value === null) return REQUIRED;
  if (typeof value !== 'string') return TYPE_ERROR;
  const flaw = checkText(value, { max: options.max, multiline: options.multiline ?? false });
  if (flaw === 'too-long') return { code: 'too-long', message: `${options.max}文字以内で入力してください。` };
  if (flaw) return TEXT_ERRORS[flaw];
  if (options.pattern && !options.pattern.test(value)) {
    return { code: 'format', message: options.patternMessage ?? '形式が違います。' };
  }
  return null;
}

/** What people paste: outer blanks are dropped, Windows line ends become `\n`. Non-strings pass, to be refused. */
function tidy(value: unknown, { nullable, multiline }: Pick<TextOptions, 'nullable' | 'multiline'>): unknown {
  if (typeof value !== 'string') return value;
  // A single line keeps its CR and LF for the judge, so that they are refused rather than mended.
  const tidied = multiline ? normalizeLineBreaks(value).trim() : trimBlanks(value);
  return tidied === '' && nullable ? null : tidied;
}

/** By hand, since a pattern that is anchored at the end takes quadratic time on a long run of blanks. */
function trimBlanks(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && BLANKS.has(value.charAt(start))) start += 1;
  while (end > start && BLANKS.has(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

const BLANKS = new Set([' ', '\u3000']);

/** A text of one or several lines. Bound to code points, free of control characters and lone surrogates. */
export function TextField(options: TextOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => tidy(value, options)),
    judgedBy('text', (value) => judgeText(value, options)),
  );
}

/** Several texts, each as {@link TextField} has it. Goes with `@IsArray()`, which is asked first. */
export function TextListField(options: TextOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (Array.isArray(value) ? value.map((text) => tidy(text, options)) : value)),
    judgedBy('text-list', (value) => {
      if (!Array.isArray(value)) return null;
      return value.map((text) => judgeText(text, options)).find((verdict) => verdict !== null) ?? null;
    }),
  );
}

/** A password as it was typed: blanks at its ends are part of it. */
export function PasswordField(options: { max: number; min?: number; tooShort?: string }): PropertyDecorator {
  const { max, min = 1, tooShort } = options;
  const pattern = new RegExp(`^.{${min},}$`, 'u');
  return judgedBy('password', (value) =>
    judgeText(value, { max, pattern, ...(tooShort !== undefined && { patternMessage: tooShort }) }),
  );
}

/** A field that may be left out altogether, also by the documentation. `null` is not leaving out. */
export function Omissible(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional(),
    ValidateIf((_object, value) => value !== undefined),
  );
}

/** `true` or `false` in a query, where everything is text. */
export function FlagField(): PropertyDecorator {
  const values: Readonly<Record<string, boolean>> = { true: true, false: false };
  return applyDecorators(
    IsBoolean(),
    Transform(({ value }) =>
      typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : value,
    ),
  );
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const INSTANT_ERROR = {
  code: 'instant',
  message: '日時は、2026-04-01T09:00:00+09:00 のように入力してください。',
};

/** An instant, ISO 8601 with its offset; becomes a `Date`. `null` where it may be none. */
export function InstantField(options: { nullable?: boolean } = {}): PropertyDecorator {
  const nullable = options.nullable ?? false;
  return applyDecorators(
    Transform(({ value }) => toInstant(value)),
    judgedBy('instant', (value) => {
      if (value === null && nullable) return null;
      if (value === undefined || value === null || value === '') return REQUIRED;
      return value instanceof Date ? null : INSTANT_ERROR;
    }),
  );
}

/** What isn't one passes, to be refused; so does a day that no calendar has, which `Date` would move on. */
function toInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !INSTANT.test(value)) return value;
  if (!isCalendarDate(value.slice(0, 10))) return value;
  const instant = new Date(value);
  // Its offset may move it out of the years that have four digits.
  return /^\d{4}-/.test(Number.isNaN(instant.getTime()) ? '' : instant.toISOString()) ? instant : value;
}

const DATE_ERROR = { code: 'date', message: '日付は、2026-04-01 のように入力してください。' };

/** A calendar date `YYYY-MM-DD` that exists. */
export function DateField(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => tidy(value, { nullable: false, multiline: false })),
    judgedBy('date', (value) => {
      if (value === undefined || value === null || value === '') return REQUIRED;
      if (typeof value !== 'string') return TYPE_ERROR;
      return isCalendarDate(value) ? null : DATE_ERROR;
    }),
  );
}

const EMAIL_ERROR = {
  code: 'email',
  message: 'メールアドレスを1つだけ、半角で入力してください。例：kikaku@town.example',
};

/** Exactly one e-mail address by the portal's one rule, stored as typed after NFKC. */
export function EmailField(options: { nullable?: boolean } = {}): PropertyDecorator {
  const nullable = options.nullable ?? false;
  return applyDecorators(
    Transform(({ value }) => {
      const line = tidy(value, { nullable });
      return typeof line === 'string' ? (parseEmailAddress(line)?.address ?? line) : line;
    }),
    judgedBy('email', (value) => {
      if (value === null && nullable) return null;
      if (value === undefined || value === null || value === '') return REQUIRED;
      if (typeof value !== 'string') return TYPE_ERROR;
      return parseEmailAddress(value) ? null : EMAIL_ERROR;
    }),
  );
}

const toHalfWidth = (value: unknown): unknown =>
  typeof value === 'string' ? value.normalize('NFKC') : value;

/** A Japanese telephone number as people write it, folded to half width: digits, hyphens, brackets. */
export function PhoneField(options: { nullable?: boolean } = {}): PropertyDecorator {
  return applyDecorators(
    TextField({
      max: 30,
      nullable: options.nullable ?? false,
      pattern: /^\+?[0-9(][0-9()\- ]{3,}[0-9]$/,
      patternMessage: '電話番号は、数字とハイフンで入力してください。例：0155-00-1234',
    }),
    Transform(({ value }) => foldHyphens(toHalfWidth(value))),
  );
}

/** `NNN-NNNN`, folded to half width; seven digits without the hyphen are taken too. */
export function PostalCodeField(options: { nullable?: boolean } = {}): PropertyDecorator {
  return applyDecorators(
    TextField({
      max: 8,
      nullable: options.nullable ?? false,
      pattern: /^\d{3}-\d{4}$/,
      patternMessage: '郵便番号は、7桁の数字で入力してください。例：080-0198',
    }),
    Transform(({ value }) => {
      const folded = foldHyphens(toHalfWidth(value));
      return typeof folded === 'string' ? folded.replace(/^〒?\s*(\d{3})-?(\d{4})$/u, '$1-$2') : folded;
    }),
  );
}

const foldHyphens = (value: unknown): unknown => (typeof value === 'string' ? unifyHyphens(value) : value);

/** A code as people type it: blanks and hyphens between groups and full-width digits don't matter. */
export function CodeField(digits: number): PropertyDecorator {
  return applyDecorators(
    TextField({
      max: digits,
      pattern: new RegExp(`^\\d{${digits}}$`),
      patternMessage: `コードは、${digits}桁の数字で入力してください。`,
    }),
    Transform(({ value }) => {
      const folded = toHalfWidth(value);
      return typeof folded === 'string' ? withoutSeparators(folded) : folded;
    }),
  );
}
