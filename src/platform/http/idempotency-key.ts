import { createHash } from 'node:crypto';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError } from './domain-error.js';

/** Marks an operation in the OpenAPI document; it gets the problem of a key that is used for something else. */
export const ACCEPTS_IDEMPOTENCY_KEY = 'x-accepts-idempotency-key';

/** A request that the caller may send again without its being done again. */
export interface IdempotentRequest {
  readonly key: string;
  /** SHA-256 of what is asked for: two requests with one key have to be the same. 32 bytes. */
  readonly fingerprint: Buffer;
}

type Asked = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'body'>;

/**
 * @returns null without the header: most callers need none
 * @throws DomainError `malformed` (400) when it isn't 1 to 200 visible ASCII characters
 */
export function readIdempotentRequest(request: Asked): IdempotentRequest | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[!-~]{1,200}$/.test(key)) throw new DomainError('malformed');
  return { key, fingerprint: fingerprintOf(request) };
}

function fingerprintOf({ method, url, headers, body }: Asked): Buffer {
  const asked = JSON.stringify([method, url, headers['if-match'] ?? null, body], inOrder);
  return createHash('sha256').update(asked).digest();
}

/** The order of an object's members means nothing, and a caller's may change between two tries. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** From `Idempotency-Key`, for {@link once}; null where the caller sent none. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  readIdempotentRequest(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Goes with {@link IdempotencyKey} on a parameter; this one is what the OpenAPI document is made from. */
export const AcceptsIdempotencyKey = (): MethodDecorator =>
  applyDecorators(
    ApiExtension(ACCEPTS_IDEMPOTENCY_KEY, true),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Of the caller’s own making, 1 to 200 visible ASCII characters, new for each thing to be done. Sent once ' +
        'more within 24 hours, with the same body and `If-Match`, it gets the first good answer again, and nothing ' +
        'is done twice.',
      example: '5f0c2f1e-7a53-4b0e-9d0a-3c1b8f6f2a11',
    }),
  );
