import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useIsAdmin, useIsReviewer, useReadsMail } from '../../api/hooks';
import type { RegistrationResponse } from '../../api/schema';
import { LoadedPage } from '../../ui/loaded-page';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Tag, When } from '../../ui/text';
import { registrationQuery } from './queries';
import { Sheet } from './sheet';
import { ByPhone } from './staff-by-phone';
import { History } from './staff-history';
import { Requests } from './staff-requests';
import { Withdraw } from './staff-withdraw';

/** One registration as the office sees it: what is registered, how old it is, and how it came to be. */
export default function Registration(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery(registrationQuery(id));
  return (
    <LoadedPage query={query}>
      {(found) => {
        const name = `${found.prefecture}${found.municipality}`;
        return (
          <Page
            heading={name}
            title={`${name}の登録`}
            eyebrow={`団体コード ${found.municipalityCode}`}
            width="full"
            above={
              <p className="back">
                <Link className="inline-block py-0.5" to="/staff/registrations">
                  登録自治体の一覧へ
                </Link>
              </p>
            }
          >
            <Content registration={found} key={found.id} />
          </Page>
        );
      }}
    </LoadedPage>
  );
}

function Content({ registration }: { readonly registration: RegistrationResponse }): ReactNode {
  const reviewer = useIsReviewer();
  const readsMail = useReadsMail();
  const active = registration.status === 'active';
  const [heard, setHeard] = useState<'confirmed' | 'moved' | null>(null);
  return (
    <div className="two">
      <div>
        <p className="mt-2 flex flex-wrap items-center gap-3">
          <Tag tone={active ? 'ok' : 'plain'}>{active ? '登録中' : '退会'}</Tag>
          <span>第{registration.version}版</span>
          <span>
            最後の確認{'　'}
            {registration.lastConfirmedAt ? <When at={registration.lastConfirmedAt} as="era" /> : '記録なし'}
          </span>
        </p>
        {!active && registration.withdrawnAt && (
          <Notice className="mt-6" title="この登録は終わっています">
            <p>
              <When at={registration.withdrawnAt} />
              に退会しました。{registration.withdrawnReason}
            </p>
          </Notice>
        )}
        {heard === 'moved' && active && (
          <Notice tone="warn" title="記録していません。登録が変わっていました" className="mt-6" live>
            <p>
              最新の内容を表示しました。もう一度読み上げて確かめてから、「電話で確認しました」を押してください。
            </p>
          </Notice>
        )}
        {heard === 'confirmed' && active && (
          <Notice tone="ok" className="mt-6" live>
            <p>電話で確認した日を、すべての項目に記録しました。</p>
          </Notice>
        )}
        <Sheet registration={registration} freshness="all" />
        <History registration={registration} />
      </div>
      <aside>
        {reviewer && active && (
          <ByPhone
            registration={registration}
            onDone={() => setHeard('confirmed')}
            onMoved={() => setHeard('moved')}
          />
        )}
        <Requests registrationId={registration.id} />
        {readsMail && <Related id={registration.id} />}
        {reviewer && active && <Withdraw registration={registration} />}
      </aside>
    </div>
  );
}

function Related({ id }: { readonly id: string }): ReactNode {
  const admin = useIsAdmin();
  return (
    <section aria-labelledby="related">
      <h2 id="related">関係する記録</h2>
      <ul className="list">
        <li>
          <Link to={`/staff/mail?registrationId=${id}`}>この自治体に送ったメール</Link>
        </li>
        {admin && (
          <li>
            <Link to={`/staff/audit?registrationId=${id}`}>この自治体の監査ログ</Link>
          </li>
        )}
      </ul>
    </section>
  );
}
