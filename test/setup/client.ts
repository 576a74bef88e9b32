import { randomBytes } from 'node:crypto';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** @returns a network that nobody else calls from (RFC 3849: for documentation) */
export const somewhere = (): string =>
  `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`;

export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it stands, for bodies that no JSON serialiser makes. JSON unless the headers say otherwise. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly ifMatch?: string | number;
  readonly headers?: Record<string, string>;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly etag: string | undefined;
  readonly headers: Headers;
}

/** A problem as tests read it. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly errors?: { pointer: string; code: string; message: string }[];
  readonly [extension: string]: unknown;
}

/** Somebody who calls the portal: remembers cookies, shows the access token. */
export class Client {
  token: string | null = null;
  /** Where it calls from, as a proxy would say. */
  network = somewhere();
  readonly cookies = new Map<string, string>();

  constructor(private readonly portal: { readonly origin: string }) {}

  async call<T = Problem>(method: Method, path: string, options: CallOptions = {}): Promise<Answer<T>> {
    const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(
      this.portal.origin + (/^\/(api|health|dev)/.test(path) ? path : `/api/v1${path}`),
      {
        method,
        headers: {
          ...this.headers(options),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(body !== undefined && { body }),
      },
    );
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    const text = await response.text();
    return {
      status: response.status,
      body: (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as T,
      etag: response.headers.get('etag') ?? undefined,
      headers: response.headers,
    };
  }

  private headers({ ifMatch }: CallOptions): Record<string, string> {
    return {
      'x-forwarded-for': this.network,
      ...(this.token && { authorization: `Bearer ${this.token}` }),
      ...(ifMatch !== undefined && { 'if-match': typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch }),
      ...(this.cookies.size > 0 && {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      }),
    };
  }

  get = <T = Problem>(path: string, options?: CallOptions): Promise<Answer<T>> =>
    this.call<T>('GET', path, options);
  post = <T = Problem>(path: string, options?: CallOptions): Promise<Answer<T>> =>
    this.call<T>('POST', path, options);
  patch = <T = Problem>(path: string, options?: CallOptions): Promise<Answer<T>> =>
    this.call<T>('PATCH', path, options);
  delete = <T = Problem>(path: string, options?: CallOptions): Promise<Answer<T>> =>
    this.call<T>('DELETE', path, options);
  put = <T = Problem>(path: string, options?: CallOptions): Promise<Answer<T>> =>
    this.call<T>('PUT', path, options);
}
