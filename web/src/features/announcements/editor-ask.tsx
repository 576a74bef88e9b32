import type { ReactNode } from 'react';
import { Button } from '../../ui/controls';

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
