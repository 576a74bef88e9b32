import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { useAccount } from '../../api/hooks';
import type { CallListItemResponse, CampaignResponse, RegistrationResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { Page } from '../../ui/page';
import { StackedTable } from '../../ui/table';
import { dateWithEra, today } from '../../ui/text';
import { CallRow, columnsOf, FinishedRow } from './call-row';
import { PrintedCalls, PrintedLetters } from './calls-print';
import { CAMPAIGNS, campaignQuery } from './queries';
import { useSteadyOrder } from './use-steady-order';
import { WAYS, type Way } from './words';

export type SheetOf = (registration: RegistrationResponse) => ReactNode;

export const callsQuery = (id: string, way: Way) => ({
  queryKey: [...CAMPAIGNS, 'calls', id, way],
  queryFn: () => ok(api.GET('/api/v1/campaigns/{id}/calls', { params: { path: { id }, query: { way } } })),
  // It shows people: whoever looks is noted. And a list isn't moved while somebody is on the telephone.
  refetchOnWindowFocus: false,
});

/** 電話リスト and 郵送リスト: most pressing first, with what was tried, and a place to write down what came of it. */
export default function Calls({ sheet }: { readonly sheet: SheetOf }): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({ ...campaignQuery(id), refetchOnWindowFocus: false });
  const [params] = useSearchParams();
  const way: Way = params.get('way') === 'letter' ? 'letter' : 'phone';
  return (
    <LoadedPage query={query}>
      {(campaign) => <List key={way} campaign={campaign} way={way} sheet={sheet} />}
    </LoadedPage>
  );
}

function List({
  campaign: { id, title, deadline, state },
  way,
  sheet,
}: {
  readonly campaign: CampaignResponse;
  readonly way: Way;
  readonly sheet: SheetOf;
}): ReactNode {
  const query = useQuery(callsQuery(id, way));
  const other = way === 'phone' ? 'letter' : 'phone';
  return (
    <Page
      heading={WAYS[way]}
      title={`${title} ${WAYS[way]}`}
      width="full"
      eyebrow={title}
      lead={`期限　${dateWithEra(deadline)}`}
      above={
        <p className="back">
          <Link className="inline-block py-0.5" to={`/staff/campaigns/${id}`}>
            {title}
          </Link>
        </p>
      }
    >
      {state === 'paused' && (
        <p className="mt-2">一時停止中です。メールは送られませんが、電話の結果は記録できます。</p>
      )}
      <p className="mt-2 no-print">
        <Link
          className="inline-block py-0.5"
          to={`/staff/campaigns/${id}/calls${other === 'letter' ? '?way=letter' : ''}`}
        >
          {WAYS[other]}を開く
        </Link>
      </p>
      <Loaded query={query}>{({ items }) => <Items id={id} way={way} all={items} sheet={sheet} />}</Loaded>
    </Page>
  );
}

/** What has left the list since one came: it keeps its place, so that nothing jumps. */
export interface Finished {
  readonly registrationId: string;
  readonly text: string;
}

function Items({
  id,
  way,
  all,
  sheet,
}: {
  readonly id: string;
  readonly way: Way;
  readonly all: readonly CallListItemResponse[];
  readonly sheet: SheetOf;
}): ReactNode {
  const { accountId } = useAccount();
  const [params, setParams] = useSearchParams();
  const [open, setOpen] = useState<string | null>(null);
  const [finished, setFinished] = useState<readonly Finished[]>([]);
  const { ids, moved, renew } = useSteadyOrder(all.map(({ registrationId }) => registrationId));
  const mine = params.has('mine');
  const due = way === 'phone' && params.has('today');
  const fits = ({ registrationId, ownerId, nextOn }: CallListItemResponse): boolean =>
    registrationId === open ||
    ((!mine || ownerId === accountId) && (!due || nextOn === null || nextOn <= today()));
  const byId = new Map(all.map((item) => [item.registrationId, item]));
  const shown = ids.flatMap((one) => byId.get(one) ?? []).filter(fits);
  const rows = ids.filter(
    (one) =>
      shown.some((item) => item.registrationId === one) || finished.some((f) => f.registrationId === one),
  );
  const toggle = (name: 'mine' | 'today'): void => {
    const next = new URLSearchParams(params);
    if (next.has(name)) next.delete(name);
    else next.set(name, '1');
    setParams(next, { replace: true, preventScrollReset: true });
  };
  if (all.length === 0 && finished.length === 0) return <Nothing id={id} way={way} />;
  return (
    <>
      <p className="mt-6" role="status">
        <b>{shown.length}件</b>
        {shown.length < all.length && `（${all.length}件のうち）`}
        {way === 'phone' && '　きょうかける順です。メールが届かないところが先です。'}
      </p>
      <div className="no-print flex flex-wrap items-center gap-x-6 gap-y-2 mt-2">
        {way === 'phone' && (
          <label className="check">
            <input type="checkbox" checked={due} onChange={() => toggle('today')} />
            きょうまでにかけるところだけ
          </label>
        )}
        <label className="check">
          <input type="checkbox" checked={mine} onChange={() => toggle('mine')} />
          自分の担当だけ
        </label>
        <Button size="s" onClick={() => window.print()}>
          {way === 'phone' ? `${shown.length}件を印刷する` : `宛名${shown.length}件を印刷する`}
        </Button>
        {moved && (
          <Button
            size="s"
            onClick={() => {
              renew();
              setFinished([]);
              announce('急ぐ順に並べ直しました。');
            }}
          >
            急ぐ順に並べ直す
          </Button>
        )}
      </div>
      <StackedTable caption={WAYS[way]} heads={columnsOf(way)} className="calls no-print mt-4">
        {rows.map((one) => {
          const item = byId.get(one);
          const done = finished.find(({ registrationId }) => registrationId === one);
          return item ? (
            <CallRow
              key={one}
              campaignId={id}
              item={item}
              way={way}
              open={open === one}
              onOpen={(opened) => setOpen(opened ? one : null)}
              onFinished={(text) => {
                setOpen(null);
                setFinished((before) => [...before, { registrationId: one, text }]);
              }}
              sheet={sheet}
            />
          ) : (
            done && <FinishedRow key={one} finished={done} way={way} />
          );
        })}
      </StackedTable>
      {rows.length === 0 && (
        <p className="mt-4">当てはまるところはありません。しぼり込みを外してください。</p>
      )}
      {way === 'phone' ? <PrintedCalls items={shown} /> : <PrintedLetters items={shown} />}
    </>
  );
}

function Nothing({ id, way }: { readonly id: string; readonly way: Way }): ReactNode {
  return (
    <div className="mt-8">
      <p>
        {way === 'phone'
          ? '電話で確かめるところはありません。メールが届かなかったところと、電話の段階まで回答のなかったところが、ここに並びます。'
          : '郵便で確かめるところはありません。郵送の段階まで回答のなかったところが、ここに並びます。'}
      </p>
      <p className="mt-4">
        <Link to={`/staff/campaigns/${id}/targets?status=open`}>未回答の自治体を見る</Link>
      </p>
    </div>
  );
}
