import type { ReactNode } from 'react';
import { Marked } from '../../ui/marks';
import { Hidden } from '../../ui/text';

export type Side = 'current' | 'proposed';

export interface ThreeWayField {
  readonly pointer: string;
  readonly label: string;
  readonly baseText: string | null;
  readonly currentText: string | null;
  readonly proposedText: string | null;
}

interface Props {
  readonly fields: readonly ThreeWayField[];
  readonly baseVersion: number;
  readonly currentVersion: number;
  readonly proposed: string;
  readonly choices: ReadonlyMap<string, Side>;
  readonly onChoose: (pointer: string, side: Side) => void;
  readonly words: Readonly<Record<Side, string>>;
}

/** What both sides changed, beside what it was; each needs a choice, and none is made beforehand. */
export function ThreeWays({
  fields,
  baseVersion,
  currentVersion,
  proposed,
  choices,
  onChoose,
  words,
}: Props): ReactNode {
  const base = `もと（第${baseVersion}版）`;
  const current = `いまの登録（第${currentVersion}版）`;
  return (
    <table className="table cmp three mt-2" role="table">
      <caption className="sr-only">重なった項目の比較</caption>
      <colgroup>
        <col className="c-item" />
        <col />
        <col />
        <col />
      </colgroup>
      <thead role="rowgroup">
        <tr role="row">
          {['項目', base, current, proposed].map((text) => (
            <th scope="col" role="columnheader" key={text}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {fields.map(({ pointer, label, baseText, currentText, proposedText }) => (
          <tr role="row" key={pointer}>
            <th scope="row" role="rowheader">
              {label}
            </th>
            <td data-l={base} role="cell">
              <span className="whitespace-pre-line">{baseText ?? '登録なし'}</span>
            </td>
            {(
              [
                ['current', current, currentText],
                ['proposed', proposed, proposedText],
              ] as const
            ).map(([side, title, text]) => (
              <td data-l={title} role="cell" key={side}>
                <Marked before={baseText} after={text} side="after" />
                <br />
                <label className="check below">
                  <input
                    type="radio"
                    name={`choice${pointer}`}
                    id={side === 'current' ? `choice${pointer.replaceAll('/', '-')}` : undefined}
                    checked={choices.get(pointer) === side}
                    onChange={() => onChoose(pointer, side)}
                  />
                  {words[side]}
                  <Hidden>（{label}）</Hidden>
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The id of the first radio button of a field, to lead there. */
export const choiceId = (pointer: string): string => `choice${pointer.replaceAll('/', '-')}`;
