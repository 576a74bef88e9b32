import type { Socket } from 'node:net';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { ConsoleLogger, type DynamicModule, Logger, type LoggerService, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Settings } from '../../config/env.js';
import { DomainError } from './domain-error.js';
import { acceptFiles } from './file-body.js';
import { PROBLEM_MEDIA_TYPE, ProblemFilter, sendProblem, toProblem } from './problem.filter.js';
import { createValidationPipe } from './validation.js';
import { registerWebPage } from './web-page.js';

export const API_PREFIX = 'api/v1';
/** Larger than any text that a field takes, so that an over-long one is answered by name. Bytes. */
const BODY_LIMIT = 2 * 1024 * 1024;
const MAX_JSON_DEPTH = 12;
/**
 * For a whole request to arrive, for the sake of files alone: the largest that editors can allow takes so long at half a
 * megabit a second. Headers have a minute, and so has whatever isn't a file.
 */
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 60_000;

/** Paths that stand beside the API, with no version. */
export const OUTSIDE_THE_API = [
  'health/live',
  'health/ready',
  'dev/mailbox',
  'dev/mailbox/messages',
  'dev/mailbox.css',
  'dev/time',
  'dev/time/campaigns/:id',
];

/** @returns the application as it serves, not yet listening */
export async function createApp(
  module: Type | DynamicModule,
  settings: Settings,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, createAdapter(settings), {
    logger: warningsAndErrors(settings),
    abortOnError: false,
    // JSON only: a form of another site can't even be read.
    bodyParser: false,
  });
  app.setGlobalPrefix(API_PREFIX, { exclude: [...OUTSIDE_THE_API] });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(createValidationPipe());
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, helmetOptions(settings));
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onSend', noStore);
  server.addHook('onSend', loosenDocs);
  await registerWebPage(server);
  return app;
}

/** In production one line of JSON each, as request lines are; in the demo, which a person watches, as text. */
function warningsAndErrors({ logLevel, mode }: Settings): LoggerService | false {
  if (logLevel === 'silent') return false;
  return new ConsoleLogger({ json: mode === 'production', logLevels: ['error', 'warn'] });
}

export function createAdapter(settings: Settings): FastifyAdapter {
  const logger = new Logger('Http');
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    routerOptions: { maxParamLength: 200 },
    logger: { level: settings.logLevel, base: null },
    clientErrorHandler: (error: { code?: string }, socket: Socket) =>
      refuseBrokenRequest(error, socket, bareHeaders(settings)),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, request, reply.headers(bareHeaders(settings)), logger),
  });
  const server = adapter.getInstance<FastifyInstance>();
  server.removeContentTypeParser('text/plain');
  acceptFiles(server, (socket) => refuseBrokenRequest({}, socket, bareHeaders(settings)));
  server.addHook('preValidation', judgeBody);
  server.addHook('onResponse', logRequest);
  return adapter;
}

/** For answers that are given before any hook runs. */
const bareHeaders = (settings: Settings): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  ...(isReachedByHttps(settings) && {
    'strict-transport-security': `max-age=${HSTS_SECONDS}; includeSubDomains`,
  }),
});

/** Only a portal that is reached by https may ask browsers to remember so. */
const isReachedByHttps = ({ publicUrl }: Settings): boolean => publicUrl.startsWith('https://');
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** What can't even be read as HTTP, such as headers without end, is answered as a problem, too. */
function refuseBrokenRequest(
  error: { code?: string },
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  if (!socket.writable) return;
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const body = JSON.stringify(toProblem(new DomainError(tooLarge ? 'too-large' : 'malformed'), '/'));
  const reason = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${reason}\r\nContent-Type: ${PROBLEM_MEDIA_TYPE}\r\n` +
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('') +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** One line per request: no query, no body, no name. */
async function logRequest(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.log.info({
    method: request.method,
    route: request.routeOptions.url ?? null,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    sid: request.viewer?.sessionId,
  });
}

/** Swagger UI styles itself inline; nothing else may. */
async function loosenDocs(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const policy = reply.getHeader('content-security-policy');
  if (!request.url.startsWith('/api/docs') || typeof policy !== 'string') return;
  void reply.header('content-security-policy', `${policy};style-src 'self' 'unsafe-inline'`);
}

/** Nothing that the API answers may stay in a browser's or a gateway's cache. */
async function noStore(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
}

async function judgeBody(request: FastifyRequest): Promise<void> {
  // A request without a body is one with nothing in it; a route may need no more.
  if (request.body === undefined && request.method !== 'GET') request.body = {};
  if (isDeeperThan(request.body, MAX_JSON_DEPTH)) throw new DomainError('malformed');
  if (namesInherited(request.body)) throw new DomainError('malformed');
}

/** @returns whether arrays and objects are nested more than `limit` levels */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  return Object.values(value).some((child) => isDeeperThan(child, limit - 1));
}

/**
 * @returns whether a member is called like what every object has: class-transformer would call a `constructor`, and
 *   drops `prototype`, `toString` and their like unseen, where an unknown field is to be refused
 */
export function namesInherited(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, child]) => name === 'prototype' || name in Object.prototype || namesInherited(child),
  );
}

function helmetOptions(settings: Settings): object {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'img-src': ["'self'", 'data:'],
        'object-src': ["'none'"],
      },
    },
    strictTransportSecurity: isReachedByHttps(settings) ? { maxAge: HSTS_SECONDS } : false,
    xFrameOptions: { action: 'deny' },
  };
}
