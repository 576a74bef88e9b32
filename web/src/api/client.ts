import createClient, { type Middleware } from 'openapi-fetch';
import { Problem, type ProblemBody } from './problem';
import type { paths } from './schema';
import { session } from './session';
import { stepUp } from './step-up';

/** Clones of requests on their way, to be sent again once somebody has signed in again. */
const copies = new WeakMap<Request, Request>();

const withToken: Middleware = {
  async onRequest({ request, schemaPath }) {
    if (schemaPath.startsWith('/api/v1/auth/') && !schemaPath.startsWith('/api/v1/auth/sessions')) {
      request.headers.set('x-renkei-request', '1');
    }
    const token = await session.token();
    if (token) request.headers.set('authorization', `Bearer ${token}`);
    copies.set(request, request.clone());
    return request;
  },

  async onResponse({ request, response }) {
    const copy = copies.get(request);
    if (!copy || !request.headers.has('authorization')) return response;
    if (response.status === 401) return sendAgain(copy);
    if (response.status === 403 && (await codeOf(response)) === 'step-up-needed') {
      return (await stepUp.ask()) ? sendAgain(copy) : response;
    }
    return response;
  },

  onError({ error }) {
    return error instanceof Problem ? error : Problem.unreachable();
  },
};

/** Asked of a person: the request waits, with what it carries, until there is a session again. */
async function sendAgain(copy: Request): Promise<Response> {
  session.forget();
  let token = await session.token();
  while (token === null) {
    await session.lapse();
    token = await session.token();
  }
  copy.headers.set('authorization', `Bearer ${token}`);
  return fetch(copy);
}

const codeOf = async (response: Response): Promise<string | undefined> =>
  ((await response.clone().json()) as { code?: string }).code;

/** The API, typed by its own description. */
export const api = createClient<paths>({ baseUrl: '/' });
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
  if (!response.ok) throw new Problem((error ?? {}) as ProblemBody, response.status);
  return data as T;
}

/** The same, with the version that the answer names, for `If-Match`. */
export async function versioned<T>(
  asked: Promise<Answer<T>>,
): Promise<{ readonly value: T; readonly etag: string }> {
  const answer = await asked;
  return { value: await ok(Promise.resolve(answer)), etag: answer.response.headers.get('etag') ?? '' };
}
