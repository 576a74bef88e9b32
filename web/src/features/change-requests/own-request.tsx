import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { ChangeRequestResponse } from '../../api/schema';
import { ButtonLink } from '../../ui/controls';
import { LoadedPage } from '../../ui/loaded-page';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { dateWithEra, formatDateJa, When } from '../../ui/text';
import { ChangesInWords } from './changes-in-words';
import { EnterCodes } from './own-codes';
import { Rebase } from './own-rebase';
import { requestQuery } from './queries';
import { TakeBack } from './own-withdrawal';

/** One change request as the municipality sees it: where it stands, what happens next, and what it says. */
export default function OwnRequest(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery(requestQuery(id));
  return <LoadedPage query={query}>{(request) => <Request request={request} />}</LoadedPage>;
}

function Request({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  const queries = useQueryClient();
  const [search] = useSearchParams();
  const justSent = search.has('sent');
  const replace = (next: ChangeRequestResponse): void => {
    queries.setQueryData(requestQuery(request.id).queryKey, next);
    void queries.invalidateQueries({ queryKey: ['change-requests', 'of'] });
    void queries.invalidateQueries({ queryKey: ['registrations'] });
  };
  const moved = isOpen(request) && request.baseVersion !== request.registrationVersion;
  return (
    <Page
      eyebrow={`変更届 ${request.number}`}
      heading={headingOf(request, justSent)}
      title={`変更届 ${request.number}`}
      lead={<Lead request={request} />}
      above={
        <p className="back">
          <Link to="/change-requests">変更届の状況</Link>
        </p>
      }
    >
      {request.decisionReason && (
        <Notice
          tone={request.status === 'returned' ? 'warn' : 'key'}
          title={request.status === 'returned' ? '事務局からのお願い' : '事務局からのひとこと'}
          className="mt-6"
        >
          <p className="whitespace-pre-line">{request.decisionReason}</p>
        </Notice>
      )}
      {moved && <Rebase request={request} onDone={replace} />}
      {!moved && <EnterCodes request={request} onDone={replace} />}
      {request.status === 'returned' && !moved && (
        <div className="btns mt-8">
          <ButtonLink
            main
            to={
              request.kind === 'handover'
                ? `/registration/handover?again=${request.id}`
                : `/change-requests/${request.id}/edit`
            }
          >
            直して、もう一度届け出る
          </ButtonLink>
        </div>
      )}
      <Refused request={request} />
      <section className="mt-12">
        <h2>{request.appliedAt ? '反映された内容' : '届け出た内容'}</h2>
        <ChangesInWords
          done={request.appliedAt !== null}
          changes={request.changes.filter(({ decision }) => decision !== 'refused')}
          words={
            request.appliedAt
              ? { before: '変更前', after: '変更後' }
              : { before: 'いまの登録', after: '変更後' }
          }
        />
        <Facts request={request} />
      </section>
      <TakeBack request={request} onDone={replace} />
    </Page>
  );
}

const isOpen = ({ status }: ChangeRequestResponse): boolean =>
  ['awaiting_verification', 'under_review', 'returned'].includes(status);

function headingOf({ status, effectiveOn }: ChangeRequestResponse, justSent: boolean): ReactNode {
  switch (status) {
    case 'awaiting_verification':
      return (
        <>
          {justSent && (
            <>
              届出を受け付けました。
              <br />
            </>
          )}
          新しいアドレスのコードを入力してください
        </>
      );
    case 'under_review':
      return justSent ? '届出を受け付けました' : '事務局が内容を確認しています';
    case 'scheduled':
      return effectiveOn ? `${formatDateJa(effectiveOn)}に反映されます` : '反映の日を待っています';
    case 'approved':
      return justSent ? '登録に反映しました' : '登録に反映されました';
    case 'partly_approved':
      return '一部を登録に反映しました';
    case 'returned':
      return '直していただきたいところがあります';
    case 'withdrawn':
      return 'この変更届は取り下げられました';
    default:
      return 'この変更届は期限を過ぎて取り消されました';
  }
}

function Lead({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  switch (request.status) {
    case 'awaiting_verification':
      return (
        <>
          新しいアドレスに、8桁のコードをお送りしました。
          {request.expiresAt && (
            <>
              <When at={request.expiresAt} as="until" />
              までに入力してください。
            </>
          )}
          それまでは、いまの登録のままです。
        </>
      );
    case 'under_review':
      return '結果は、登録されているアドレスにメールでお知らせします。それまでは、いまの登録のままです。';
    case 'scheduled':
      return '内容の確認は終わっています。その日までは、いまの担当者の登録のままです。';
    case 'approved':
      return request.decidedByRule === null
        ? '届け出た内容は、すべて登録に反映されました。'
        : '氏名や職名などの変更だけでしたので、内容確認を待たずに反映しました。';
    case 'partly_approved':
      return '反映されなかった項目と理由を、下に書いています。';
    case 'returned':
      return (
        <>
          {request.expiresAt && (
            <>
              <When at={request.expiresAt} as="until" />
              までに、直してもう一度届け出てください。
            </>
          )}
          いまの登録は変わっていません。
        </>
      );
    default:
      return 'いまの登録は変わっていません。';
  }
}

function Refused({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  if (request.refused.length === 0) return null;
  return (
    <section className="mt-8">
      <h2>反映されなかった項目</h2>
      <ol className="changes">
        {request.refused.map(({ pointer, label, afterText, reason }) => (
          <li key={pointer}>
            <p className="said">{label}</p>
            <dl className="pair">
              <div>
                <dt>届出の内容</dt>
                <dd className="whitespace-pre-line">{afterText ?? '登録から外す'}</dd>
              </div>
              <div>
                <dt>理由</dt>
                <dd className="whitespace-pre-line">{reason}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ol>
      <p className="mt-4">
        <ButtonLink size="m" to="/registration/edit">
          登録を修正して、もう一度届け出る
        </ButtonLink>
      </p>
    </section>
  );
}

function Facts({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  const rows: [string, ReactNode][] = [
    ['受付番号', request.number],
    ['届け出た方', request.proposedByName],
    ['届け出た日時', <When at={request.submittedAt} as="time" key="at" />],
    ...(request.effectiveOn ? [['引継ぎの日', dateWithEra(request.effectiveOn)] as [string, ReactNode]] : []),
    ...(request.decidedAt
      ? [
          ['結果が決まった日時', <When at={request.decidedAt} as="time" key="decided" />] as [
            string,
            ReactNode,
          ],
        ]
      : []),
    ...(request.comment
      ? [
          [
            'ひとこと',
            <span className="whitespace-pre-line" key="comment">
              {request.comment}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
  ];
  return (
    <table className="sheet mt-6">
      <caption className="sr-only">変更届について</caption>
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
