import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { AnnouncementResponse } from '../../api/schema';
import { ButtonLink } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { FactSheet } from '../../ui/table';
import { dateWithEra, Tag, When } from '../../ui/text';
import { sizeOf } from './attachment-words';
import { Attachments } from './editor-attachments';
import { AudienceWords } from './editor-audience-count';
import { Drawn } from './editor-body';
import { Discard, End } from './editor-ending';
import { Publish } from './editor-publish';
import { announcementSettingsQuery, editorOneQuery, mailPreviewQuery } from './editor-queries';
import { ReachBar } from './editor-reach-bar';
import { Showing } from './editor-showing';
import { STATE_TONES } from './editor-words';

/** One announcement as its readers will see it, or do, with what can be done with it. */
export default function One(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({ ...editorOneQuery(id), refetchOnWindowFocus: false });
  return (
    <LoadedPage query={query}>
      {(announcement) => (
        <Page
          heading={announcement.title}
          title={`${announcement.title} お知らせの編集`}
          eyebrow={<Tag tone={STATE_TONES[announcement.state]}>{announcement.stateLabel}</Tag>}
          above={
            <p className="back">
              <Link className="inline-block py-0.5" to="/staff/announcements">
                お知らせの一覧へ
              </Link>
            </p>
          }
        >
          <Content announcement={announcement} key={id} />
        </Page>
      )}
    </LoadedPage>
  );
}

function Content({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const { id, state } = announcement;
  const [done, setText] = useState<string | null>(null);
  const onDone = (text: string | null): void => {
    setText(text);
    if (text !== null) backToHeading();
  };
  const open = state === 'draft' || state === 'scheduled';
  return (
    <>
      {done && (
        <Notice tone="ok" className="mt-6" live key={done}>
          <p>{done}</p>
        </Notice>
      )}
      <Facts announcement={announcement} />
      <div className="btns mt-6">
        {open && (
          <ButtonLink size="m" to={`/staff/announcements/${id}/edit`}>
            書き直す
          </ButtonLink>
        )}
        {state === 'published' && (
          <ButtonLink size="m" to={`/staff/announcements/${id}/correct`}>
            訂正する
          </ButtonLink>
        )}
        {!open && (
          <ButtonLink size="m" to={`/staff/announcements/${id}/history`}>
            これまでの版を見る
          </ButtonLink>
        )}
      </div>
      {!open && <Reached announcement={announcement} />}
      <Seen announcement={announcement} />
      <MailToBe announcement={announcement} />
      {open && <Publish announcement={announcement} onDone={onDone} />}
      {state === 'published' && (
        <>
          <Files announcement={announcement} />
          <Showing announcement={announcement} onDone={onDone} />
          <End announcement={announcement} onDone={onDone} />
        </>
      )}
      {open && <Discard announcement={announcement} />}
    </>
  );
}

function Facts({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const { state, category, publishAt, publishedAt, expiresAt, correctedAt, pinned, audience } = announcement;
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['分類', category.name],
    ['対象', audience && <AudienceWords audience={audience} />],
    ['公開の予定', state === 'scheduled' && publishAt && <When at={publishAt} as="time" />],
    ['掲載日', publishedAt && dateWithEra(publishedAt)],
    ['訂正した日', correctedAt && <When at={correctedAt} as="time" />],
    state === 'archived'
      ? ['掲載を終えた日時', <When key="end" at={announcement.changedAt} as="time" />]
      : ['掲載の終わり', expiresAt ? <When at={expiresAt} as="until" /> : '決めていません'],
    ['先頭に固定', pinned ? 'する' : 'しない'],
    [
      '最終更新',
      <>
        <When at={announcement.changedAt} as="time" />
        {announcement.changedByName && `　${announcement.changedByName}さん`}
      </>,
    ],
  ];
  return <FactSheet facts={rows} />;
}

function Reached({
  announcement: { id, state, reach },
}: {
  readonly announcement: AnnouncementResponse;
}): ReactNode {
  if (reach === null) return null;
  return (
    <section className="mt-8" aria-labelledby="reach">
      <h2 id="reach">確認の状況</h2>
      <ReachBar reach={reach} />
      <p className="mt-3">
        <Link className="inline-block py-0.5" to={`/staff/announcements/${id}/reach`}>
          {state === 'published' ? '自治体ごとの状況と、再度のお願い' : '自治体ごとの状況'}
        </Link>
      </p>
    </section>
  );
}

function Seen({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const { title, summary, body, corrections, attachments, state } = announcement;
  return (
    <section className="mt-8" aria-labelledby="seen">
      <h2 id="seen">会員ページでの見え方</h2>
      <div className="box mt-3">
        <p className="seen-title">{title}</p>
        {corrections.length > 0 && (
          <ul className="bullets">
            {corrections.map(({ revision, at, note }) => (
              <li key={revision} className="whitespace-pre-line">
                <When at={at} />
                訂正　{note}
              </li>
            ))}
          </ul>
        )}
        {summary !== '' && <p className="lead whitespace-pre-line">{summary}</p>}
        <div className="mt-4">
          {body === '' ? <p className="quiet">本文はまだありません。</p> : <Drawn body={body} />}
        </div>
        {state !== 'published' && attachments.length > 0 && (
          <>
            <p className="mt-4 font-bold">添付ファイル</p>
            <ul className="bullets">
              {attachments.map(({ id, name, bytes }) => (
                <li key={id}>
                  {name}（{sizeOf(bytes)}）
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

/** Before it goes out, somebody has to look at it; afterwards, it is there for whoever asks. */
function MailToBe({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const open = announcement.state === 'draft' || announcement.state === 'scheduled';
  return (
    <section className="mt-8" aria-labelledby="mail">
      <h2 id="mail">{open ? '届くメール' : '公開のときのメール'}</h2>
      {open ? (
        <MailText announcement={announcement} />
      ) : (
        <details className="fold">
          <summary>メールを見る</summary>
          <MailText announcement={announcement} />
        </details>
      )}
    </section>
  );
}

function MailText({
  announcement: { id, version },
}: {
  readonly announcement: AnnouncementResponse;
}): ReactNode {
  const query = useQuery(mailPreviewQuery(id, version));
  return (
    <Loaded query={query}>
      {(mail) => (
        <>
          <p className="mt-3">
            件名　<b>{mail.subject}</b>
          </p>
          <pre className="box mail-text mt-3">{mail.body}</pre>
          <p className="hint mt-2">
            宛名は、自治体ごとに変わります。1日1回のまとめを選んだ自治体には、ほかのお知らせと合わせて届きます。
          </p>
        </>
      )}
    </Loaded>
  );
}

/** Files may come and go while it is out. */
function Files({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const query = useQuery(announcementSettingsQuery());
  return (
    <Loaded query={query}>
      {(settings) => <Attachments announcement={announcement} settings={settings} />}
    </Loaded>
  );
}
