import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { ApplicationResponse } from '../../api/schema';
import { LoadedPage } from '../../ui/loaded-page';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Mailbox, Tag, When } from '../../ui/text';
import { DecideApplication } from './decide-application';

type Proposed = ApplicationResponse['proposed'];

export const applicationQuery = (id: string) => ({
  queryKey: ['applications', 'one', id],
  queryFn: () => ok(api.GET('/api/v1/applications/{id}', { params: { path: { id } } })),
  refetchOnWindowFocus: false,
});

/** One application: what it proposes, and whether the municipality joins. */
export function Application({
  sheet,
}: {
  /** Draws the registration as it is to be. */
  readonly sheet: (proposed: Proposed) => ReactNode;
}): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery(applicationQuery(id));
  return (
    <LoadedPage query={query}>
      {(found) => (
        <Page
          heading={`${found.municipality}の登録の申込み`}
          title={`${found.municipality}の登録の申込み`}
          eyebrow={`受付番号 ${found.number}`}
          above={
            <p className="back">
              <Link className="inline-block py-0.5" to="/staff/applications">
                登録の申込みの一覧へ
              </Link>
            </p>
          }
        >
          <Content application={found} sheet={sheet} />
        </Page>
      )}
    </LoadedPage>
  );
}

function Content({
  application,
  sheet,
}: {
  readonly application: ApplicationResponse;
  readonly sheet: (proposed: Proposed) => ReactNode;
}): ReactNode {
  const [done, setDone] = useState<string | null>(null);
  return (
    <>
      <Facts application={application} />
      {done && (
        <Notice tone="ok" className="mt-6" live>
          <p>{done}</p>
        </Notice>
      )}
      <Result application={application} />
      {application.endedRegistrationId && application.status === 'under_review' && (
        <Notice tone="warn" className="mt-6">
          <p>
            以前に登録されていた自治体です。登録すると、
            <Link to={`/staff/registrations/${application.endedRegistrationId}`}>以前の登録</Link>
            が履歴とともに戻ります。
          </p>
        </Notice>
      )}
      {application.comment && (
        <section className="mt-6" aria-labelledby="comment">
          <h2 id="comment" className="text-base">
            申し込んだ方からのひとこと
          </h2>
          <p className="whitespace-pre-line">{application.comment}</p>
        </section>
      )}
      {sheet(application.proposed)}
      {application.status === 'under_review' && (
        <DecideApplication application={application} onDone={setDone} />
      )}
    </>
  );
}

function Facts({ application }: { readonly application: ApplicationResponse }): ReactNode {
  return (
    <dl className="facts small">
      <div>
        <dt>申込み</dt>
        <dd>
          <When at={application.submittedAt} as="time" />　{application.applicantName}
        </dd>
      </div>
      <div>
        <dt>状態</dt>
        <dd>{application.statusLabel}</dd>
      </div>
      {application.verifications.map(({ id, email, verifiedAt }) => (
        <div key={id}>
          <dt>アドレス</dt>
          <dd>
            <Mailbox>{email}</Mailbox>
            {'　'}
            {verifiedAt ? (
              <>
                <When at={verifiedAt} as="time" />
                にコードで確認
              </>
            ) : (
              <Tag tone="warn">コード確認なし</Tag>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Result({ application }: { readonly application: ApplicationResponse }): ReactNode {
  if (!application.decidedAt) return null;
  return (
    <Notice className="mt-6" title={application.statusLabel}>
      <p>
        <When at={application.decidedAt} as="time" />　{application.decidedByName}
      </p>
      {application.decisionReason && <p className="whitespace-pre-line">{application.decisionReason}</p>}
      {application.registrationId && (
        <p>
          <Link to={`/staff/registrations/${application.registrationId}`}>登録を見る</Link>
        </p>
      )}
    </Notice>
  );
}
