import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseUnavailable } from '../database/postgres-error.js';
import { DomainError } from './domain-error.js';
import { PROBLEMS, type ProblemCode } from './problem-catalogue.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** RFC 9457 problem details, with the field errors of a 422. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  instance: string;
  errors?: readonly { pointer: string; code: string; message: string }[];
  [extension: string]: unknown;
}

const BY_STATUS: Partial<Record<number, ProblemCode>> = {
  400: 'malformed',
  401: 'invalid-token',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  413: 'too-large',
  414: 'malformed',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** @returns the catalogue's code for whatever was thrown; `unexpected` for what nobody foresaw */
export function problemCodeOf(error: unknown): ProblemCode {
  if (error instanceof DomainError) return error.code;
  const status = error instanceof HttpException ? error.getStatus() : statusOfFastifyError(error);
  if (status !== undefined && status < 500) return BY_STATUS[status] ?? 'malformed';
  return isDatabaseUnavailable(error) ? 'unavailable' : 'unexpected';
}

/** @returns the answer's body; `path` without its query, which may hold what a person typed */
export function toProblem(error: unknown, path: string): ProblemBody {
  const code = problemCodeOf(error);
  const { status, title } = PROBLEMS[code];
  const details = error instanceof DomainError ? error.details : {};
  return {
    type: `urn:renkei:problem:${code}`,
    title,
    status,
    code,
    instance: path.split('?', 1)[0] ?? path,
    ...(details.errors && { errors: details.errors }),
    ...details.extensions,
  };
}

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.logger);
  }
}

const RETRY_AFTER_SECONDS: Partial<Record<number, number>> = { 429: 300, 503: 5 };

/** Also used for what Fastify refuses before a route is found. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Pick<Logger, 'error'>,
): void {
  const body = toProblem(error, request.url);
  if (body.status >= 500)
    logger.error(`${request.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const known = error instanceof DomainError ? error.details.retryAfter : undefined;
  const wait = known ?? RETRY_AFTER_SECONDS[body.status];
  if (wait !== undefined) void reply.header('retry-after', String(wait));
  if (body.status === 401) void reply.header('www-authenticate', 'Bearer');
  // Where a route's good answers may be kept, its refusals may not.
  void reply.header('cache-control', 'no-store');
  void reply.status(body.status).type(PROBLEM_MEDIA_TYPE).send(body);
}

function statusOfFastifyError(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}
