import createClient, { type Middleware } from 'openapi-fetch';
import { Problem, type ProblemBody } from './problem';
import type { paths } from './schema';
import { session } from './session';
import { stepUp } from './step-up';

/** Clones of requests on their way, to be sent again once somebody has signed in again. */
const copies = new WeakMap<Request, Request>();

/** Without a session: what somebody does who isn't signed in, or is about to be. */
const OPEN =
  /^\/api\/v1\/(?:portal$|postal-codes\/|confirm\/|verifications\/|auth\/(?:challenges|password|refresh|logout|invitations)(?:\/|$))/;
const OPEN_TO_SEND = new Set(['/api/v1/applications', '/api/v1/recoveries']);

const isOpen = (method: string, path: string): boolean =>
  OPEN.test(path) || (method === 'POST' && OPEN_TO_SEND.has(path));

/** An answer that takes longer than this won't come. Milliseconds. */
const TIMEOUT_MS = 30_000;

const withToken: Middleware = {
  async onRequest({ request, schemaPath }) {
    if (isOpen(request.method, schemaPath)) return request;
    if (schemaPath === '/api/v1/auth/step-up') request.headers.set('x-renkei-request', '1');
    const token = await tokenOfSession();
    if (token) request.headers.set('authorization', `Bearer ${token}`);
    copies.set(request, request.clone());
    return request;
  },

  async onResponse({ request, response }) {
    const copy = copies.get(request);
    if (!copy || !request.headers.has('authorization')) return response;
    if (await hasEnded(response)) return sendAgain(copy);
    if (response.status === 403 && (await codeOf(response)) === 'step-up-needed') {
      return (await stepUp.ask()) ? sendAgain(copy) : response;
    }
    return response;
  },

  onError({ error }) {
    return error instanceof Problem ? error : Problem.unreachable();
  },
};

/** Not a wrong password or code: those aren't tried twice. */
export const ENDED: ReadonlySet<string | undefined> = new Set(['invalid-token', 'session-ended']);

/** @returns whether an answer says that the session behind it is over */
export const hasEnded = async (response: Response): Promise<boolean> =>
  response.status === 401 && ENDED.has(await codeOf(response));

/** Sent once more, with what it carries, once there is a session. */
async function sendAgain(copy: Request): Promise<Response> {
  session.forget();
  const token = await tokenOfSession();
  copy.headers.set('authorization', `Bearer ${token}`);
  return fetch(copy);
}

/** Waits for a person to sign in again where the session has lapsed. @returns null where nobody was signed in */
export const tokenOfSession = async (): Promise<string | null> =>
  (await session.token()) ?? (await tokenOfSomebodyBack());

/** Asked of a person. @returns null where nobody was signed in, so that nobody can come back */
async function tokenOfSomebodyBack(): Promise<string | null> {
  let token: string | null = null;
  while (token === null && session.isSeated()) {
    await session.lapse();
    token = await session.token();
  }
  return token;
}

const codeOf = async (response: Response): Promise<string | undefined> =>
  ((await response.clone().json()) as { code?: string }).code;

/** The API, typed by its own description. */
export const api = createClient<paths>({
  baseUrl: '/',
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
});
api.use(withToken);

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * @returns what the API answered
 * @throws Problem for every answer that isn't the good one
 */
export async function ok<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) {
    throw new Problem((error ?? {}) as ProblemBody, response.status, secondsToWait(response));
  }
  return data as T;
}

function secondsToWait({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}

/** The same, with the version that the answer names, for `If-Match`. */
export async function versioned<T>(
  asked: Promise<Answer<T>>,
): Promise<{ readonly value: T; readonly etag: string }> {
  const answer = await asked;
  return { value: await ok(Promise.resolve(answer)), etag: answer.response.headers.get('etag') ?? '' };
}
