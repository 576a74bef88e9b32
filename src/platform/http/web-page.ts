import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from './domain-error.js';
import { sendProblem } from './problem.filter.js';

/** First parts of the addresses of the page's own routes (web/src/app/routes.tsx); anything else isn't found. */
export const PAGE_ROOTS = [
  '',
  'sign-in',
  'v',
  'k',
  'i',
  'apply',
  'recover',
  'registration',
  'change-requests',
  'announcements',
  'account',
  'staff',
] as const;

const HOUR_SECONDS = 60 * 60;
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const logger = new Logger('WebPage');

/** The folder that `npm run build` fills, seen from the sources and from what is built of them. */
const WEB_ROOT = ['../../../dist/web', '../../../web']
  .map((folder) => path.resolve(import.meta.dirname, folder))
  .find((folder) => existsSync(path.join(folder, 'index.html')));

/**
 * Serves the page and its files. Every address of the page is answered with the same document, which leads nowhere
 * by itself and holds nothing of anybody; its files are named by their content and may stay in caches for ever.
 */
export async function registerWebPage(server: FastifyInstance): Promise<void> {
  if (WEB_ROOT === undefined) {
    logger.warn('The web page is not built: `npm run build` makes it. The API works without.');
    return;
  }
  await server.register(fastifyStatic, {
    root: WEB_ROOT,
    // One route per file, so that nothing but these files can be asked for.
    wildcard: false,
    index: false,
    preCompressed: true,
    globIgnore: ['index.html', '.vite/**', '**/*.{br,gz}'],
    cacheControl: false,
    setHeaders: (reply, file) => {
      reply.header('cache-control', cacheControlOf(path.relative(WEB_ROOT, file)));
    },
  });
  server.get('/', sendPage);
  server.get('/*', sendPage);
}

/** Names in `assets` change with the content. The document names them, so it is asked for each time. */
function cacheControlOf(file: string): string {
  if (file.startsWith('index.html')) return 'no-store';
  return file.startsWith('assets')
    ? `public, max-age=${YEAR_SECONDS}, immutable`
    : `public, max-age=${HOUR_SECONDS}`;
}

async function sendPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [, first = ''] = (request.url.split('?', 1)[0] ?? '').split('/');
  const known = (PAGE_ROOTS as readonly string[]).includes(first);
  if (!known && !wantsPage(request)) {
    sendProblem(new DomainError('not-found'), request, reply, logger);
    return reply;
  }
  void reply.status(known ? 200 : 404);
  return reply.sendFile('index.html');
}

/** A person's browser, which is better served with a page that says so in their language. */
function wantsPage({ url, headers }: FastifyRequest): boolean {
  return !/^\/(?:api|dev|health|assets)(?:\/|$)/.test(url) && (headers.accept ?? '').includes('text/html');
}
