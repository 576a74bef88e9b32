import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

const SITE = '特別区全国連携プロジェクト 会員用ホームページ';

interface PageProps {
  /** The h1, and the first part of the window's title unless that is given. */
  readonly heading: ReactNode;
  /** Of the window: says what the page is, in a row of tabs. */
  readonly title: string;
  readonly eyebrow?: ReactNode;
  readonly lead?: ReactNode;
  /** Stands above the heading: the way back, an error summary. */
  readonly above?: ReactNode;
  /** `text`: one column to read; `narrow`: a form alone; `full`: tables. */
  readonly width?: 'text' | 'narrow' | 'full';
  readonly children: ReactNode;
}

/** A page with its heading, which takes the focus when one comes here from another page. */
export function Page({
  heading,
  title,
  eyebrow,
  lead,
  above,
  width = 'text',
  children,
}: PageProps): ReactNode {
  const headingRef = useHeadingFocus();
  useTitle(title);
  const column = { text: 'text-col', narrow: 'narrow', full: '' }[width];
  return (
    <div className="wrap">
      <div className={column}>
        {above}
        {eyebrow && <p className="eyebrow">{eyebrow}</p>}
        <h1 tabIndex={-1} ref={headingRef}>
          {heading}
        </h1>
        {lead && <p className="lead">{lead}</p>}
        {children}
      </div>
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    const former = document.title;
    document.title = `${title} | ${SITE}`;
    return () => {
      document.title = former;
    };
  }, [title]);
}

/** On the first page of a visit, focus stays where the browser puts it. */
let arrived = false;

export function useHeadingFocus(): React.RefObject<HTMLHeadingElement | null> {
  const ref = useRef<HTMLHeadingElement>(null);
  const { pathname, hash } = useLocation();
  useEffect(() => {
    if (!arrived) {
      arrived = true;
      return;
    }
    if (hash !== '') {
      const target = document.getElementById(hash.slice(1));
      target?.scrollIntoView();
      target?.focus();
      if (target) return;
    }
    window.scrollTo(0, 0);
    ref.current?.focus({ preventScroll: true });
    // A change of the search alone (a filter) moves nobody.
  }, [pathname, hash]);
  return ref;
}

/** What was done is said below the heading; whoever did it far down is brought there. */
export function backToHeading(): void {
  window.scrollTo(0, 0);
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

/**
 * The heading of a screen that comes in place of another at the same address, such as the second step of a form. It
 * takes the focus. With `arriving` it is the address's first, and does so only for whoever comes from another page.
 */
export function StepTitle({
  lead,
  arriving = false,
  children,
}: {
  readonly lead?: ReactNode;
  readonly arriving?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const ref = useHeadingFocus();
  useEffect(() => {
    if (arriving) return;
    window.scrollTo(0, 0);
    ref.current?.focus({ preventScroll: true });
    // Once, when it has come.
  }, []);
  return (
    <>
      <h1 tabIndex={-1} ref={ref}>
        {children}
      </h1>
      {lead && <p className="lead">{lead}</p>}
    </>
  );
}
