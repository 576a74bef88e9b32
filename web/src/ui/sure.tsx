import { type ReactNode, useState } from 'react';
import type { Problem } from '../api/problem';
import { Button } from './controls';
import { Failed } from './notice';

/** Asks once more, on the page, before something that can't be taken back. */
export function Ask({
  children,
  sure,
  pending,
  pendingText,
  onSure,
  onNo,
}: {
  /** What will happen. */
  readonly children: ReactNode;
  /** The button that does it. */
  readonly sure: ReactNode;
  readonly pending: boolean;
  readonly pendingText?: string;
  readonly onSure: () => void;
  readonly onNo: () => void;
}): ReactNode {
  return (
    <div className="notice warn mt-4">
      {children}
      <div className="btns mt-3">
        <Button size="s" main pending={pending} onClick={onSure} {...(pendingText && { pendingText })}>
          {sure}
        </Button>
        <Button size="s" onClick={onNo}>
          やめる
        </Button>
      </div>
    </div>
  );
}

/** A section with one button for something that can't be taken back. */
export function Sure({
  id,
  heading,
  open,
  what,
  sure,
  pending,
  problem,
  onSure,
}: {
  readonly id: string;
  readonly heading: string;
  readonly open: string;
  readonly what: string;
  readonly sure: string;
  readonly pending: boolean;
  readonly problem: Problem | null;
  readonly onSure: () => void;
}): ReactNode {
  const [asked, setAsked] = useState(false);
  const no = (): void => {
    setAsked(false);
    document.getElementById(`${id}-open`)?.focus();
  };
  return (
    <section className="mt-12" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <Button
        id={`${id}-open`}
        size="m"
        className="mt-3"
        aria-expanded={asked}
        onClick={() => setAsked(!asked)}
      >
        {open}
      </Button>
      {asked && (
        <Ask sure={sure} pending={pending} onSure={onSure} onNo={no}>
          <p>{what}</p>
        </Ask>
      )}
      <Failed problem={problem} />
    </section>
  );
}
