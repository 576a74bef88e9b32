import type { ReactNode } from 'react';
import type { ThreeWayResponse } from '../../api/schema';
import { codePoints } from '../../ui/compare';
import { Marked } from '../../ui/marks';
import type { Mistake } from '../../ui/notice';
import { Heads } from '../../ui/table';
import { Hidden } from '../../ui/text';
import { partsOf } from './review-bundles';
import { Named } from './review-compare';

export type Side = 'current' | 'proposed';
type Field = Omit<ThreeWayResponse['fields'][number], 'state'>;

/** The id of the first radio button of a conflict, to lead there. */
export const conflictId = (index: number): string => `conflict-${index}`;

/** @returns the conflicts that nobody has chosen for, each with the way there */
export const missingChoices = (
  conflicts: readonly Field[],
  sides: Readonly<Record<string, Side>>,
): Mistake[] =>
  conflicts.flatMap(({ pointer, label }, index) =>
    sides[pointer] === undefined
      ? [{ field: conflictId(index), message: `「${label}」で、どちらにするかを選んでください。` }]
      : [],
  );

interface ConflictsProps {
  readonly view: Pick<ThreeWayResponse, 'baseVersion' | 'registrationVersion'>;
  /** What is to be put on top of the registration. */
  readonly proposed?: '変更届' | '書きかけ';
  readonly conflicts: readonly Field[];
  readonly sides: Readonly<Record<string, Side>>;
  readonly errorOf: (index: number) => string | undefined;
  readonly onTake: (pointer: string, side: Side) => void;
}

/** Where both sides changed the same: nothing is chosen beforehand. */
export function Conflicts({
  view,
  proposed = '変更届',
  conflicts,
  sides,
  errorOf,
  onTake,
}: ConflictsProps): ReactNode {
  const heads = [
    `${proposed}の元（第${view.baseVersion}版）`,
    `いまの登録（第${view.registrationVersion}版）`,
  ];
  return (
    <>
      <h2 className="mt-8">重なった項目（{conflicts.length}件）</h2>
      <p className="small quiet">第{view.baseVersion}版と違う字に、印をつけています。</p>
      <table className="table cmp three" role="table">
        <caption className="sr-only">
          重なった項目の、{proposed}の元、いまの登録、{proposed}の比較
        </caption>
        <colgroup>
          <col className="c-item" />
          <col />
          <col />
          <col />
        </colgroup>
        <Heads texts={['項目', ...heads, proposed]} />
        {conflicts.map((field, index) => (
          <tbody key={field.pointer} role="rowgroup">
            <tr role="row">
              <Item label={field.label} error={errorOf(index)} />
              <td role="cell" data-l={heads[0]}>
                <Marked before={field.baseText} after={field.baseText} side="before" />
              </td>
              {(['current', 'proposed'] as const).map((side) => (
                <td key={side} role="cell" data-l={side === 'current' ? heads[1] : proposed}>
                  <AgainstBase field={field} side={side} />
                  <br />
                  <label className="check below">
                    <input
                      type="radio"
                      id={side === 'current' ? conflictId(index) : undefined}
                      name={conflictId(index)}
                      checked={sides[field.pointer] === side}
                      onChange={() => onTake(field.pointer, side)}
                    />
                    {side === 'current' ? 'このまま残す' : `${proposed}の内容にする`}
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

export function Item({
  label,
  error,
}: {
  readonly label: string;
  readonly error?: string | undefined;
}): ReactNode {
  const { owner, item } = partsOf(label);
  return (
    <th scope="row" role="rowheader">
      <Named owner={owner} item={item} />
      {error && <span className="err block">{error}</span>}
    </th>
  );
}
