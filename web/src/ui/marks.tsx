import type { ReactNode } from 'react';
import { compare } from './compare';

/** One side of a comparison, with marks on what is only there. */
export function Marked({
  before,
  after,
  side,
}: {
  readonly before: string | null;
  readonly after: string | null;
  readonly side: 'before' | 'after';
}): ReactNode {
  const text = side === 'before' ? before : after;
  if (text === null || text === '') return <span className="quiet">登録なし</span>;
  const runs = compare(before ?? '', after ?? '');
  return (
    <span className="whitespace-pre-line">
      {runs.map(({ kind, text }, index) => {
        const key = `${index}${kind}`;
        if (kind === 'same') return <span key={key}>{text}</span>;
        if (kind === 'gone') return side === 'before' ? <del key={key}>{text}</del> : null;
        return side === 'after' ? <ins key={key}>{text}</ins> : null;
      })}
    </span>
  );
}
