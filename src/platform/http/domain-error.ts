import { PROBLEMS, type ProblemCode } from './problem-catalogue.js';

/** One thing that is wrong with one field. `pointer` is a JSON Pointer into the body (RFC 6901). */
export interface FieldError {
  readonly pointer: string;
  /** Stable, for a program: `required`, `too-long`, `email`, … */
  readonly code: string;
  /** Japanese, for a person: how to mend it. */
  readonly message: string;
}

/**
 * What a use case throws when a person has to be told something. The filter turns it into problem+json;
 * `extensions` become members of the answer (RFC 9457, 3.2).
 */
export class DomainError extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly details: {
      errors?: readonly FieldError[];
      extensions?: Readonly<Record<string, unknown>>;
      /** Seconds; becomes the header `Retry-After`. */
      retryAfter?: number;
    } = {},
  ) {
    super(code);
    this.name = 'DomainError';
    this.status = PROBLEMS[code].status;
  }
}

/** @throws DomainError `invalid` (422) with one field error */
export function invalidField(pointer: string, code: string, message: string): DomainError {
  return new DomainError('invalid', { errors: [{ pointer, code, message }] });
}
