import type { ReactNode } from 'react';

/** What is wider than a narrow screen, scrolled by itself. It takes the focus, so that keys scroll it, too. */
export function Scroll({
  label,
  className = '',
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling is what one does with it
    <div className={`scroll ${className}`} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
