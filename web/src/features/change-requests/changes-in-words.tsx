import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Marked } from '../../ui/marks';
import { Hidden } from '../../ui/text';
import { type Change, groupChanges, placeOnForm } from './changes';

interface Props {
  readonly changes: readonly Change[];
  /** Where the form is, for 直す; none once it is sent. */
  readonly editAt?: string;
  /** Below a change: that its mailbox needs a code. */
  readonly note?: (change: Change) => ReactNode;
  readonly done?: boolean;
  /** After the decision the old value is the one from before. */
  readonly words?: { readonly before: string; readonly after: string };
}

const BEFORE_SENDING = { before: 'いまの登録', after: '変更後' };
/** In force by now: what was to change has changed. */
const asDone = (sentence: string): string => sentence.replace(/ます。$/, 'ました。');

/** What changes, a sentence each, with both values and marks inside them. */
export function ChangesInWords({
  changes,
  editAt,
  note,
  words = BEFORE_SENDING,
  done = false,
}: Props): ReactNode {
  return (
    <ol className="changes">
      {groupChanges(changes).map((group, index) => (
        <li key={group.key}>
          <h2>
            {index + 1}　{group.label}
            {editAt && (
              <Link to={`${editAt}#${placeOnForm(group.first)}`}>
                直す<Hidden>（{group.label}）</Hidden>
              </Link>
            )}
          </h2>
          <p className="said">{done ? asDone(group.sentence) : group.sentence}</p>
          {group.changes.map((change) => (
            <Pair key={change.pointer} change={change} several={group.changes.length > 1} words={words} />
          ))}
          {note && group.changes.map((change) => <div key={change.pointer}>{note(change)}</div>)}
        </li>
      ))}
    </ol>
  );
}

function Pair({
  change,
  several,
  words,
}: {
  readonly change: Change;
  readonly several: boolean;
  readonly words: { readonly before: string; readonly after: string };
}): ReactNode {
  const { kind, label, beforeText, afterText } = change;
  return (
    <dl className="pair">
      {several && (
        <div className="pair-label">
          <dt>{label.split('　').at(-1)}</dt>
        </div>
      )}
      {kind !== 'added' && (
        <div>
          <dt>{words.before}</dt>
          <dd>
            {kind === 'removed' ? (
              <span className="whitespace-pre-line">{beforeText}</span>
            ) : (
              <Marked before={beforeText} after={afterText} side="before" />
            )}
          </dd>
        </div>
      )}
      {kind !== 'removed' && (
        <div className="after">
          <dt>{words.after}</dt>
          <dd>
            {kind === 'added' ? (
              <span className="whitespace-pre-line">{afterText}</span>
            ) : (
              <Marked before={beforeText} after={afterText} side="after" />
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}
