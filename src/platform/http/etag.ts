import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { DomainError } from './domain-error.js';

/** Marks an operation in the OpenAPI document; its answer there gets the header. */
export const SENDS_ETAG = 'x-sends-etag';

/** @returns the entity tag of a versioned thing, quotes included */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * Reads `If-Match` strictly: one strong tag that this portal gave.
 *
 * @throws DomainError `if-match-required` (428) when it is missing or `*`, since neither names a version;
 *   `malformed` (400) when it is no entity tag, such as a number without its quotes; `stale-version` (412) when it
 *   is some other tag, which can't be the current one
 */
export function parseIfMatch(header: string | undefined): number {
  const value = header?.trim();
  if (!value || value === '*') throw new DomainError('if-match-required');
  if (!/^(W\/)?".*"$/.test(value)) throw new DomainError('malformed');
  const version = /^"([1-9]\d{0,8})"$/.exec(value)?.[1];
  if (!version) throw new DomainError('stale-version');
  return Number(version);
}

/** The version that the caller saw, from `If-Match`. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number =>
  parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** The version that the caller saw, or null where there was nothing to see yet. */
export const IfMatchWhereGiven = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return header === undefined ? null : parseIfMatch(header);
});

@Injectable()
class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body: { version: number }) => {
        void reply.header('etag', etagOf(body.version));
        return body;
      }),
    );
  }
}

/** The answer's `version` also goes out as `ETag`. */
export const SendsEtag = (): MethodDecorator =>
  applyDecorators(ApiExtension(SENDS_ETAG, true), UseInterceptors(EtagInterceptor));

const IF_MATCH = {
  name: 'If-Match',
  description: 'The `ETag` of what the caller saw, with its quotes.',
  example: '"12"',
};

/** Goes with {@link IfMatch} on a parameter; this one is what the OpenAPI document is made from. */
export const RequiresIfMatch = (): MethodDecorator => ApiHeader({ ...IF_MATCH, required: true });

/** Goes with {@link IfMatchWhereGiven} in the same way. */
export const TakesIfMatch = (): MethodDecorator => ApiHeader({ ...IF_MATCH, required: false });
