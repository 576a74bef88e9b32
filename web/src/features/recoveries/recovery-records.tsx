import type { ReactNode } from 'react';
import type { RecoveryResponse } from '../../api/schema';
import { Marked } from '../../ui/marks';
import { Tag, When } from '../../ui/text';

/** What carrying it out would change of what is registered now. */
export function Changes({ changes }: { readonly changes: RecoveryResponse['changes'] }): ReactNode {
  if (changes.length === 0) return null;
  return (
    <section className="mt-8" aria-labelledby="changes">
      <h2 id="changes">反映すると変わるところ（{changes.length}件）</h2>
      <table className="table cmp three !mt-3" role="table">
        <caption className="sr-only">いまの登録と申出の比較</caption>
        <colgroup>
          <col className="c-item" />
          <col />
          <col />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            {['項目', 'いまの登録', '申出'].map((text) => (
              <th key={text} scope="col" role="columnheader">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        {changes.map(({ pointer, kind, label, beforeText, afterText }) => (
          <tbody key={pointer} role="rowgroup">
            <tr role="row">
              <th scope="row" role="rowheader">
                {label}
              </th>
              <td className="was" role="cell" data-l="いまの登録">
                <Marked before={beforeText} after={afterText} side="before" />
              </td>
              <td className="will" role="cell" data-l="申出">
                {kind === 'removed' ? (
                  '登録から外します'
                ) : (
                  <Marked before={beforeText} after={afterText} side="after" />
                )}
              </td>
            </tr>
          </tbody>
        ))}
      </table>
    </section>
  );
}

export function Calls({ calls }: { readonly calls: RecoveryResponse['calls'] }): ReactNode {
  return (
    <section className="mt-8" aria-labelledby="calls">
      <h2 id="calls">電話の記録（{calls.length}件）</h2>
      {calls.length === 0 ? (
        <p className="mt-2">まだ電話をかけていません。</p>
      ) : (
        <ul className="list mt-2 border-t-2">
          {calls.map((call) => (
            <li key={call.id}>
              <p className="meta">
                <When at={call.calledAt} as="time" />
                <Tag tone={call.outcome === 'confirmed' ? 'ok' : 'plain'}>{call.outcomeLabel}</Tag>
                <span>{call.calledByName}</span>
              </p>
              <p>
                <span className="num">{call.numberCalled}</span>
                {call.spokeWith && `　${call.spokeWith}`}
              </p>
              {call.note && <p className="small whitespace-pre-line">{call.note}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
