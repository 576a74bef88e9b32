import { type ReactNode, useEffect, useRef } from 'react';
import type { Problem } from '../api/problem';
import { Button } from './controls';

const TONES = { key: '', warn: ' warn', bad: ' bad', ok: ' ok' } as const;

/** Something to know before going on. `live`: it came while one was here, and is read out. */
export function Notice({
  tone = 'key',
  title,
  live = false,
  className = '',
  children,
}: {
  readonly tone?: keyof typeof TONES;
  readonly title?: ReactNode;
  readonly live?: boolean;
  readonly className?: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className={`notice${TONES[tone]} ${className}`} role={live ? 'status' : undefined}>
      {title && <h2>{title}</h2>}
      {children}
    </div>
  );
}

/** Beside the button whose request failed, and brought into sight there. Nothing typed is lost. */
export function Failed({
  problem,
  retry,
}: {
  readonly problem: Problem | null;
  readonly retry?: () => void;
}): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Below a button at the end of the screen nobody would see it.
    if (problem !== null) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (problem === null) return null;
  return (
    <div className="notice bad mt-4" role="alert" ref={ref}>
      <p>{problem.message}</p>
      {retry && (
        <p>
          <Button size="s" onClick={retry}>
            もう一度送る
          </Button>
        </p>
      )}
    </div>
  );
}

export interface Mistake {
  /** Id of the input that it is about; null when it is about the whole. */
  readonly field: string | null;
  readonly message: string;
}

/** Above the heading: what has to be mended, each with the way to it. Takes the focus whenever it is told anew. */
export function ErrorSummary({ mistakes }: { readonly mistakes: readonly Mistake[] }): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (mistakes.length > 0) ref.current?.focus();
  }, [mistakes]);
  if (mistakes.length === 0) return null;
  return (
    <div className="notice bad mb-8" role="alert" tabIndex={-1} ref={ref} aria-labelledby="mistakes">
      <h2 id="mistakes">入力を確認してください（{mistakes.length}か所）</h2>
      <ul className="bullets">
        {mistakes.map(({ field, message }) => (
          <li key={`${field}${message}`}>
            {field === null ? (
              message
            ) : (
              <a
                href={`#${field}`}
                onClick={(event) => {
                  event.preventDefault();
                  const input = document.getElementById(field);
                  input?.focus();
                  input?.scrollIntoView({ block: 'center' });
                }}
              >
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
