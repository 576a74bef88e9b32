import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useReadsMail } from '../../api/hooks';
import type { AccountResponse, ChangeRequestResponse } from '../../api/schema';
import { dateWithEra, Mailbox, Tag, When } from '../../ui/text';

/** The office's own proposals carry their proposer's address, which members never see. */
export const isOwn = (request: ChangeRequestResponse, account: AccountResponse): boolean =>
  request.proposedByStaff && request.proposedByMailbox === account.email;

/** What one wants to know before reading the changes. */
export function Facts({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  const { registrationId } = request;
  const readsMail = useReadsMail();
  return (
    <>
      <dl className="facts small">
        <Fact name="変更届">
          <When at={request.submittedAt} as="time" />　{request.proposedByName}
          {request.proposedByStaff ? '（事務局）' : '（自己申告）'}
        </Fact>
        {request.proposedByMailbox && (
          <Fact name="届出に使ったアドレス">
            <Mailbox>{request.proposedByMailbox}</Mailbox>
          </Fact>
        )}
        {request.effectiveOn && <Fact name="引継ぎの日">{dateWithEra(request.effectiveOn)}</Fact>}
        {request.verifications.map(({ id, email, verifiedAt, expiresAt }) => (
          <Fact name="新しいアドレス" key={id}>
            <Mailbox>{email}</Mailbox>
            {'　'}
            {verifiedAt === null ? (
              <Tag tone="warn">
                コード確認なし（
                <When at={expiresAt} as="until" />
                まで）
              </Tag>
            ) : (
              <>
                <When at={verifiedAt} as="time" />
                にコードで確認
              </>
            )}
          </Fact>
        ))}
        <Fact name="元の登録">
          第{request.baseVersion}版
          {request.decidedAt === null &&
            (request.registrationVersion === request.baseVersion
              ? '（そのあとの変更はありません）'
              : `（いまは第${request.registrationVersion}版です）`)}
        </Fact>
        {request.status !== 'under_review' && <Fact name="状態">{request.statusLabel}</Fact>}
      </dl>
      <p className="small mt-1 flex flex-wrap gap-x-4">
        <Link className="py-0.5" to={`/staff/registrations/${registrationId}`}>
          {request.municipality}の登録と履歴
        </Link>
        {readsMail && (
          <Link className="py-0.5" to={`/staff/mail?registrationId=${registrationId}`}>
            送ったメール
          </Link>
        )}
        {request.undoesId && (
          <Link className="py-0.5" to={`/staff/review/${request.undoesId}`}>
            取り消す元の変更届
          </Link>
        )}
      </p>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What whoever sent it in wrote to the office. */
export function Comment({ text }: { readonly text: string | null }): ReactNode {
  if (text === null) return null;
  return (
    <section className="mt-6" aria-labelledby="comment">
      <h2 id="comment" className="text-base">
        届け出た方からのひとこと
      </h2>
      <p className="whitespace-pre-line">{text}</p>
    </section>
  );
}

/** What was not taken over, and why; also what was given up when the registration had moved. */
export function Refused({ request }: { readonly request: ChangeRequestResponse }): ReactNode {
  if (request.refused.length === 0) return null;
  return (
    <section className="mt-8" aria-labelledby="refused">
      <h2 id="refused">採用しなかった項目（{request.refused.length}件）</h2>
      <ul className="list mt-2 border-t-2">
        {request.refused.map(({ pointer, label, afterText, reason }) => (
          <li key={pointer}>
            <b>{label.replace('　', 'の')}</b>
            {afterText && <span className="whitespace-pre-line">{valueAfter(label, afterText)}</span>}
            <br />
            <span className="quiet whitespace-pre-line">{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A whole person's text begins with what the label says already. */
const valueAfter = (label: string, text: string): string =>
  text.startsWith(label) ? text.slice(label.length) : `：${text}`;
