import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { useAccount } from '../../api/hooks';
import { asProblem, namesNothing } from '../../api/problem';
import type { AnnouncementResponse, CorrectionResponse } from '../../api/schema';
import { Button, ButtonLink } from '../../ui/controls';
import { Loading } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { backToHeading, Page } from '../../ui/page';
import { Tag, When } from '../../ui/text';
import { Acknowledge, CorrectedMeanwhile } from './acknowledge';
import { Attachments } from './attachments';
import { announcementQuery, noteChange } from './reading-queries';

/** Half as large as all the rest: it comes together with the announcement, while its heading can be read. */
const markdown = import('./markdown');
const Markdown = lazy(async () => ({ default: (await markdown).Markdown }));

/** One announcement: what it says, what was corrected, its files, and that it has been read. */
export default function Announcement(): ReactNode {
  const { id = '' } = useParams();
  const { municipality } = useAccount();
  const query = useQuery(announcementQuery(id));
  if (query.isError && namesNothing(asProblem(query.error))) return <Gone />;
  return (
    <LoadedPage query={query}>
      {(announcement) => (
        <Page
          key={announcement.id}
          heading={announcement.title}
          title={announcement.title}
          eyebrow={announcement.category.name}
          above={
            <>
              {municipality !== null && <p className="only-print">{municipality}</p>}
              <p className="back">
                <Link className="inline-block py-0.5" to="/announcements">
                  お知らせの一覧へ
                </Link>
              </p>
            </>
          }
        >
          <Content announcement={announcement} />
        </Page>
      )}
    </LoadedPage>
  );
}

/** The same for one that has ended, one for others and one that never was: mails lead here for years. */
const Gone = (): ReactNode => (
  <Page
    heading="お知らせが見つかりませんでした"
    title="お知らせが見つかりませんでした"
    lead="掲載が終わったか、お届けの対象ではないお知らせのようです。アドレスの一部が欠けていないかも、お確かめください。"
  >
    <div className="btns mt-8">
      <ButtonLink to="/announcements">お知らせの一覧へ</ButtonLink>
    </div>
  </Page>
);

function Content({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const { id, summary, body, corrections, attachments, revision } = announcement;
  useReading(announcement);
  const [opened] = useState(revision);
  return (
    <>
      <About announcement={announcement} />
      {revision > opened && <CorrectedMeanwhile />}
      {corrections.length > 0 && (
        <Corrections corrections={corrections} asksAgain={announcement.acknowledgement?.counts === false} />
      )}
      <p className="lead !mt-6 whitespace-pre-line">{summary}</p>
      <section className="mt-8" aria-labelledby="body">
        <h2 id="body" className="sr-only">
          本文
        </h2>
        <Suspense fallback={<Loading />}>
          <Markdown>{body}</Markdown>
        </Suspense>
      </section>
      {attachments.length > 0 && <Attachments announcementId={id} attachments={attachments} />}
      {announcement.unread !== null && (
        <Acknowledge announcement={announcement} onCorrected={backToHeading} />
      )}
      <div className="btns mt-8 no-print">
        <Button size="m" onClick={() => window.print()}>
          印刷する
        </Button>
      </div>
    </>
  );
}

/** Once it is there it has been opened. That nobody could be told of it changes nothing for whoever reads. */
function useReading({ id, unread }: AnnouncementResponse): void {
  const client = useQueryClient();
  useEffect(() => {
    if (unread !== true) return;
    const mark = async (): Promise<void> => {
      await ok(api.PUT('/api/v1/announcements/{id}/reading', { params: { path: { id } } }));
      noteChange(client, id, { unread: false });
    };
    mark().catch(() => undefined);
  }, [client, id, unread]);
}

function About({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const { publishedAt, expiresAt, pinned, state, stateLabel, attachments } = announcement;
  return (
    <p className="announcement-about">
      {publishedAt && (
        <span>
          掲載日{'　'}
          <When at={publishedAt} as="era" />
        </span>
      )}
      {expiresAt && (
        <span>
          掲載は
          <When at={expiresAt} as="until" />
          まで
        </span>
      )}
      {attachments.length > 0 && <a href="#attachments">添付ファイル {attachments.length}件</a>}
      {pinned && <Tag>注目</Tag>}
      {state !== 'published' && <Tag tone="warn">{stateLabel}</Tag>}
    </p>
  );
}

function Corrections({
  corrections,
  asksAgain,
}: {
  readonly corrections: readonly CorrectionResponse[];
  readonly asksAgain: boolean;
}): ReactNode {
  return (
    <section className="notice warn mt-6" aria-labelledby="corrections">
      <h2 id="corrections">訂正があります</h2>
      <p>下の内容は、訂正後のものです。</p>
      <ul className="bullets">
        {corrections.map(({ revision, at, note }) => (
          <li key={revision}>
            <When at={at} as="time" />
            <span className="block whitespace-pre-line">{note}</span>
          </li>
        ))}
      </ul>
      {asksAgain && (
        <p className="mt-2 no-print">
          もう一度のご確認をお願いしています。<a href="#acknowledgement">「確認しました」を押すところへ</a>
        </p>
      )}
    </section>
  );
}
