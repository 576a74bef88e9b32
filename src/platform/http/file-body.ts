import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from './domain-error.js';

export const FILE_MEDIA_TYPE = 'application/octet-stream';

/** For a whole request without a file to arrive: who sends it letter by letter holds a connection no longer. */
const WITHOUT_FILE_MS = 60_000;

/**
 * What is still coming when the answer is out is read on for so long, since most browsers send all of a file before they
 * look for an answer, and a connection closed on them loses it. Longer than the rest of any file that is taken has on
 * an office's line; and what is announced to be more than any file may be isn't waited for.
 */
const LINGER: Lingering = { ms: 30_000, bytes: 64 * 1024 * 1024, hopelessMs: 2_000 };

export interface Lingering {
  readonly ms: number;
  readonly bytes: number;
  /** For a body that is announced to be longer than `bytes`. */
  readonly hopelessMs: number;
}

/** A file as it comes in. */
export interface IncomingFile {
  /** Bytes, where the sender tells; a header, and so no more than a claim. */
  readonly length: number | null;
  /** In the sender's portions. Whoever stops reading leaves the connection as it is, so that an answer gets through. */
  readonly content: AsyncIterable<Buffer>;
}

interface FileRoute {
  readonly takesFile?: boolean;
}

const takesFile = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions.config as FileRoute | undefined)?.takesFile === true;

/** The body is a file, raw. Goes with {@link FileBody} on a parameter; every other route refuses such bodies. */
export const TakesFile = (): MethodDecorator =>
  applyDecorators(
    RouteConfig({ takesFile: true } satisfies FileRoute),
    ApiConsumes(FILE_MEDIA_TYPE),
    ApiBody({ required: true, schema: { type: 'string', format: 'binary' } }),
  );

/** The file, unread. @throws DomainError `file-expected` (415) */
export const FileBody = createParamDecorator((_data: unknown, context: ExecutionContext): IncomingFile => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  if (!isFile(request)) throw new DomainError('file-expected');
  const length = request.headers['content-length'];
  return { length: length === undefined ? null : Number(length), content: contentOf(request.raw) };
});

const isFile = ({ headers }: FastifyRequest): boolean =>
  headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() === FILE_MEDIA_TYPE;

/** @throws DomainError `malformed` when the sender goes away; nobody is left to read it */
async function* contentOf(raw: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch {
    throw new DomainError('malformed');
  }
}

/**
 * Lets files in where a route takes one, and nowhere else, and sees to it that no request is held open for ever.
 *
 * @param refuse answers on a connection whose request doesn't come to an end
 */
export function acceptFiles(
  server: FastifyInstance,
  refuse: (socket: Socket) => void,
  { withoutFileMs = WITHOUT_FILE_MS, lingering = LINGER } = {},
): void {
  // The parser takes nothing: the route reads the request itself, or nobody does.
  server.addContentTypeParser(FILE_MEDIA_TYPE, (_request, _payload, done) => done(null, undefined));
  server.addHook('onRequest', async (request, reply) => {
    if (!takesFile(request) && announcesBody(request.raw))
      boundArrival(request, reply, withoutFileMs, refuse);
  });
  server.addHook('preValidation', async (request) => {
    const read = request.method === 'GET' || request.method === 'HEAD';
    if (isFile(request) && !read && !takesFile(request) && !request.is404)
      throw new DomainError('unsupported-media-type');
  });
  server.addHook('onSend', async ({ raw, method }, _reply, payload: unknown) => {
    if (announcesBody(raw)) letTheRestCome(raw, lingering);
    return method === 'HEAD' && payload instanceof Readable ? unread(payload) : payload;
  });
}

/** Whoever asks for the headers alone isn't worth reading all of a file for, which Fastify would. */
function unread(payload: Readable): Readable {
  payload.destroy();
  return Readable.from([]);
}

function announcesBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  return length !== '0' || encoding !== undefined;
}

/** The server's own limit is one for all, and a file on a slow line needs longer than anything else may. */
function boundArrival(
  { raw }: FastifyRequest,
  reply: FastifyReply,
  ms: number,
  refuse: (socket: Socket) => void,
): void {
  const timer = setTimeout(() => {
    if (raw.complete || reply.sent) return;
    refuse(raw.socket);
    raw.socket.destroySoon();
  }, ms);
  timer.unref();
  raw.once('close', () => clearTimeout(timer));
}

/** Reads what nobody wants any more, within bounds; beyond them, the connection ends. */
function letTheRestCome(raw: IncomingMessage, { ms, bytes, hopelessMs }: Lingering): void {
  if (raw.readableEnded || raw.destroyed) return;
  const { socket } = raw;
  const hopeless = Number(raw.headers['content-length'] ?? 0) > bytes;
  const timer = setTimeout(() => socket.destroy(), hopeless ? hopelessMs : ms);
  timer.unref();
  let left = bytes;
  raw.on('data', (portion: Buffer) => {
    left -= portion.length;
    if (left < 0) socket.destroy();
  });
  raw.once('end', () => clearTimeout(timer));
  raw.once('close', () => clearTimeout(timer));
  raw.resume();
}
