import type { ReactNode } from 'react';
import type { CallListItemResponse } from '../../api/schema';
import { Hidden, Mailbox, When } from '../../ui/text';
import { outcomeText } from './words';

type MailStatus = CallListItemResponse['mails'][number]['status'];

const STATUS: Readonly<Record<MailStatus, string>> = {
  waiting: '送信待ち',
  sent: '送信済み',
  failed: '送れませんでした',
  bounced: '戻りました',
};

/** `メール4通（戻り2通）` */
export function mailsText({ mails }: Pick<CallListItemResponse, 'mails'>): string {
  if (mails.length === 0) return 'メールは送っていません';
  const lost = mails.filter(({ status }) => status === 'bounced' || status === 'failed').length;
  return `メール${mails.length}通${lost === 0 ? '' : `（うち${lost}通は届かず）`}`;
}

/** What was tried: mails in a line that unfolds, calls and letters with what came of them. */
export function Tried({ item }: { readonly item: CallListItemResponse }): ReactNode {
  const { mails, calls, lastConfirmedAt, municipality } = item;
  return (
    <>
      {mails.length === 0 ? (
        mailsText(item)
      ) : (
        <details className="fold-small">
          <summary>
            {mailsText(item)}
            <Hidden>（{municipality}）</Hidden>
          </summary>
          <ul className="bullets small">
            {mails.map(({ label, mailbox, queuedAt, status }) => (
              <li key={queuedAt + mailbox}>
                <When at={queuedAt} />　{label}　{STATUS[status]}
                <br />
                <Mailbox>{mailbox}</Mailbox>
              </li>
            ))}
          </ul>
        </details>
      )}
      {calls.map(({ way, outcome, note, at, byName }) => (
        <p key={at} className="mt-1">
          <When at={at} as="time" />　{way === 'letter' && '郵送　'}
          {outcomeText(way, outcome)}
          <span className="small quiet">　{byName}さん</span>
          {note && <span className="small block whitespace-pre-line">{note}</span>}
        </p>
      ))}
      <p className="small quiet mt-1">
        最後の確認　{lastConfirmedAt ? <When at={lastConfirmedAt} /> : '記録なし'}
      </p>
    </>
  );
}
