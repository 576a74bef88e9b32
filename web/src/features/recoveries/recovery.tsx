import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { useIsReviewer } from '../../api/hooks';
import type { RecoveryResponse } from '../../api/schema';
import { LoadedPage } from '../../ui/loaded-page';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Mailbox, When } from '../../ui/text';
import { NoteCall } from './note-call';
import { KINDS } from './recoveries';
import { Changes, Calls } from './recovery-records';
import { AgreeRecovery, DeclineRecovery } from './recovery-decisions';

/** One claim: where to call, what came of the calls, and who carries it out. */
export default function Recovery(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['recoveries', 'one', id],
    queryFn: () => ok(api.GET('/api/v1/recoveries/{id}', { params: { path: { id } } })),
    refetchOnWindowFocus: false,
  });
  return (
    <LoadedPage query={query}>
      {(found) => (
        <Page
          heading={`${found.municipality}の連絡先の回復`}
          title={`${found.municipality}の連絡先の回復`}
          eyebrow={`受付番号 ${found.number}`}
          above={
            <p className="back">
              <Link className="inline-block py-0.5" to="/staff/recoveries">
                連絡先の回復の一覧へ
              </Link>
            </p>
          }
        >
          <Content recovery={found} />
        </Page>
      )}
    </LoadedPage>
  );
}

function Content({ recovery }: { readonly recovery: RecoveryResponse }): ReactNode {
  const reviewer = useIsReviewer();
  const [done, setDone] = useState<string | null>(null);
  const open = recovery.status === 'awaiting_call' || recovery.status === 'awaiting_agreement';
  return (
    <>
      <Facts recovery={recovery} />
      {done && (
        <Notice tone="ok" className="mt-6" live>
          <p>{done}</p>
        </Notice>
      )}
      {recovery.decidedAt && (
        <Notice className="mt-6" title={recovery.statusLabel}>
          <p>
            <When at={recovery.decidedAt} as="time" />　{recovery.decidedByName}
          </p>
          {recovery.decisionReason && <p className="whitespace-pre-line">{recovery.decisionReason}</p>}
        </Notice>
      )}
      {recovery.registrationMoved && open && (
        <Notice tone="warn" title="申出のあとに、登録が変わりました" className="mt-6">
          <p>下の内容は、いまの登録に対するものです。別の方からの連絡で直っていないか、お確かめください。</p>
        </Notice>
      )}
      <Claim recovery={recovery} />
      <Changes changes={recovery.changes} />
      <Official recovery={recovery} />
      <Calls calls={recovery.calls} />
      {reviewer && open && (
        <div className="decide !grid-cols-1">
          {recovery.status === 'awaiting_call' ? (
            <NoteCall recovery={recovery} onDone={setDone} />
          ) : (
            <AgreeRecovery recovery={recovery} onDone={setDone} />
          )}
          <DeclineRecovery recovery={recovery} onDone={setDone} />
        </div>
      )}
    </>
  );
}

function Facts({ recovery }: { readonly recovery: RecoveryResponse }): ReactNode {
  return (
    <>
      <dl className="facts small">
        <div>
          <dt>申出</dt>
          <dd>
            <When at={recovery.claimedAt} as="time" />　{recovery.contact.name}
          </dd>
        </div>
        <div>
          <dt>内容</dt>
          <dd>{KINDS[recovery.kind]}</dd>
        </div>
        <div>
          <dt>状態</dt>
          <dd>{recovery.statusLabel}</dd>
        </div>
        {recovery.verifiedAt && (
          <div>
            <dt>新しいアドレス</dt>
            <dd>
              <When at={recovery.verifiedAt} as="time" />
              にコードで確認
            </dd>
          </div>
        )}
      </dl>
      <p className="small mt-1">
        <Link className="inline-block py-0.5" to={`/staff/registrations/${recovery.registrationId}`}>
          {recovery.municipality}の登録と履歴
        </Link>
      </p>
    </>
  );
}

function Claim({
  recovery: { department, contact, message },
}: {
  readonly recovery: RecoveryResponse;
}): ReactNode {
  return (
    <section className="mt-8" aria-labelledby="claim">
      <h2 id="claim">申出の内容</h2>
      <table className="sheet">
        <tbody>
          <tr>
            <th scope="row">部署</th>
            <td>{department.name}</td>
          </tr>
          <tr>
            <th scope="row">新しいアドレス</th>
            <td>
              <Mailbox>{department.email}</Mailbox>
            </td>
          </tr>
          <tr>
            <th scope="row">申し出た方</th>
            <td>
              {contact.name}
              {contact.kana && `（${contact.kana}）`}　{contact.title}
            </td>
          </tr>
          {message && (
            <tr>
              <th scope="row">ひとこと</th>
              <td className="whitespace-pre-line">{message}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

/** The number is looked up where the claim has no hand in it. */
function Official({
  recovery: { official, registeredMainPhone },
}: {
  readonly recovery: RecoveryResponse;
}): ReactNode {
  return (
    <section className="mt-8" aria-labelledby="official">
      <h2 id="official">電話をかける番号の調べ方</h2>
      <p className="mt-2">
        自治体の公式サイトで代表電話を調べて、かけてください。申出に書かれた番号にはかけないでください。
      </p>
      <table className="sheet">
        <tbody>
          <tr>
            <th scope="row">公式サイト</th>
            <td>
              {official.website ? (
                <a href={official.website} target="_blank" rel="noreferrer">
                  {official.website}（新しいタブで開きます）
                </a>
              ) : (
                '記録がありません。検索して、ドメイン（.lg.jp など）をお確かめください。'
              )}
            </td>
          </tr>
          {official.officeAddress && (
            <tr>
              <th scope="row">役所の所在地</th>
              <td>
                {official.officePostalCode && `〒${official.officePostalCode}　`}
                {official.officeAddress}
              </td>
            </tr>
          )}
          <tr>
            <th scope="row">登録の代表電話</th>
            <td>
              <span className="num">{registeredMainPhone}</span>
              <span className="note">公式サイトの番号と見比べるためのものです。</span>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
