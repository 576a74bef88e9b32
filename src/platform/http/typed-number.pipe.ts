import { Injectable, type PipeTransform } from '@nestjs/common';
import { withoutSeparators } from '../text/typed-digits.js';
import { DomainError } from './domain-error.js';

/** A number that a person copied from a mail: blanks, hyphens and full-width digits don't matter. */
export function parseTypedNumber(value: string): string | null {
  const digits = withoutSeparators(value.normalize('NFKC'));
  // Without leading zeros: each number has one form, and its tries one count.
  return /^\d{1,15}$/.test(digits) ? String(Number(digits)) : null;
}

/** @throws DomainError `wrong-code`: a number that can't be one is answered like one that isn't known */
@Injectable()
export class TypedNumberPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const number = parseTypedNumber(value);
    if (number === null) throw new DomainError('wrong-code');
    return number;
  }
}
