import { api, ENDED, ok, tokenOfSession } from '../../api/client';
import { fetchFile, saveFile } from '../../api/files';
import { Problem, type ProblemBody } from '../../api/problem';
import type { AttachedResponse, AttachmentResponse } from '../../api/schema';
import { session } from '../../api/session';

interface Upload {
  readonly done: Promise<AttachedResponse>;
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
    const token = await tokenOfSession();
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
  const run = async (): Promise<AttachedResponse> => {
    let answer = await once();
    if (answer.status === 401 && ENDED.has(answer.body.code)) {
      // The session ended meanwhile: once somebody has signed in again, from the beginning.
      session.forget();
      answer = await once();
    }
    if (answer.status !== 201) throw new Problem(answer.body, answer.status);
    return answer.body as unknown as AttachedResponse;
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
export async function removeAttachment(id: string, attachmentId: string): Promise<number> {
  const { announcementVersion } = await ok(
    api.DELETE('/api/v1/announcements/{id}/attachments/{attachmentId}', {
      params: { path: { id, attachmentId } },
    }),
  );
  return announcementVersion;
}

/** Has the browser keep the file under its name. */
export async function download(announcementId: string, { id, name }: AttachmentResponse): Promise<void> {
  saveFile(await fetchFile(`${pathOf(announcementId)}/${id}`, () => undefined), name);
}
