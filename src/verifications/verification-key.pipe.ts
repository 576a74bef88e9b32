import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '../platform/http/domain-error.js';
import { parseTypedNumber } from '../platform/http/typed-number.pipe.js';
import type { VerificationKey } from './verifications.repository.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A verification's id, or its number as a person copied it from the mail. Anything else is a wrong number. */
@Injectable()
export class VerificationKeyPipe implements PipeTransform<string, VerificationKey> {
  transform(value: string): VerificationKey {
    if (UUID.test(value)) return { id: value };
    const number = parseTypedNumber(value);
    if (number === null) throw new DomainError('wrong-code');
    return { number };
  }
}
