import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { When } from '../../ui/text';
import { ownRequestsQuery } from './queries';

/** What a municipality is asked to do, beside the question; and what the office is doing. */
export function WaitingRequests({
  registrationId,
  others,
  children,
}: {
  readonly registrationId: string;
  /** How many other things wait; null while nobody knows. */
  readonly others: number | null;
  /** They, as list items. One item may stand for several. */
  readonly children?: ReactNode;
}): ReactNode {
  const requests = useQuery(ownRequestsQuery(registrationId));
  const items = requests.data?.items ?? [];
  const asked = items.filter(({ status }) => status === 'awaiting_verification' || status === 'returned');
  const running = items.filter(({ status }) => status === 'under_review' || status === 'scheduled');
  // Nothing is said to be all until everything is known.
  const count = requests.isPending || others === null ? null : asked.length + others;
  return (
    <>
      <section aria-labelledby="waiting">
        <h2 id="waiting">お願いしていること{count !== null && `（${count}件）`}</h2>
        <ul className="list">
          {asked.map(({ id, number, status, expiresAt }) => (
            <li key={id}>
              <Link to={`/change-requests/${id}`}>
                {status === 'returned'
                  ? `変更届 ${number} を直して、もう一度届け出る`
                  : `変更届 ${number} の新しいアドレスの確認`}
              </Link>
              {expiresAt && (
                <p className="meta">
                  <span>
                    <When at={expiresAt} as="until" />
                    まで
                  </span>
                </p>
              )}
            </li>
          ))}
          {children}
          {count === 0 && <li className="quiet">いまはありません。</li>}
        </ul>
      </section>
      {running.length > 0 && (
        <section aria-labelledby="running">
          <h2 id="running">手続き中の変更届</h2>
          <ul className="list">
            {running.map(({ id, number, statusLabel, effectiveOn, submittedAt }) => (
              <li key={id}>
                <Link to={`/change-requests/${id}`}>変更届 {number}</Link>
                <p className="meta">
                  <span>{statusLabel}</span>
                  <span>
                    {effectiveOn ? (
                      <>
                        <When at={effectiveOn} />
                        から
                      </>
                    ) : (
                      <>
                        <When at={submittedAt} />
                        に届出
                      </>
                    )}
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
