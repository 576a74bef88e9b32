import type { ReactNode } from 'react';
import type { RevisionResponse } from '../../api/schema';
import { Hidden } from '../../ui/text';
import { same } from '../../ui/use-edited';
import { AudienceWords } from './editor-audience-count';
import { compareLines, folded, type Line } from './editor-lines';
import { audienceOf } from './editor-values';

/** What an announcement says, to be compared. */
export type Said = Pick<
  RevisionResponse,
  'title' | 'category' | 'summary' | 'body' | 'audience' | 'attachments'
>;

const TEXTS = [
  ['表題', 'title'],
  ['分類', 'category'],
  ['要約', 'summary'],
  ['本文', 'body'],
] as const;

const isMoved = (before: Said, after: Said): boolean =>
  !same(audienceOf(before.audience), audienceOf(after.audience));

export const saysTheSame = (before: Said, after: Said): boolean =>
  TEXTS.every(([, name]) => before[name] === after[name]) &&
  same(before.attachments, after.attachments) &&
  !isMoved(before, after);

/** What differs, part by part, with marks. */
export function Changes({ before, after }: { readonly before: Said; readonly after: Said }): ReactNode {
  const texts = [
    ...TEXTS.map(([name, part]) => [name, before[part], after[part]] as const),
    ['添付ファイル', before.attachments.join('\n'), after.attachments.join('\n')] as const,
  ].filter(([, was, is]) => was !== is);
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
      {isMoved(before, after) && (
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

/** A text with marks on what went and what came; what stays is folded away. */
export function Marks({ before, after }: { readonly before: string; readonly after: string }): ReactNode {
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
