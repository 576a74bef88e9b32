import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Allow, Public } from '../access/access.decorators.js';
import { needsStepUp, type Permission } from '../access/permission.js';
import { PROBLEMS, type ProblemCode } from './problem-catalogue.js';

/** Carries the status of the good answer into the OpenAPI document, where the generator guesses it wrong. */
export const GOOD_STATUS = 'x-good-status';
/** What a caller needs, for programs that read the document. */
export const PERMISSION = 'x-permission';

interface EndpointOptions {
  /** One line, English. */
  readonly summary: string;
  readonly description?: string;
  /** `public`, with the reason in the description; else the permission that it takes. */
  readonly access: 'public' | Permission;
  /** Answers besides the usual ones (malformed, invalid, unavailable; 401 and 403 where a session is needed). */
  readonly problems?: readonly ProblemCode[];
  /** 200 unless said. */
  readonly status?: 200 | 201 | 202 | 204;
}

const USUAL: readonly ProblemCode[] = ['malformed', 'invalid', 'unavailable'];
const WITH_SESSION: readonly ProblemCode[] = ['invalid-token', 'session-ended', 'forbidden'];

function sessionProblems(access: EndpointOptions['access']): readonly ProblemCode[] {
  if (access === 'public') return [];
  return needsStepUp(access) ? [...WITH_SESSION, 'step-up-needed'] : WITH_SESSION;
}

/** Everything that a route says of itself, in one place: access, status, and what the documentation shows. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  const open = options.access === 'public';
  const problems = [...sessionProblems(options.access), ...(options.problems ?? []), ...USUAL];
  return applyDecorators(
    options.access === 'public' ? Public() : Allow(options.access),
    HttpCode(options.status ?? 200),
    ApiExtension(GOOD_STATUS, options.status ?? 200),
    ApiExtension(PERMISSION, options.access),
    ApiOperation({
      summary: options.summary,
      description: [options.description, `Access: ${open ? 'public' : `\`${options.access}\``}.`]
        .filter(Boolean)
        .join('\n\n'),
    }),
    ...(open ? [] : [ApiBearerAuth()]),
    ...Object.entries(problemResponses(problems)).map(([status, response]) =>
      ApiResponse({ status: Number(status), ...response }),
    ),
  );
}

/** @returns what the document says of problems, by status */
export function problemResponses(codes: readonly ProblemCode[]): Record<number, ProblemResponse> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `\`${code}\``).join(', '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            example: exampleProblem(group[0] as ProblemCode),
          },
        },
      },
    ]),
  );
}

interface ProblemResponse {
  readonly description: string;
  readonly content: Record<string, { schema: { $ref: string }; example: Record<string, unknown> }>;
}

function exampleProblem(code: ProblemCode): Record<string, unknown> {
  const { status, title } = PROBLEMS[code];
  return { type: `urn:renkei:problem:${code}`, title, status, code, instance: '/api/v1/…' };
}
