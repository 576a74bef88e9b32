import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Notice } from '../../ui/notice';
import { formatDateJa, When } from '../../ui/text';
import { AudienceWords } from './editor-audience-count';
import { Marks } from './editor-marks';
import { FIELD_NAMES, type FieldName, type Merge, withTheirs } from './editor-merge';
import type { Taken } from './editor-merged';
import type { TextValues, Values } from './editor-values';

type Side = 'theirs' | 'mine';

interface BothProps<V extends TextValues> {
  readonly announcement: AnnouncementResponse;
  readonly categories: AnnouncementSettingsResponse['categories'];
  readonly merge: Merge<V>;
  /** What both began with. */
  readonly base: V;
  readonly theirs: V;
  /** It came because one has pressed something: then it takes the focus. Who types on is told, and not moved. */
  readonly pressed: boolean;
  readonly pending: boolean;
  /** What happens with the choice, as its button says it. */
  readonly action: string;
  readonly onChosen: (values: V) => void;
  readonly onTake: () => void;
}

/** Two have changed the same: shows both, field by field, and lets one decide. */
export function Both<V extends TextValues>({
  announcement,
  categories,
  merge,
  base,
  theirs,
  pressed,
  pending,
  action,
  onChosen,
  onTake,
}: BothProps<V>): ReactNode {
  const [chosen, setChosen] = useState<Partial<Record<FieldName, Side>>>({});
  const [tried, setTried] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!pressed) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'start' });
    // Once, when it comes.
  }, []);
  const open = merge.asked.filter((name) => chosen[name] === undefined);
  const first = tried > 0 ? open[0] : undefined;
  useEffect(() => {
    if (first !== undefined) document.getElementById(idOf(first, 'theirs'))?.focus();
    // At each try.
  }, [tried]);
  const decide = (): void => {
    setTried(tried + 1);
    if (open.length > 0) return;
    const taken = merge.asked.filter((name) => chosen[name] === 'theirs');
    onChosen(withTheirs(merge.values, theirs, taken));
  };
  return (
    <section className="notice warn mt-6" aria-labelledby="newer">
      <div role="alert">
        <h2 id="newer" tabIndex={-1} ref={heading}>
          同じところが、入力のあいだに変わりました
        </h2>
        <p>
          <Who at={announcement.changedAt} byName={announcement.changedByName} />
          が保存しました。入力は残っています。次のところを、どちらにするか選んでください。
        </p>
      </div>
      {merge.taken.length > 0 && (
        <p>{namesOf(merge.taken)}は、あなたが変えていないので、新しい内容を取り込みます。</p>
      )}
      {merge.asked.map((name) => (
        <fieldset key={name} className="field both">
          <legend>{FIELD_NAMES[name]}</legend>
          {tried > 0 && chosen[name] === undefined && (
            <p className="err" id={`both-${name}-error`}>
              {FIELD_NAMES[name]}を、どちらにするか選んでください。
            </p>
          )}
          {SIDES.map(([side, text]) => (
            <div key={side} className="box">
              <label className="check">
                <input
                  type="radio"
                  id={idOf(name, side)}
                  name={`both-${name}`}
                  checked={chosen[name] === side}
                  onChange={() => setChosen({ ...chosen, [name]: side })}
                />
                {text}
              </label>
              <Value
                name={name}
                before={base}
                values={side === 'theirs' ? theirs : merge.values}
                categories={categories}
              />
            </div>
          ))}
        </fieldset>
      ))}
      <p className="hint mt-4">
        どちらも生かすときは、入力の欄に書き足してから、「あなたの入力」を選んでください。印は、もとの内容から変わったところです。
      </p>
      <div className="btns mt-3">
        <Button size="m" main pending={pending} onClick={decide}>
          {action}
        </Button>
        <Button size="m" onClick={onTake}>
          入力を消して、いまの内容にする
        </Button>
      </div>
    </section>
  );
}

const SIDES: readonly (readonly [Side, string])[] = [
  ['theirs', 'いまの内容'],
  ['mine', 'あなたの入力'],
];

const idOf = (name: FieldName, side: Side): string => `both-${name}-${side}`;

const namesOf = (fields: readonly FieldName[]): string =>
  fields.map((field) => `「${FIELD_NAMES[field]}」`).join('、');

/** It may be one's own other window: the name says so. */
function Who({ at, byName }: { readonly at: string; readonly byName: string | null }): ReactNode {
  return (
    <>
      <When at={at} as="time" />に{byName === null ? 'ほかの人' : `${byName}さん`}
    </>
  );
}

function Value({
  name,
  before,
  values,
  categories,
}: {
  readonly name: FieldName;
  readonly before: TextValues;
  readonly values: TextValues;
  readonly categories: AnnouncementSettingsResponse['categories'];
}): ReactNode {
  if (name === 'audience') return <AudienceWords audience={values.audience} />;
  if (name === 'title' || name === 'summary' || name === 'body') {
    return values[name] === '' ? (
      <p className="quiet">（入力していません）</p>
    ) : (
      <Marks before={before[name]} after={values[name]} />
    );
  }
  if (name === 'categoryId') {
    return categories.find(({ id }) => id === values.categoryId)?.name ?? 'ほかの分類';
  }
  const { pinned, lastDay } = values as Values;
  if (name === 'pinned') return pinned ? 'する' : 'しない';
  return lastDay === '' ? '決めていません' : formatDateJa(lastDay);
}

/** What was taken over from somebody else by itself is said: nobody finds words that they don't know. */
export function TakenOver({ taken }: { readonly taken: Taken | null }): ReactNode {
  if (taken === null) return null;
  return (
    <Notice className="mt-6 narrow" live key={taken.at}>
      <p>
        <Who at={taken.at} byName={taken.byName} />
        が保存した{namesOf(taken.fields)}を、取り込みました。あなたが変えたところは、そのままです。
      </p>
    </Notice>
  );
}
