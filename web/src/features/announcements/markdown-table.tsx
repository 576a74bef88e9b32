import { type ReactNode, useEffect, useRef, useState } from 'react';

/** How a table lies in its frame: all of it in sight, more to come on the right, or moved to its end. */
type Fit = 'whole' | 'more' | 'end';

/** A pixel may be lost in rounding. */
const SLACK_PX = 1;

const fitOf = ({ scrollWidth, clientWidth, scrollLeft }: HTMLElement): Fit => {
  const hidden = scrollWidth - clientWidth;
  if (hidden <= SLACK_PX) return 'whole';
  return hidden - scrollLeft > SLACK_PX ? 'more' : 'end';
};

/** On a phone it is moved sideways by itself, also with the keyboard; where it can be, it says so. */
export function Table({ children }: { readonly children: ReactNode }): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState<Fit>('whole');
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const look = (): void => setFit(fitOf(element));
    // Also of what is in it: words come in another font than they were first measured in.
    const observer = new ResizeObserver(look);
    for (const one of [element, ...element.children]) observer.observe(one);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  const moves = fit !== 'whole';
  return (
    <div>
      {moves && <p className="small quiet no-print mb-1">表は、横に動かしてご覧になれます。</p>}
      <div className={fit === 'more' ? 'table-room more-right' : 'table-room'}>
        <div
          className="table-frame"
          ref={frame}
          {...(moves && { role: 'region', 'aria-label': '表（横に動かせます）', tabIndex: 0 })}
        >
          <table>{children}</table>
        </div>
      </div>
    </div>
  );
}
