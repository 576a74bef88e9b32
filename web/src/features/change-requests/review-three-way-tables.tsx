import type { ReactNode } from 'react';
import type { ThreeWayResponse } from '../../api/schema';
import { Marked } from '../../ui/marks';
import { Heads } from '../../ui/table';
import { Item } from './three-ways';

type Field = ThreeWayResponse['fields'][number];

/** What only one side changed holds by itself. */
export function Others({ view }: { readonly view: ThreeWayResponse }): ReactNode {
  const proposed = view.fields.filter(({ state }) => state === 'proposed');
  const same = view.fields.filter(({ state }) => state === 'same');
  const current = view.fields.filter(({ state }) => state === 'current');
  return (
    <>
      {proposed.length > 0 && (
        <>
          <h2 className="mt-8">重ならない項目（{proposed.length}件）</h2>
          <table className="table cmp three" role="table">
            <caption className="sr-only">重ならない項目の比較</caption>
            <colgroup>
              <col className="c-item" />
              <col />
              <col />
            </colgroup>
            <Heads texts={['項目', `いまの登録（第${view.registrationVersion}版）`, '変更届']} />
            {proposed.map((field) => (
              <tbody key={field.pointer} role="rowgroup">
                <tr role="row">
                  <Item label={field.label} />
                  <td className="was" role="cell" data-l="いまの登録">
                    <Marked before={field.currentText} after={field.proposedText} side="before" />
                  </td>
                  <td className="will" role="cell" data-l="変更届">
                    <Marked before={field.currentText} after={field.proposedText} side="after" />
                  </td>
                </tr>
              </tbody>
            ))}
          </table>
        </>
      )}
      <Listed title="変更届にない、登録の変更" fields={current} note="いまの登録のまま残ります。" />
      <Listed title="どちらも同じ内容の項目" fields={same} note="すでに登録されています。" />
    </>
  );
}

function Listed({
  title,
  fields,
  note,
}: {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly note: string;
}): ReactNode {
  if (fields.length === 0) return null;
  return (
    <p className="mt-4">
      {title}（{fields.length}件）：{fields.map(({ label }) => label.replace('　', 'の')).join('、')}。{note}
    </p>
  );
}
