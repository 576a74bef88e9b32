import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import type { RevisionResponse } from '../../api/schema';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Hidden, When } from '../../ui/text';
import { AudienceWords } from './editor-audience-count';
import { Drawn } from './editor-body';
import { Changes, saysTheSame } from './editor-marks';
import { editorOneQuery, revisionsQuery } from './editor-queries';

/** これまでの版: what it said, and what each correction changed. */
export default function History(): ReactNode {
  const { id = '' } = useParams();
  const { state } = useLocation();
  const corrected = (state as { corrected?: 'told' | 'silently' } | null)?.corrected;
  const query = useQuery(editorOneQuery(id));
  const revisions = useQuery(revisionsQuery(id));
  return (
    <LoadedPage query={query}>
      {(announcement) => (
        <Page
          heading="これまでの版"
          title={`${announcement.title} これまでの版`}
          eyebrow={announcement.title}
          above={
            <p className="back">
              <Link className="inline-block py-0.5" to={`/staff/announcements/${id}`}>
                このお知らせへ
              </Link>
            </p>
          }
        >
          {corrected && (
            <Notice tone="ok" className="mt-6">
              <p>
                訂正しました。
                {corrected === 'told' && '訂正のお知らせのメールを、対象の自治体に送っています。'}
              </p>
            </Notice>
          )}
          <Loaded query={revisions}>
            {({ items }) =>
              items.length === 0 ? (
                <p className="mt-6">まだ公開していないので、版はありません。</p>
              ) : (
                items.map((revision, at) => (
                  <Revision key={revision.revision} revision={revision} before={items[at + 1] ?? null} />
                ))
              )
            }
          </Loaded>
        </Page>
      )}
    </LoadedPage>
  );
}

function Revision({
  revision,
  before,
}: {
  readonly revision: RevisionResponse;
  readonly before: RevisionResponse | null;
}): ReactNode {
  const heading = `revision-${revision.revision}`;
  return (
    <section className="revision" aria-labelledby={heading}>
      <h2 id={heading}>
        第{revision.revision}版（{before ? '訂正' : '公開'}）
      </h2>
      <p className="small quiet">
        <When at={revision.recordedAt} as="time" />
        {revision.byName ? `　${revision.byName}さん` : '　予定の日時に、自動で公開'}
      </p>
      {revision.note !== null && <p className="mt-3 whitespace-pre-line">訂正の内容　{revision.note}</p>}
      {before &&
        (saysTheSame(before, revision) ? (
          <p className="mt-3">文章と対象は変わっていません。</p>
        ) : (
          <Changes before={before} after={revision} />
        ))}
      <details className="fold">
        <summary>
          この版の全文<Hidden>（第{revision.revision}版）</Hidden>
        </summary>
        <p className="font-bold">{revision.title}</p>
        <p className="mt-2 whitespace-pre-line">{revision.summary}</p>
        <div className="mt-3">
          <Drawn body={revision.body} />
        </div>
        <p className="mt-3 small">
          分類　{revision.category}
          <br />
          対象{'　'}
          <AudienceWords audience={revision.audience} />
          {revision.attachments.length > 0 && (
            <>
              <br />
              添付　{revision.attachments.join('、')}
            </>
          )}
        </p>
      </details>
    </section>
  );
}
