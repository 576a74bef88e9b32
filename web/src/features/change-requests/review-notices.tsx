import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useAccount, useIsReviewer } from '../../api/hooks';
import type { ChangeRequestResponse } from '../../api/schema';
import { Button, ButtonLink } from '../../ui/controls';
import { Notice } from '../../ui/notice';
import { Mailbox, When } from '../../ui/text';
import { isOwn } from './review-facts';
import { LookedOver } from './review-look-over';
import { Undo } from './review-undo';

/** What was done just now. Takes the focus: the button that did it has gone. */
export function Done({
  text,
  next,
}: {
  readonly text: string;
  readonly next: { readonly id: string; readonly municipality: string } | null;
}): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.focus();
    window.scrollTo(0, 0);
  }, [text]);
  return (
    <div ref={ref} tabIndex={-1} className="notice ok mb-8">
      <p>{text}</p>
      {next && (
        <p className="mt-3">
          <ButtonLink size="s" main to={`/staff/review/${next.id}`}>
            次の変更届へ（{next.municipality}）
          </ButtonLink>
        </p>
      )}
    </div>
  );
}

/** How it ended, when and by whom; and the ways back from there. */
export function DecidedNotice({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  const reviewer = useIsReviewer();
  const [undoing, setUndoing] = useState(false);
  if (request.decidedAt === null) return null;
  const toLookOver = request.decidedByRule !== null && request.lookedOverAt === null;
  return (
    <Notice className="mt-6" title={request.statusLabel}>
      <p>
        <When at={request.decidedAt} as="time" />
        {request.decidedByRule === null
          ? `　${request.decidedByName ?? ''}`
          : `　規則（第${request.decidedByRule}版）により、すぐに反映しました。`}
        {request.lookedOverAt && (
          <>
            {'　'}
            事後確認済み（
            <When at={request.lookedOverAt} as="time" />）
          </>
        )}
      </p>
      {request.decisionReason && <p className="whitespace-pre-line">{request.decisionReason}</p>}
      {reviewer && request.appliedAt && (
        <div className="mt-3 flex flex-wrap gap-3">
          {toLookOver && <LookedOver id={request.id} about={request.municipality} />}
          <Button size="s" aria-expanded={undoing} onClick={() => setUndoing(!undoing)}>
            取り消す届出
          </Button>
        </div>
      )}
      {undoing && <Undo id={request.id} onClose={() => setUndoing(false)} />}
    </Notice>
  );
}

/** In place of the decision, where whoever reads can't take it. */
export function WhyNot({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  const account = useAccount();
  const reviewer = useIsReviewer();
  if (request.status === 'awaiting_verification') {
    const waiting = request.verifications.filter(({ verifiedAt }) => verifiedAt === null);
    return (
      <Because>
        新しいアドレス（
        {waiting.map(({ id, email }) => (
          <Mailbox key={id}>{email}</Mailbox>
        ))}
        ）で受信が確認されると、内容確認に進みます。
      </Because>
    );
  }
  if (request.status !== 'under_review') return null;
  if (isOwn(request, account))
    return <Because>あなたが出した変更届です。ほかの職員が内容を確認します。</Because>;
  if (!reviewer)
    return (
      <Because>
        反映と差戻しは、内容確認の担当者が行います。<Link to="/staff">今日の仕事へ戻る</Link>
      </Because>
    );
  return null;
}

const Because = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className="notice mt-8">
    <p>{children}</p>
  </div>
);
