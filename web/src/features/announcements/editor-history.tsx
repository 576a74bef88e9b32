import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import type { RevisionResponse } from '../../api/schema';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Hidden, When } from '../../ui/text';
import { same } from '../../ui/use-edited';
import { AudienceWords } from './editor-audience-count';
import { Drawn } from './editor-body';
import { compareLines, folded, type Line } from './editor-lines';
import { editorOneQuery, revisionsQuery } from './editor-queries';
import { audienceOf } from './editor-values';

/** これまでの版: what it said, and what each correction changed. */
export default function History(): ReactNode {
  const { id = '' } = useParams();
  const { state } = useLocation();
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
          {(state as { corrected?: boolean } | null)?.corrected === true && (
            <Notice tone="ok" className="mt-6">
              <p>訂正しました。</p>
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
      {before && <Changes before={before} after={revision} />}
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

function Changes({
  before,
  after,
}: {
  readonly before: RevisionResponse;
  readonly after: RevisionResponse;
}): ReactNode {
  const texts = (
    [
      ['表題', before.title, after.title],
      ['分類', before.category, after.category],
      ['要約', before.summary, after.summary],
      ['本文', before.body, after.body],
      ['添付ファイル', before.attachments.join('\n'), after.attachments.join('\n')],
    ] as const
  ).filter(([, was, is]) => was !== is);
  const moved = !same(audienceOf(before.audience), audienceOf(after.audience));
  if (texts.length === 0 && !moved) return <p className="mt-3">文章と対象は変わっていません。</p>;
  return (
    <dl className="revision-changes">
      {texts.map(([name, was, is]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Marks before={was} after={is} />
          </dd>
        </div>
      ))}
      {moved && (
        <div>
          <dt>対象</dt>
          <dd>
            <p>
              <Hidden>前　</Hidden>
              <del>
                <AudienceWords audience={before.audience} />
              </del>
            </p>
            <p>
              <Hidden>後　</Hidden>
              <ins>
                <AudienceWords audience={after.audience} />
              </ins>
            </p>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Marks({ before, after }: { readonly before: string; readonly after: string }): ReactNode {
  return folded(compareLines(before, after)).map((line, at) =>
    line.kind === 'fold' ? (
      <p key={at} className="small quiet">
        （変わらないところ {line.count}行）
      </p>
    ) : (
      <MarkedLine key={at} line={line} />
    ),
  );
}

function MarkedLine({ line }: { readonly line: Line }): ReactNode {
  const runs = line.kind === 'changed' ? line.runs : [line];
  return (
    <p className="whitespace-pre-wrap">
      {runs.map(({ kind, text }, at) => {
        if (kind === 'gone') return <del key={at}>{text}</del>;
        if (kind === 'new') return <ins key={at}>{text}</ins>;
        return <span key={at}>{text}</span>;
      })}
    </p>
  );
}
