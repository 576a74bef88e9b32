import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { AnnouncementResponse, ReachPage, RecipientResponse } from '../../api/schema';
import { useAnnouncedTotal } from '../../ui/announce';
import { Button, Select, TextField } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { More } from '../../ui/more';
import { Failed, Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { When } from '../../ui/text';
import { useSearchForm } from '../../ui/use-search-form';
import { useSend } from '../../ui/use-send';
import { Ask } from './editor-ask';
import { ANNOUNCEMENTS, editorOneQuery } from './editor-queries';
import { ReachBar } from './editor-reach-bar';

const PAGE = 100;
const STATUSES = [
  ['waiting', '未確認'],
  ['acknowledged', '確認済み'],
] as const;

/** 確認の状況: who has acknowledged it, who hasn't, and asking those once more. */
export default function Reach(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery(editorOneQuery(id));
  return (
    <LoadedPage query={query}>
      {(announcement) => (
        <Page
          heading="確認の状況"
          title={`${announcement.title} 確認の状況`}
          eyebrow={announcement.title}
          width="full"
          above={
            <p className="back">
              <Link className="inline-block py-0.5" to={`/staff/announcements/${id}`}>
                このお知らせへ
              </Link>
            </p>
          }
        >
          {announcement.revision === 0 ? (
            <p className="mt-6">まだ公開していません。公開すると、ここに確認の状況が出ます。</p>
          ) : (
            <Content announcement={announcement} />
          )}
        </Page>
      )}
    </LoadedPage>
  );
}

function Content({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const { id } = announcement;
  const [params, setParams] = useSearchParams();
  const filter = {
    q: params.get('q') ?? undefined,
    status: STATUSES.find(([value]) => value === params.get('status'))?.[0],
  };
  const query = useInfiniteQuery({
    queryKey: [...ANNOUNCEMENTS, 'reach', id, filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/api/v1/announcements/{id}/reach', {
          params: {
            path: { id },
            query: { ...filter, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor,
    // The counts above it stay while another part of the list is on its way.
    placeholderData: (before) => before,
  });
  useAnnouncedTotal(
    JSON.stringify(filter),
    query.isPlaceholderData ? undefined : query.data?.pages[0]?.total,
  );
  return (
    <Loaded query={query}>
      {({ pages: [first, ...others] }) =>
        first && (
          <>
            <ReachBar reach={first} />
            <FollowUp announcement={announcement} reach={first} />
            <section className="mt-10" aria-labelledby="recipients">
              <h2 id="recipients">自治体ごとの状況</h2>
              <Search params={params} onSearch={(next) => setParams(next)} />
              <Recipients pages={[first, ...others]} />
              <More query={query} count={PAGE} />
            </section>
          </>
        )
      }
    </Loaded>
  );
}

/** Asks those once more who haven't acknowledged it; nobody is asked twice. */
function FollowUp({
  announcement,
  reach,
}: {
  readonly announcement: AnnouncementResponse;
  readonly reach: ReachPage;
}): ReactNode {
  const { id, state } = announcement;
  // Those whom the daily mail is yet to tell aren't asked before.
  const { recipients, acknowledged, askable, waitingForDigest } = reach;
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/announcements/{id}/follow-ups', { params: { path: { id } } })),
  );
  const run = async (): Promise<void> => {
    setDone(null);
    const answer = await send();
    await client.invalidateQueries({ queryKey: ANNOUNCEMENTS });
    if (!answer) return;
    setAsked(false);
    setDone(
      answer.municipalities === 0
        ? 'お願いする自治体は、もうありませんでした。'
        : `${answer.municipalities}自治体に、もう一度お願いしました（メール ${answer.mails}通）。`,
    );
    backToHeading();
  };
  return (
    <div className="mt-6">
      {done && (
        <Notice tone="ok" className="mb-6" live key={done}>
          <p>{done}</p>
        </Notice>
      )}
      {state !== 'published' && <p className="quiet">掲載が終わったので、再度のお願いはできません。</p>}
      {state === 'published' && askable === 0 && (
        <p className="quiet">
          {recipients - acknowledged > waitingForDigest
            ? 'ほかの未確認の自治体には、すべて、もう一度お願いしてあります。'
            : waitingForDigest === 0 && '未確認の自治体はありません。'}
        </p>
      )}
      {state === 'published' && askable > 0 && (
        <Button id="follow-up" size="m" aria-expanded={asked} onClick={() => setAsked(!asked)}>
          未確認の自治体にもう一度お願いする
        </Button>
      )}
      {state === 'published' && waitingForDigest > 0 && (
        <p className="hint mt-2">
          {waitingForDigest}自治体には、まだ「まとめて」のメールが届いていないので、送りません。
        </p>
      )}
      {state === 'published' && askable > 0 && <JustOut announcement={announcement} />}
      {asked && askable > 0 && (
        <Ask
          sure={`${askable}自治体にお願いする`}
          pending={pending}
          onSure={() => void run()}
          onNo={() => {
            setAsked(false);
            document.getElementById('follow-up')?.focus();
          }}
        >
          <p>
            まだ再度のお願いをしていない<b>{askable}自治体</b>
            に、メールを送ります。1つの自治体にお願いするのは、1回だけです。
          </p>
        </Ask>
      )}
      <Failed problem={problem} />
    </div>
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Nobody has had time to read what came out this morning. */
function JustOut({
  announcement: { publishedAt, correctedAt },
}: {
  readonly announcement: AnnouncementResponse;
}): ReactNode {
  const at = correctedAt ?? publishedAt;
  if (at === null || Date.now() - new Date(at).getTime() > DAY_MS) return null;
  return (
    <p className="hint mt-2">
      <When at={at} as="time" />に{correctedAt === null ? '公開' : '訂正'}
      したばかりです。まだお読みでない自治体も多いと思われます。
    </p>
  );
}

function Search({
  params,
  onSearch,
}: {
  readonly params: URLSearchParams;
  readonly onSearch: (next: URLSearchParams) => void;
}): ReactNode {
  const { values, set, next } = useSearchForm(['q', 'status'], params);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSearch(next());
  };
  return (
    <search>
      <form onSubmit={submit} className="grid items-end gap-x-4 desktop:grid-cols-[2fr_1fr_auto]">
        <TextField
          id="q"
          label="自治体の名前、ふりがな、都道府県、団体コード"
          className="m"
          type="search"
          value={values['q']}
          onChange={(event) => set('q', event.target.value)}
        />
        <Select
          id="status"
          label="確認"
          value={values['status']}
          onChange={(event) => set('status', event.target.value)}
        >
          <option value="">すべて</option>
          {STATUSES.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
        <Button size="m" type="submit" className="mt-6">
          さがす
        </Button>
      </form>
    </search>
  );
}

function Recipients({ pages }: { readonly pages: readonly ReachPage[] }): ReactNode {
  const items = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  if (items.length === 0) return <p className="mt-8">当てはまる自治体はありません。</p>;
  return (
    <>
      <p className="mt-6">
        <b>{total}自治体</b>
        {items.length < total && `（${items.length}自治体を表示しています）`}
      </p>
      <table className="table stacked mt-3" role="table">
        <caption className="sr-only">自治体ごとの確認の状況</caption>
        <thead role="rowgroup">
          <tr role="row">
            {['自治体', '確認', '知らせ方', '再度のお願い'].map((text) => (
              <th key={text} scope="col" role="columnheader">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((item) => (
            <Recipient key={item.registrationId} item={item} />
          ))}
        </tbody>
      </table>
    </>
  );
}

const DELIVERIES = { 'at-once': 'そのつど', digest: 'まとめて' } as const;

function Recipient({ item }: { readonly item: RecipientResponse }): ReactNode {
  const { registrationId, municipality, acknowledgement, delivery, mailedAt, followedUpAt } = item;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <Link to={`/staff/registrations/${registrationId}`}>{municipality}</Link>
      </th>
      <td role="cell">
        {acknowledgement === null ? (
          '未確認'
        ) : (
          <>
            {acknowledgement.counts ? '確認済み' : '未確認（訂正の前に確認）'}
            <span className="small quiet block">
              <When at={acknowledgement.at} as="time" />　{acknowledgement.byName}
            </span>
          </>
        )}
      </td>
      <td role="cell" data-l="知らせ方">
        {delivery === null ? '—' : DELIVERIES[delivery]}
        {delivery !== null && mailedAt === null && <span className="small quiet">（これから送ります）</span>}
      </td>
      <td role="cell" data-l="再度のお願い">
        {followedUpAt === null ? '—' : <When at={followedUpAt} as="time" />}
      </td>
    </tr>
  );
}
