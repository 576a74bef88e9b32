import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { useAccount, useIsReviewer } from '../../api/hooks';
import type { ChangeRequestResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { ErrorSummary, Notice } from '../../ui/notice';
import { useTitle } from '../../ui/page';
import { bundlesOf } from './review-bundles';
import { Compare } from './review-compare';
import { Decide, GiveBack } from './review-decide';
import { useChoice, useDecision } from './review-decision';
import { Comment, Facts, isOwn, Refused } from './review-facts';
import { KeyList, type KeyActions, useReviewKeys } from './review-keys';
import { MovedNotice } from './review-moved';
import { DecidedNotice, Done, WhyNot } from './review-notices';
import { hasMoved } from './review-queries';
import { TakeBack } from './review-take-back';
import { ThreeWay } from './review-three-way';

export interface DetailProps {
  readonly request: ChangeRequestResponse;
  /** The next one that waits, when this one is done with. */
  readonly next: { readonly id: string; readonly municipality: string } | null;
  readonly step: KeyActions['step'];
}

/** One change request: what it changes, and what becomes of it. Stands anew for each request. */
export function Detail({ request, next, step }: DetailProps): ReactNode {
  const kind = request.kind === 'handover' ? '引継ぎ' : '変更届';
  useTitle(`${request.municipality}の${kind} ${request.number} 内容確認`);
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusOnce(heading);
  const bundles = bundlesOf(request);
  const choice = useChoice(bundles);
  const [done, setDone] = useState<{ readonly text: string; readonly next: DetailProps['next'] } | null>(
    null,
  );
  const finish = (text: string): void => {
    setDone({ text, next });
    announce(text);
  };
  const decision = useDecision(request, bundles, choice, finish);
  const keys = useReviewKeys('detail', { step, toggle: choice.toggle });
  const moved = hasMoved(request);
  const decides = useMayDecide(request);
  const { proposed } = request;
  const primary = proposed.departments.find(({ id }) => id === proposed.primaryDepartmentId);
  return (
    <article>
      <div ref={keys.ref}>
        <ErrorSummary mistakes={decision.mistakes} />
        {done && <Done text={done.text} next={request.status === 'under_review' ? null : done.next} />}
        <p className="eyebrow">
          {kind}　受付番号 {request.number}
        </p>
        <h1 tabIndex={-1} ref={heading}>
          {request.municipality}　{primary?.name}
        </h1>
        <Facts request={request} />
        {!done && <DecidedNotice request={request} />}
        {decision.outdated && (
          <Notice tone="warn" title="最新の内容を表示しました" className="mt-6" live>
            <p>
              {decision.outdated.message}
              {decides && '入力は残っています。'}
            </p>
          </Notice>
        )}
        {moved && <MovedNotice request={request} />}
        <Comment text={request.comment} />
        {!(moved && decides) && (
          <Compare
            request={request}
            bundles={bundles}
            off={decides ? choice.off : new Set()}
            {...(decides && { onToggle: choice.toggle })}
          />
        )}
        {moved && decides && (
          <ThreeWay
            request={request}
            onDone={finish}
            beside={
              request.status === 'under_review' && (
                <GiveBack bundles={bundles} choice={choice} decision={decision} keys={false} />
              )
            }
          />
        )}
        <Refused request={request} />
      </div>
      <WhyNot request={request} />
      <TakeBack request={request} onDone={finish} />
      {decides && !moved && (
        <>
          <Decide request={request} bundles={bundles} choice={choice} decision={decision} keys={keys.on} />
          <KeyList on={keys.on} setOn={keys.setOn} />
        </>
      )}
    </article>
  );
}

function useMayDecide(request: ChangeRequestResponse): boolean {
  const account = useAccount();
  const reviewer = useIsReviewer();
  const waits = request.status === 'under_review' || hasMoved(request);
  return reviewer && waits && !isOwn(request, account);
}

/** The address at which the browser came in, and a step with a key from the list, move no focus. */
function useFocusOnce(ref: RefObject<HTMLHeadingElement | null>): void {
  const { key, state } = useLocation();
  useEffect(() => {
    const stay = (state as { readonly stay?: boolean } | null)?.stay === true;
    if (key === 'default' || stay) return;
    window.scrollTo(0, 0);
    ref.current?.focus({ preventScroll: true });
    // Once, when it has come.
  }, []);
}
