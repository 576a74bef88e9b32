import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ok, versioned } from '../../api/client';
import { asProblem, Problem } from '../../api/problem';
import { session } from '../../api/session';

/** A form's text as the server keeps it. */
export interface Kept<T> {
  readonly content: T;
  /** Version of the registration that the typing began from. */
  readonly baseVersion: number;
  readonly savedAt: string;
  readonly savedBy: string;
}

/** Somebody else's draft, which came in between. */
export interface Theirs {
  readonly savedBy: string | null;
  readonly savedAt: string | null;
}

export interface DraftHandle<T> {
  readonly savedAt: string | null;
  readonly problem: Problem | null;
  readonly theirs: Theirs | null;
  /** Keeps it a moment after the last letter. */
  readonly save: (content: T) => void;
  /** Keeps now what was typed last. @throws Problem when it can't be kept */
  readonly flush: () => Promise<void>;
  readonly discard: () => Promise<void>;
  /** Puts one's own in place of the other's. */
  readonly overrule: () => Promise<void>;
}

export interface Found<T> {
  readonly kept: Kept<T>;
  readonly etag: string;
}

/** @returns what was typed and not sent yet, or null */
export async function loadDraft<T>(registrationId: string): Promise<Found<T> | null> {
  try {
    const { value, etag } = await versioned(
      api.GET('/api/v1/registrations/{id}/draft', { params: { path: { id: registrationId } } }),
    );
    const { content, baseVersion, savedAt, savedBy } = value;
    return { kept: { content: content as T, baseVersion, savedAt, savedBy }, etag };
  } catch (error) {
    if (asProblem(error).is('not-found')) return null;
    throw error;
  }
}

/** After the last letter. Milliseconds. */
const PAUSE_MS = 800;

/** Keeps a form's text on the server while somebody types. One request at a time; the newest text wins. */
export function useDraft<T extends object>(
  registrationId: string,
  baseVersion: number,
  found: Found<T> | null,
): DraftHandle<T> {
  const [savedAt, setSavedAt] = useState(found?.kept.savedAt ?? null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const etag = useRef(found?.etag ?? null);
  const unsaved = useRef<T | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void>>(Promise.resolve());
  const base = useRef(baseVersion);
  base.current = baseVersion;

  const put = useCallback(async (): Promise<void> => {
    const content = unsaved.current;
    if (content === null) return;
    try {
      const answer = await versioned(
        api.PUT('/api/v1/registrations/{id}/draft', {
          params: {
            path: { id: registrationId },
            header: etag.current === null ? {} : { 'If-Match': etag.current },
          },
          body: { baseVersion: base.current, content: content as Record<string, unknown> },
          // Also while the page is being left.
          keepalive: true,
        }),
      );
      etag.current = answer.etag;
      if (unsaved.current === content) unsaved.current = null;
      setSavedAt(answer.value.savedAt);
      setProblem(null);
      setTheirs(null);
    } catch (error) {
      const found = asProblem(error);
      setProblem(found);
      if (found.is('stale-version', 'if-match-required')) setTheirs(found.body as unknown as Theirs);
      throw found;
    }
  }, [registrationId]);

  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    const next = running.current.catch(() => undefined).then(put);
    running.current = next;
    return next;
  }, [put]);

  const save = useCallback(
    (content: T): void => {
      unsaved.current = content;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush().catch(() => undefined), PAUSE_MS);
    },
    [flush],
  );

  useEffect(() => {
    // Leaving the page by a link: what was typed last is kept, too.
    const leave = (): void => void flush().catch(() => undefined);
    window.addEventListener('pagehide', leave);
    const stay = session.beforeLeaving(flush);
    return () => {
      stay();
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [flush]);

  const discard = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    unsaved.current = null;
    await running.current.catch(() => undefined);
    if (etag.current === null) return;
    await ok(
      api.DELETE('/api/v1/registrations/{id}/draft', {
        params: { path: { id: registrationId }, header: { 'If-Match': etag.current } },
      }),
    );
    etag.current = null;
    setSavedAt(null);
  }, [registrationId]);

  const overrule = useCallback(async (): Promise<void> => {
    etag.current = (await loadDraft<T>(registrationId))?.etag ?? null;
    await flush();
  }, [flush, registrationId]);

  return { savedAt, problem, theirs, save, flush, discard, overrule };
}
