import type { AccountResponse, SignedInResponse } from './schema';
import { Problem, type ProblemBody } from './problem';

/**
 * Who is signed in. The access token lives in this module alone and dies with the page; the session itself is a
 * cookie that no script can read.
 */
export type SessionState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'out' }
  | { readonly kind: 'in'; readonly account: AccountResponse }
  /** Ended while somebody worked: the page stays as it is below the sign-in. */
  | { readonly kind: 'lapsed'; readonly account: AccountResponse }
  /** The server can't be reached, so nobody knows. */
  | { readonly kind: 'unreachable' };

/** Fetched again this long before it ends. Milliseconds. */
const MARGIN_MS = 20_000;

let state: SessionState = { kind: 'starting' };
let token: { readonly value: string; readonly endsAt: number } | null = null;
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();
const saving = new Set<() => Promise<void>>();
/** Requests that wait for somebody to sign in again. */
let waiting: (() => void)[] = [];

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

export const session = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  state: (): SessionState => state,

  /** Asks whether this browser has a session. */
  async start(): Promise<void> {
    try {
      if (!(await refresh())) become({ kind: 'out' });
    } catch {
      become({ kind: 'unreachable' });
    }
  },

  /** After a sign-in, also one in place of a lapsed session. */
  entered: (answer: SignedInResponse): void => settle(answer),

  /** Called before somebody signs out, while the session still lives: what was typed last is kept. */
  beforeLeaving(save: () => Promise<void>): () => void {
    saving.add(save);
    return () => saving.delete(save);
  },

  /** @throws Problem when it couldn't be done: the session may live on, and whoever leaves has to know */
  async leave(everywhere = false): Promise<void> {
    await Promise.allSettled([...saving].map((save) => save()));
    const response = await fetch('/api/v1/auth/logout', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-renkei-request': '1' },
      body: JSON.stringify({ everywhere }),
    }).catch(() => null);
    if (response?.ok !== true) {
      const title =
        'ログアウトできませんでした。通信の状態をお確かめのうえ、もう一度お試しください。共用のパソコンでは、ブラウザーを閉じてください。';
      throw new Problem({ title, code: 'still-signed-in' }, response?.status ?? 0);
    }
    token = null;
    const staff = (state.kind === 'in' || state.kind === 'lapsed') && state.account.kind === 'staff';
    // The whole page anew: nothing that was read stays in memory.
    window.location.assign(staff ? '/staff/sign-in' : '/sign-in');
  },

  /** @returns a token that holds for a while yet, or null when there is no session */
  async token(): Promise<string | null> {
    if (token && token.endsAt - Date.now() > MARGIN_MS) return token.value;
    if (state.kind === 'out') return null;
    await refresh();
    return token?.value ?? null;
  },

  /** Whether somebody is signed in, or was when they began to work. */
  isSeated: (): boolean => state.kind === 'in' || state.kind === 'lapsed',

  /** The token was refused although it seemed to hold. */
  forget(): void {
    token = null;
  },

  /** Resolves when somebody has signed in again. Nobody signed in before: never, the sign-in page is shown. */
  lapse(): Promise<void> {
    token = null;
    if (state.kind === 'in') become({ kind: 'lapsed', account: state.account });
    return new Promise((resolve) => waiting.push(resolve));
  },
};

/**
 * Somebody is signed in: here, or in another tab of this browser. Whoever it is, what stands on the page has to be
 * theirs.
 */
function settle(answer: SignedInResponse): void {
  token = { value: answer.accessToken, endsAt: Date.now() + answer.expiresIn * 1000 };
  const seated = state.kind === 'in' || state.kind === 'lapsed' ? state.account : null;
  if (seated && !isSameSeat(seated, answer.account)) {
    // Somebody else's work stands on the page: nothing of it may stay.
    sessionStorage.clear();
    window.location.assign('/');
    return;
  }
  if (state.kind !== 'in' || state.account.name !== answer.account.name) {
    become({ kind: 'in', account: answer.account });
  }
  const resumed = waiting;
  waiting = [];
  for (const resume of resumed) resume();
}

const isSameSeat = (a: AccountResponse, b: AccountResponse): boolean =>
  a.kind === b.kind && a.accountId === b.accountId && a.registrationId === b.registrationId;

/** One at a time, however many requests ask. @returns whether there is a session */
function refresh(): Promise<boolean> {
  refreshing ??= fetchToken().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function fetchToken(): Promise<boolean> {
  const response = await fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'x-renkei-request': '1' },
  }).catch(() => {
    throw Problem.unreachable();
  });
  if (response.status === 401) {
    token = null;
    return false;
  }
  if (!response.ok) throw new Problem((await response.json()) as ProblemBody, response.status);
  settle((await response.json()) as SignedInResponse);
  return true;
}
