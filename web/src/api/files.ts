import { hasEnded, tokenOfSession } from './client';
import { Problem, type ProblemBody } from './problem';
import { session } from './session';

/** A line that brings nothing for this long is dead; a slow one may take as long as it needs. Milliseconds. */
const SILENCE_MS = 30_000;

interface Line {
  readonly response: Response;
  readonly heard: () => void;
  readonly close: () => void;
}

/**
 * A file that only somebody signed in may have: a link can't carry the token.
 *
 * @param path of the API
 * @param onBytes told again and again how many bytes have come
 * @throws Problem
 */
export async function fetchFile(path: string, onBytes: (bytes: number) => void): Promise<Blob> {
  try {
    const { response, heard, close } = await askFor(path);
    try {
      if (!response.ok) throw new Problem((await response.json()) as ProblemBody, response.status);
      return await collect(response, (bytes) => {
        heard();
        onBytes(bytes);
      });
    } finally {
      close();
    }
  } catch (error) {
    throw error instanceof Problem && error.status !== 0 ? error : notFetched();
  }
}

/** Asked once more where the session had lapsed, as any other request is. */
async function askFor(path: string): Promise<Line> {
  const line = await open(path);
  if (!(await hasEnded(line.response))) return line;
  line.close();
  session.forget();
  return open(path);
}

async function open(path: string): Promise<Line> {
  const token = await tokenOfSession();
  const silence = new AbortController();
  let timer = 0;
  const close = (): void => window.clearTimeout(timer);
  const heard = (): void => {
    close();
    timer = window.setTimeout(() => silence.abort(), SILENCE_MS);
  };
  heard();
  const response = await fetch(path, {
    headers: { authorization: `Bearer ${token}` },
    signal: silence.signal,
  });
  return { response, heard, close };
}

async function collect(response: Response, onBytes: (bytes: number) => void): Promise<Blob> {
  const pieces: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    pieces.push(piece.value);
    bytes += piece.value.length;
    onBytes(bytes);
  }
  return new Blob(pieces, { type: response.headers.get('content-type') ?? '' });
}

const notFetched = (): Problem =>
  new Problem(
    {
      title: 'ダウンロードできませんでした。通信の状態をお確かめのうえ、もう一度お試しください。',
      code: 'unreachable',
    },
    0,
  );

/** Has the browser save what was fetched, under this name. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads from it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
