import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAccount } from '../../api/hooks';
import type { ChangeRequestSummaryResponse } from '../../api/schema';
import { Loaded } from '../../ui/loaded';
import { Page } from '../../ui/page';
import { Tag, When } from '../../ui/text';
import { ownRequestsQuery } from './queries';

/** 変更届の状況: what was sent, newest first, and what each waits for. */
export default function OwnRequests(): ReactNode {
  const account = useAccount();
  const query = useQuery(ownRequestsQuery(account.registrationId as string));
  return (
    <Page heading="変更届の状況" title="変更届の状況" eyebrow={account.municipality}>
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <Empty /> : <List requests={items} />)}
      </Loaded>
    </Page>
  );
}

const Empty = (): ReactNode => (
  <>
    <p className="lead">まだ変更届はありません。</p>
    <p className="mt-4">
      登録に変わったところがあれば、<Link to="/registration/edit">登録を修正</Link>してください。
    </p>
  </>
);

const TONES: Readonly<Record<string, 'plain' | 'warn' | 'ok' | 'key'>> = {
  awaiting_verification: 'warn',
  returned: 'warn',
  under_review: 'key',
  scheduled: 'key',
  approved: 'ok',
  partly_approved: 'ok',
};

/** What the clerk has to do, where it is their turn. */
const TURN: Readonly<Record<string, string>> = {
  awaiting_verification: '新しいアドレスに届いたコードを入力してください。',
  returned: '事務局からのお願いを読んで、直してください。',
};

function List({ requests }: { readonly requests: readonly ChangeRequestSummaryResponse[] }): ReactNode {
  return (
    <ul className="list mt-6 border-t-2">
      {requests.map(
        ({
          id,
          number,
          status,
          statusLabel,
          submittedAt,
          labels,
          kind,
          effectiveOn,
          expiresAt,
          proposedByName,
        }) => (
          <li key={id}>
            <p className="meta">
              <When at={submittedAt} />
              <span>{proposedByName}</span>
              <Tag tone={TONES[status] ?? 'plain'}>{statusLabel}</Tag>
            </p>
            <p>
              <Link to={`/change-requests/${id}`}>
                {number}　{kind === 'handover' ? '引継ぎ' : summarize(labels)}
              </Link>
            </p>
            {effectiveOn && status === 'scheduled' && (
              <p className="small quiet">
                <When at={effectiveOn} />
                に反映されます。
              </p>
            )}
            {TURN[status] && (
              <p className="small">
                {TURN[status]}
                {expiresAt && (
                  <>
                    <When at={expiresAt} as="until" />
                    を過ぎると、取り消されます。
                  </>
                )}
              </p>
            )}
          </li>
        ),
      )}
    </ul>
  );
}

const summarize = ([first = '変更', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} ほか${others.length}か所`;
