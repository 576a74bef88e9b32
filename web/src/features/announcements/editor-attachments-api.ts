import { bearer, ENDED } from '../../api/client';
import { Problem, type ProblemBody } from '../../api/problem';
import type { AttachmentResponse } from '../../api/schema';
import { session } from '../../api/session';

/** What is answered to a file: itself, and the announcement's version from then on. */
export interface Attached extends AttachmentResponse {
  readonly announcementVersion: number;
}

interface Upload {
  readonly done: Promise<Attached>;
  /** The answer is then a problem with the code `cancelled`. */
  readonly cancel: () => void;
}

const pathOf = (announcementId: string): string => `/api/v1/announcements/${announcementId}/attachments`;

/**
 * Sends a file as it is, and tells how far it has got, which `fetch` can't.
 *
 * @param onProgress gets a part of 1
 */
export function upload(announcementId: string, file: File, onProgress: (part: number) => void): Upload {
  let request: XMLHttpRequest | null = null;
  let cancelled = false;
  const once = async (): Promise<Answer> => {
    const token = await bearer();
    if (cancelled) throw cancelledProblem();
    request = new XMLHttpRequest();
    return post(
      request,
      `${pathOf(announcementId)}?name=${encodeURIComponent(file.name)}`,
      token,
      file,
      onProgress,
    );
  };
  const run = async (): Promise<Attached> => {
    let answer = await once();
    if (answer.status === 401 && ENDED.has(answer.body.code)) {
      // The session ended meanwhile: once somebody has signed in again, from the beginning.
      session.forget();
      answer = await once();
    }
    if (answer.status !== 201) throw new Problem(answer.body, answer.status);
    return answer.body as unknown as Attached;
  };
  return {
    done: run(),
    cancel: () => {
      cancelled = true;
      request?.abort();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: ProblemBody;
}

function post(
  request: XMLHttpRequest,
  url: string,
  token: string | null,
  file: File,
  onProgress: (part: number) => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.open('POST', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    if (token !== null) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('load', () =>
      resolve({ status: request.status, body: parsed(request.responseText) }),
    );
    request.addEventListener('error', () => reject(Problem.unreachable()));
    request.addEventListener('abort', () => reject(cancelledProblem()));
    request.send(file);
  });
}

const cancelledProblem = (): Problem => new Problem({ title: '取りやめました。', code: 'cancelled' }, 0);

function parsed(text: string): ProblemBody {
  try {
    return JSON.parse(text) as ProblemBody;
  } catch {
    return {};
  }
}

/** @returns the announcement's version from then on */
export async function removeAttachment(announcementId: string, id: string): Promise<number> {
  const response = await asked(`${pathOf(announcementId)}/${id}`, 'DELETE');
  const body = parsed(await response.text());
  if (!response.ok) throw new Problem(body, response.status);
  return body['announcementVersion'] as number;
}

/** Has the browser keep the file under its name. */
export async function download(announcementId: string, { id, name }: AttachmentResponse): Promise<void> {
  const response = await asked(`${pathOf(announcementId)}/${id}`, 'GET');
  if (!response.ok) throw new Problem(parsed(await response.text()), response.status);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

async function asked(url: string, method: 'GET' | 'DELETE'): Promise<Response> {
  const once = async (): Promise<Response> => {
    const token = await bearer();
    return fetch(url, { method, headers: token === null ? {} : { authorization: `Bearer ${token}` } }).catch(
      () => {
        throw Problem.unreachable();
      },
    );
  };
  const response = await once();
  if (response.status !== 401 || !ENDED.has(parsed(await response.clone().text()).code)) return response;
  session.forget();
  return once();
}
