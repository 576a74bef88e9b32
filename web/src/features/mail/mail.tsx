import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { MailResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { LoadedPage } from '../../ui/loaded-page';
import { Failed, Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Mailbox, Tag, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { statusText, statusTone } from './mail-words';

const mailQuery = (id: string) => ({
  queryKey: ['mails', 'one', id],
  queryFn: () => ok(api.GET('/api/v1/mail/messages/{id}', { params: { path: { id } } })),
});

/** One mail as it went out, and each try to send it. */
export default function Mail(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery(mailQuery(id));
  return (
    <LoadedPage query={query}>
      {(found) => (
        <Page
          heading={found.subject}
          title={`${found.kindLabel} 送信メール`}
          eyebrow={found.kindLabel}
          above={
            <p className="back">
              <Link className="inline-block py-0.5" to="/staff/mail">
                送信メールの一覧へ
              </Link>
            </p>
          }
        >
          <Content mail={found} />
        </Page>
      )}
    </LoadedPage>
  );
}

function Content({ mail }: { readonly mail: MailResponse }): ReactNode {
  return (
    <>
      <table className="sheet">
        <tbody>
          <tr>
            <th scope="row">宛先</th>
            <td>
              <Mailbox>{mail.recipient}</Mailbox>
            </td>
          </tr>
          {mail.about.map(({ registrationId, municipality }) => (
            <tr key={registrationId}>
              <th scope="row">自治体</th>
              <td>
                <Link to={`/staff/registrations/${registrationId}`}>{municipality}</Link>
                {'　'}
                <Link to={`/staff/mail?registrationId=${registrationId}`}>送ったメール</Link>
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">状態</th>
            <td>
              <Tag tone={statusTone(mail.status)}>{statusText(mail.status)}</Tag>
              <span className="note">
                受付{'　'}
                <When at={mail.queuedAt} as="time" />
                {mail.sentAt && (
                  <>
                    {'　'}送信{'　'}
                    <When at={mail.sentAt} as="time" />
                  </>
                )}
              </span>
              {mail.lastError && <span className="note">サーバーの答え　{mail.lastError}</span>}
            </td>
          </tr>
        </tbody>
      </table>
      <Retry mail={mail} />
      <section className="mt-8" aria-labelledby="body">
        <h2 id="body">本文</h2>
        <p className="box mt-3 whitespace-pre-wrap">{mail.body}</p>
        <p className="hint mt-2">コードは送るときに作られ、ここには残りません。</p>
      </section>
      <Tries mail={mail} />
    </>
  );
}

function Retry({ mail }: { readonly mail: MailResponse }): ReactNode {
  const client = useQueryClient();
  const [done, setDone] = useState(false);
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/mail/messages/{id}/retry', { params: { path: { id: mail.id } } })),
  );
  const retry = async (): Promise<void> => {
    const answer = await send();
    await client.invalidateQueries({ queryKey: ['mails'] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    if (answer) setDone(true);
  };
  return (
    <>
      {mail.mayRetry && (
        <div className="btns mt-6">
          <Button size="m" main pending={pending} onClick={() => void retry()}>
            もう一度送る
          </Button>
        </div>
      )}
      {done && (
        <Notice tone="ok" className="mt-6" live>
          <p>もう一度送ります。数分後に、結果をお確かめください。</p>
        </Notice>
      )}
      <Failed problem={problem} />
    </>
  );
}

const OUTCOMES = {
  sent: '送信しました',
  deferred: 'あとでもう一度送ります',
  failed: '送れませんでした',
} as const;

function Tries({ mail }: { readonly mail: MailResponse }): ReactNode {
  return (
    <section className="mt-8" aria-labelledby="tries">
      <h2 id="tries">送信の記録（{mail.tries.length}回）</h2>
      {mail.tries.length === 0 ? (
        <p className="mt-2">まだ送っていません。</p>
      ) : (
        <ol className="list mt-2 border-t-2">
          {mail.tries.map(({ attempt, startedAt, outcome, response }) => (
            <li key={attempt}>
              <p className="meta">
                <span>{attempt}回目</span>
                <When at={startedAt} as="time" />
                <span>{outcome === null ? '結果は分かっていません' : OUTCOMES[outcome]}</span>
              </p>
              {response && <p className="small">{response}</p>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
