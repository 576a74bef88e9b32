import { Fragment, type ReactNode } from 'react';
import type { ChangeRequestResponse } from '../../api/schema';
import { codePoints } from '../../ui/compare';
import { Marked } from '../../ui/marks';
import { Hidden, shortDateTime } from '../../ui/text';
import type { Bundle, Row } from './review-bundles';

const isDecided = ({ changes }: ChangeRequestResponse): boolean =>
  changes.some(({ decision }) => decision !== null);

/** After the decision what stood there is no longer what is registered. */
const beforeName = (request: ChangeRequestResponse): string =>
  isDecided(request) ? '届出の前の登録' : 'いまの登録';

interface CompareProps {
  readonly request: ChangeRequestResponse;
  readonly bundles: readonly Bundle[];
  /** Ids of what is not taken over. */
  readonly off: ReadonlySet<string>;
  /** Absent where there is nothing to decide. */
  readonly onToggle?: (id: string) => void;
}

/**
 * What is registered beside what was sent in, with marks inside the values. On narrow screens the cells stand below
 * each other, which takes the table's roles from it: they are said explicitly.
 */
export function Compare({ request, bundles, off, onToggle }: CompareProps): ReactNode {
  const decided = isDecided(request);
  const takes = onToggle !== undefined || decided;
  return (
    <>
      <table className={takes ? 'table cmp' : 'table cmp three'} role="table">
        <caption className="sr-only">いまの登録と変更届の比較</caption>
        <colgroup>
          {takes && <col className="c-take" />}
          <col className="c-item" />
          <col />
          <col />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            {takes && (
              <th scope="col" role="columnheader">
                採否
              </th>
            )}
            <th scope="col" role="columnheader">
              項目
            </th>
            <th scope="col" role="columnheader">
              {beforeName(request)}（第{request.baseVersion}版）
            </th>
            <th scope="col" role="columnheader">
              変更届
            </th>
          </tr>
        </thead>
        {bundles.map((bundle) => (
          <BundleRows
            key={bundle.id}
            request={request}
            bundle={bundle}
            off={off.has(bundle.id)}
            {...(onToggle && { onToggle })}
          />
        ))}
      </table>
      <p className="key-line">
        <span>
          <del>届出で消える字</del>
        </span>
        <span>
          <ins>届出で加わる字</ins>
        </span>
        <span>変わらない項目は表示していません</span>
      </p>
    </>
  );
}

const TAKEN = { accepted: '採用', refused: '採用せず' } as const;

function BundleRows({
  request,
  bundle,
  off,
  onToggle,
}: {
  readonly request: ChangeRequestResponse;
  readonly bundle: Bundle;
  readonly off: boolean;
  readonly onToggle?: (id: string) => void;
}): ReactNode {
  const last = bundle.rows.length - 1;
  const taken = request.changes.find(({ pointer }) => bundle.pointers.includes(pointer))?.decision ?? null;
  return (
    <tbody className={off ? 'off' : undefined} role="rowgroup">
      {bundle.rows.map((row, index) => (
        <tr key={row.key} className={index < last ? 'sub' : undefined} role="row">
          {index === 0 && (onToggle ?? taken !== null) && (
            <td rowSpan={bundle.rows.length} role="cell">
              {onToggle ? (
                <label className="check">
                  <input
                    type="checkbox"
                    checked={!off}
                    data-bundle={bundle.id}
                    onChange={() => onToggle(bundle.id)}
                  />
                  採用<Hidden>（{bundle.label}）</Hidden>
                </label>
              ) : (
                TAKEN[taken ?? 'accepted']
              )}
            </td>
          )}
          <th scope="row" role="rowheader">
            <Named owner={row.owner} item={row.item} />
          </th>
          <td className={row.mailbox ? 'was mail' : 'was'} role="cell" data-l={beforeName(request)}>
            <Value row={row} side="before" />
            {row.beforeNote && <span className="say">{row.beforeNote}</span>}
          </td>
          <td className={row.mailbox ? 'will mail' : 'will'} role="cell" data-l="変更届">
            <After request={request} row={row} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function After({ request, row }: { readonly request: ChangeRequestResponse; readonly row: Row }): ReactNode {
  const notes = [row.afterNote, codePoints(row.before, row.after), ...mailboxNotes(request, row)].filter(
    Boolean,
  );
  return (
    <>
      {row.gone ? '登録から外します' : <Value row={row} side="after" />}
      {notes.length > 0 && (
        <span className="say">
          {notes.map((note, index) => (
            <Fragment key={note}>
              {index > 0 && <br />}
              {note}
            </Fragment>
          ))}
        </span>
      )}
    </>
  );
}

/** A mailbox is compared by its two parts, and breaks between them. */
function Value({ row, side }: { readonly row: Row; readonly side: 'before' | 'after' }): ReactNode {
  const { before, after, mailbox } = row;
  if (!mailbox || before === null || after === null)
    return <Marked before={before} after={after} side={side} />;
  const [a, b] = [before, after].map((text) => text.lastIndexOf('@')) as [number, number];
  return (
    <>
      <span className="inline-block max-w-full">
        <Marked before={before.slice(0, a)} after={after.slice(0, b)} side={side} />
      </span>
      <span className="inline-block max-w-full">
        <Marked before={before.slice(a)} after={after.slice(b)} side={side} />
      </span>
    </>
  );
}

const domainOf = (mailbox: string): string => mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();

/** Whether somebody reads the new mailbox, and whether it is at the same place as the old one. */
function mailboxNotes({ verifications }: ChangeRequestResponse, row: Row): string[] {
  const { after } = row;
  if (after === null) return [];
  const found = verifications.filter(({ email }) => after.includes(email));
  const notes = found.map(({ email, verifiedAt }) => {
    const which = row.mailbox ? '' : `${email}　`;
    return verifiedAt === null
      ? `${which}受信の確認がまだです`
      : `${which}受信を確認済み（${shortDateTime(verifiedAt)}）`;
  });
  if (!row.mailbox || row.before === null) return notes;
  return [...notes, domainOf(row.before) === domainOf(after) ? 'ドメインは同じです' : 'ドメインが変わります'];
}

/** Whose it is and what it is: 担当者（正）, the name, the field, each unbroken where there is room. */
export function Named({ owner, item }: { readonly owner: string | null; readonly item: string }): ReactNode {
  const [, role = '', name = ''] = /^(担当者（.）)?(.*)$/.exec(owner ?? item) ?? [];
  if (owner === null && role !== '') return <Named owner={role} item={name} />;
  return (
    <>
      {(owner === null ? [] : [role, name].filter(Boolean)).map((part) => (
        <span key={part} className="small block">
          {part}
        </span>
      ))}
      {item}
    </>
  );
}
