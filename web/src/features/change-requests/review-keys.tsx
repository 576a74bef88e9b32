import { type ReactNode, type RefCallback, useCallback, useRef, useState } from 'react';
import { Button } from '../../ui/controls';

/** Somebody who dictates or uses a switch turns the keys off (WCAG 2.1.4), until they sign out. */
const STORED = 'renkei.review-keys';

const LIST: readonly (readonly [readonly string[], string])[] = [
  [['j', 'k'], '次・前の変更届'],
  [['x'], '採用する・しない'],
  [['a'], '反映の欄へ'],
  [['r'], '差し戻しの欄へ'],
  [['?'], 'この一覧へ'],
];

export interface KeyActions {
  readonly step: (by: 1 | -1, from: 'list' | 'detail') => void;
  readonly toggle: (bundle: string) => void;
}

const isOn = (): boolean => localStorage.getItem(STORED) !== 'off';

/** @param from where the focus has to be for the keys to do something */
export function useReviewKeys(
  from: 'list' | 'detail',
  actions: KeyActions,
): {
  readonly on: boolean;
  readonly setOn: (on: boolean) => void;
  /** For the element around what the keys are for. */
  readonly ref: RefCallback<HTMLElement>;
} {
  const [on, setState] = useState(isOn);
  const setOn = (next: boolean): void => {
    localStorage.setItem(STORED, next ? 'on' : 'off');
    setState(next);
  };
  const latest = useRef(actions);
  latest.current = actions;
  const ref = useCallback(
    (element: HTMLElement | null) => {
      const listen = (event: KeyboardEvent): void => {
        const { target } = event;
        if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
        if (!(target instanceof HTMLElement) || isTyping(target)) return;
        if (act(event.key, target, from, latest.current)) event.preventDefault();
      };
      element?.addEventListener('keydown', listen);
      return () => element?.removeEventListener('keydown', listen);
    },
    [from],
  );
  return { on, setOn, ref };
}

const isTyping = (target: HTMLElement): boolean =>
  target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])');

/** Moves the focus or marks a choice; nothing is sent by a single key. @returns whether it was one of ours */
function act(key: string, target: HTMLElement, from: 'list' | 'detail', actions: KeyActions): boolean {
  const bundle = target.dataset['bundle'];
  if (key === 'j' || key === 'k') actions.step(key === 'j' ? 1 : -1, from);
  else if (key === 'x' && bundle !== undefined) actions.toggle(bundle);
  else if (key === 'a') focusOn('take-over');
  else if (key === 'r') focusOn('give-back');
  else if (key === '?') focusOn('keys');
  else return false;
  return true;
}

function focusOn(id: string): void {
  const section = document.getElementById(id);
  section?.focus();
  section?.scrollIntoView({ block: 'nearest' });
}

/** What the keys do, and the way to do without; not shown where there is no keyboard. */
export function KeyList({
  on,
  setOn,
}: {
  readonly on: boolean;
  readonly setOn: (on: boolean) => void;
}): ReactNode {
  return (
    <div className="keys" id="keys" tabIndex={-1} role="group" aria-label="キー操作">
      <span>キー操作</span>
      {on ? (
        LIST.map(([keys, text]) => (
          <span key={text}>
            {keys.map((key) => (
              <span key={key}>
                <kbd>{key}</kbd>{' '}
              </span>
            ))}
            {text}
          </span>
        ))
      ) : (
        <span>使わない設定です</span>
      )}
      <Button plain size="s" className="ml-auto" onClick={() => setOn(!on)}>
        {on ? 'キー操作を使わない' : 'キー操作を使う'}
      </Button>
    </div>
  );
}
