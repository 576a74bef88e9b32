import type { ReactNode } from 'react';
import type { ThreeWayResponse } from '../../api/schema';
import { codePoints } from '../../ui/compare';
import { Marked } from '../../ui/marks';
import { Hidden } from '../../ui/text';
import { partsOf } from './review-bundles';
import { Named } from './review-compare';

export type Side = 'current' | 'proposed';
type Field = ThreeWayResponse['fields'][number];

interface ConflictsProps {
  readonly view: ThreeWayResponse;
  readonly conflicts: readonly Field[];
  readonly sides: Readonly<Record<string, Side>>;
  readonly fieldOf: (index: number) => string;
  readonly errorOf: (index: number) => string | undefined;
  readonly onTake: (pointer: string, side: Side) => void;
}

/** Where both sides changed the same: nothing is chosen beforehand. */
export function Conflicts({ view, conflicts, sides, fieldOf, errorOf, onTake }: ConflictsProps): ReactNode {
  const heads = [`変更届の元（第${view.baseVersion}版）`, `いまの登録（第${view.registrationVersion}版）`];
  return (
    <>
      <h2 className="mt-8">重なった項目（{conflicts.length}件）</h2>
      <p className="small quiet">第{view.baseVersion}版と違う字に、印をつけています。</p>
      <table className="table cmp three" role="table">
        <caption className="sr-only">重なった項目の、変更届の元、いまの登録、変更届の比較</caption>
        <colgroup>
          <col className="c-item" />
          <col />
          <col />
          <col />
        </colgroup>
        <Heads texts={['項目', ...heads, '変更届']} />
        {conflicts.map((field, index) => (
          <tbody key={field.pointer} role="rowgroup">
            <tr role="row">
              <Item label={field.label} error={errorOf(index)} />
              <td role="cell" data-l={heads[0]}>
                <Marked before={field.baseText} after={field.baseText} side="before" />
              </td>
              {(['current', 'proposed'] as const).map((side) => (
                <td key={side} role="cell" data-l={side === 'current' ? heads[1] : '変更届'}>
                  <AgainstBase field={field} side={side} />
                  <br />
                  <label className="check below">
                    <input
                      type="radio"
                      id={side === 'current' ? fieldOf(index) : undefined}
                      name={fieldOf(index)}
                      checked={sides[field.pointer] === side}
                      onChange={() => onTake(field.pointer, side)}
                    />
                    {side === 'current' ? 'このまま残す' : '変更届の内容にする'}
                    <Hidden>（{field.label}）</Hidden>
                  </label>
                </td>
              ))}
            </tr>
          </tbody>
        ))}
      </table>
    </>
  );
}

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

function AgainstBase({ field, side }: { readonly field: Field; readonly side: Side }): ReactNode {
  const text = side === 'current' ? field.currentText : field.proposedText;
  const points = codePoints(field.baseText, text);
  return (
    <>
      <Marked before={field.baseText} after={text} side="after" />
      {points && <span className="say">{points}</span>}
    </>
  );
}

function Item({ label, error }: { readonly label: string; readonly error?: string | undefined }): ReactNode {
  const { owner, item } = partsOf(label);
  return (
    <th scope="row" role="rowheader">
      <Named owner={owner} item={item} />
      {error && <span className="err block">{error}</span>}
    </th>
  );
}

const Heads = ({ texts }: { readonly texts: readonly string[] }): ReactNode => (
  <thead role="rowgroup">
    <tr role="row">
      {texts.map((text) => (
        <th key={text} scope="col" role="columnheader">
          {text}
        </th>
      ))}
    </tr>
  </thead>
);
