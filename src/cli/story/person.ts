import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { TOTP } from 'otpauth';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly etag: string | null;
  readonly body: T;
}

export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string;
}

/** Something isn't as it should be. */
export class StoryError extends Error {}

export function expect(condition: unknown, what: string): asserts condition {
  if (!condition) throw new StoryError(what);
}

interface CallOptions {
  readonly body?: unknown;
  readonly ifMatch?: string | null;
  readonly idempotencyKey?: string;
}

const MAIL_PATIENCE_MS = 15_000;
/** How long a code of an authenticator app lasts. */
const STEP_MS = 30_000;

/** One person in front of a browser: keeps cookies and the access token, and speaks to the API alone. */
export class Person {
  private token: string | null = null;
  private readonly cookies = new Map<string, string>();
  /** Everybody has an address of their own, as behind the town halls' gateways (RFC 3849: for documentation). */
  private readonly address = `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`;

  constructor(
    private readonly base: string,
    readonly name: string,
  ) {}

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<Answer<T>> {
    const response = await reach(this.base, path.startsWith('/dev/') ? path : `/api/v1${path}`, {
      method,
      headers: {
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...(options.ifMatch && { 'if-match': options.ifMatch }),
        ...(options.idempotencyKey && { 'idempotency-key': options.idempotencyKey }),
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-renkei-request': '1',
        'x-forwarded-for': this.address,
      },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split('=');
      this.cookies.set(name, value);
    }
    const text = await response.text();
    return {
      status: response.status,
      etag: response.headers.get('etag'),
      body: (text ? JSON.parse(text) : {}) as T,
    };
  }

  /** Calls and expects a status. @throws StoryError with the problem that came instead */
  async must<T = Record<string, unknown>>(
    status: number,
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<Answer<T>> {
    const answer = await this.call<T>(method, path, options);
    expect(
      answer.status === status,
      `${this.name}: ${method} ${path} gave ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`,
    );
    return answer;
  }

  /** With a code of the authenticator app. Each counts once, so the next is taken where this one was used already. */
  async signInWithPassword(email: string, password: string, totpSecret: string): Promise<void> {
    const app = new TOTP({ secret: totpSecret });
    for (const ahead of [0, STEP_MS, 2 * STEP_MS]) {
      // The portal takes the code of one half minute to come.
      const now = Date.now();
      if (ahead > STEP_MS) await delay(STEP_MS - (now % STEP_MS) + 100);
      const totp = app.generate({ timestamp: now + ahead });
      if (await this.enter({ email, password, totp })) return;
    }
    throw new StoryError(`${email} can't sign in: is the demo's clock this machine's?`);
  }

  /** With a recovery code in place of the app's. */
  async signInWith(typed: {
    email: string;
    password: string;
    recoveryCode: string | undefined;
  }): Promise<void> {
    expect(await this.enter(typed), `${typed.email} can't sign in`);
  }

  private async enter(body: object): Promise<boolean> {
    const answer = await this.call<{ accessToken: string }>('POST', '/auth/password', { body });
    if (answer.status === 200) this.token = answer.body.accessToken;
    return answer.status === 200;
  }

  /** Asks for a code, reads it in the mailbox, and types it as it stands in the mail. */
  async signInByMail(email: string, registrationId?: string): Promise<Answer> {
    const since = new Date();
    const { body } = await this.must<{ challengeId: string }>(202, 'POST', '/auth/challenges', {
      body: { email },
    });
    const mail = await this.waitForMail(email, 'ログイン用コード', since);
    const signedIn = await this.must<{ accessToken: string }>(
      200,
      'POST',
      `/auth/challenges/${body.challengeId}/verify`,
      {
        body: { code: codeIn(mail), operatorName: this.name, ...(registrationId && { registrationId }) },
      },
    );
    this.token = signedIn.body.accessToken;
    return signedIn;
  }

  async mails(): Promise<Mail[]> {
    const response = await reach(this.base, '/dev/mailbox/messages');
    expect(response.ok, `the mailbox answers ${response.status}`);
    return (await response.json()) as Mail[];
  }

  /** @throws StoryError when no such mail has come in time */
  async waitForMail(to: string, subject: string, since: Date): Promise<Mail> {
    const deadline = Date.now() + MAIL_PATIENCE_MS;
    while (Date.now() < deadline) {
      const found = (await this.mails()).find(
        (mail) => mail.to === to && mail.subject.includes(subject) && new Date(mail.sentAt) >= since,
      );
      if (found) return found;
      await delay(100);
    }
    throw new StoryError(`no mail 「${subject}」 came to ${to}`);
  }
}

/** The number of a verification as it stands in its mail, to be typed with the code. */
export function numberIn(mail: Mail): string {
  const number = /番号　+([\d ]+)/.exec(mail.text)?.[1];
  expect(number, `there is no number in 「${mail.subject}」`);
  return number.replaceAll(' ', '');
}

/** The code as it stands in a mail, groups and all. */
export function codeIn(mail: Mail): string {
  const code = /(?:\d{4} )+\d{4}/.exec(mail.text)?.[0];
  expect(code, `there is no code in 「${mail.subject}」`);
  return code;
}

/** @throws StoryError when nothing answers there */
async function reach(base: string, path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(base + path, init);
  } catch {
    throw new StoryError(`no demo answers at ${base}: start it first, with the same PORT and DATA_DIR`);
  }
}
