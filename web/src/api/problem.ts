/** An answer of the API that isn't the one hoped for (RFC 9457), or none at all. */
export interface FieldError {
  /** JSON Pointer into what was sent, with ids for departments and contacts. */
  readonly pointer: string;
  readonly code: string;
  /** Japanese, for a person. */
  readonly message: string;
}

export interface ProblemBody {
  readonly title?: string;
  readonly status?: number;
  readonly code?: string;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

export class Problem extends Error {
  readonly code: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly errors: readonly FieldError[];
  /** What else the answer says, such as `choices`. */
  readonly body: ProblemBody;
  /** Seconds until another try may do; null where the answer doesn't say. */
  readonly retryAfter: number | null;

  constructor(body: ProblemBody, status: number, retryAfter: number | null = null) {
    super(body.title ?? 'うまくいきませんでした。しばらくしてから、もう一度お試しください。');
    this.code = body.code ?? 'unexpected';
    this.status = status;
    this.errors = body.errors ?? [];
    this.body = body;
    this.retryAfter = retryAfter;
  }

  static unreachable(): Problem {
    return new Problem(
      {
        title: '送信できませんでした。通信の状態をお確かめください。入力は残っています。',
        code: 'unreachable',
      },
      0,
    );
  }

  is(...codes: readonly string[]): boolean {
    return codes.includes(this.code);
  }
}

/** @returns the problem that was thrown; whatever else was thrown is a fault of the page and stays one */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem({ code: 'unexpected' }, 500);
}

/** What an address was to name isn't there: it never was, it is for others, or the address was cut on its way here. */
export const namesNothing = ({ status }: Problem): boolean => status === 404 || status === 400;
