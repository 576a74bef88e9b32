import { lazy, memo, type ReactNode, Suspense, useDeferredValue, useEffect, useState } from 'react';
import { described } from '../../ui/controls';
import { Loading } from '../../ui/loaded';

/** The parser is as large as the rest of the room: it comes when there is something to draw. */
const Markdown = lazy(() => import('./markdown').then((module) => ({ default: module.Markdown })));

/** A text as its readers see it. */
export const Drawn = memo(function Drawn({ body }: { readonly body: string }): ReactNode {
  return (
    <Suspense fallback={<Loading />}>
      <Markdown>{body}</Markdown>
    </Suspense>
  );
});

type View = 'write' | 'preview';
const VIEWS: readonly (readonly [View, string])[] = [
  ['write', '書く'],
  ['preview', '見え方'],
];

/** The text and how it will look: side by side where there is room, one at a time where there isn't. */
export function BodyField({
  body,
  mark,
  errors,
  onChange,
}: {
  readonly body: string;
  /** Beside its name: whether it has to be there. */
  readonly mark: ReactNode;
  readonly errors: readonly string[];
  readonly onChange: (body: string) => void;
}): ReactNode {
  const [view, setView] = useState<View>('write');
  // Typing goes first; a long text is drawn when it rests.
  const drawn = useDeferredValue(body);
  const wrong = errors.length > 0;
  useEffect(() => {
    // What has to be mended can't stay hidden.
    if (wrong) setView('write');
  }, [wrong]);
  return (
    <div className="field">
      <label htmlFor="body">本文{mark}</label>
      <p className="hint" id="body-hint">
        会員ページに載る文章です。メールには載りません。見出しや箇条書きは、下の「書き方」の記号で作れます。
      </p>
      {wrong && (
        <div className="err" id="body-error">
          {errors.map((error) => (
            <p key={error}>{error}</p>
          ))}
        </div>
      )}
      <Help />
      <div className="body-switch" role="group" aria-label="本文の表示">
        {VIEWS.map(([value, text]) => (
          <button
            key={value}
            type="button"
            className="btn s"
            aria-pressed={view === value}
            onClick={() => setView(value)}
          >
            {text}
          </button>
        ))}
      </div>
      <div className={`body-pair ${view}`}>
        <textarea
          id="body"
          className="input"
          rows={18}
          value={body}
          onChange={(event) => onChange(event.target.value)}
          {...described('body', { hint: true, error: errors[0] })}
        />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long one is scrolled, by keyboard as well */}
        <section className="body-preview" aria-label="本文の見え方" tabIndex={0}>
          <p className="hint body-preview-name">見え方</p>
          {drawn.trim() === '' ? (
            <p className="quiet">本文を書くと、ここに、読む人に見える形で出ます。</p>
          ) : (
            <Drawn body={drawn} />
          )}
        </section>
      </div>
    </div>
  );
}

const WAYS = [
  ['見出し', '## 日時と場所'],
  ['小さな見出し', '### 申込み'],
  ['段落', '1行あけると、次の段落になります。'],
  ['箇条書き', '- 会場で参加\n- オンラインで参加'],
  ['番号つき', '1. 申込書に書く\n2. メールで送る'],
  ['太字', '**8月21日まで**'],
  ['リンク', '[申込みのページ](https://example.jp/)'],
  ['表', '| 日にち | 会場 |\n| --- | --- |\n| 8月28日 | 千代田区 |'],
] as const;

function Help(): ReactNode {
  return (
    <details className="fold">
      <summary>書き方</summary>
      <table className="table mt-2 md-help">
        <caption className="sr-only">本文に使える記号</caption>
        <thead>
          <tr>
            <th scope="col">つくるもの</th>
            <th scope="col">書き方</th>
          </tr>
        </thead>
        <tbody>
          {WAYS.map(([name, text]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <code className="whitespace-pre-wrap">{text}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint mt-2 mb-4">
        見出しは、「#」が1つでも2つでも、同じ大きさになります。HTMLのタグは使えません（書いたとおりの文字で見えます）。画像は、添付ファイルにしてください。
      </p>
    </details>
  );
}
