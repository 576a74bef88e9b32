import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { RegistrationResponse, VersionResponse } from '../../api/schema';
import { Button, TextField } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Marked } from '../../ui/marks';
import { formatDateJa, today, When } from '../../ui/text';
import { CAUSES } from '../../ui/version-causes';
import { historyQuery } from './queries';
import { NO_FRESHNESS, Sheet } from './sheet';

const FIRST = 5;

/** What was registered when, and who said so. */
export function History({ registration }: { readonly registration: RegistrationResponse }): ReactNode {
  const query = useQuery(historyQuery(registration.id));
  const [all, setAll] = useState(false);
  return (
    <section className="mt-12" aria-labelledby="history">
      <h2 id="history">登録の履歴</h2>
      <AsOf registration={registration} />
      <Loaded query={query}>
        {({ items, total }) => (
          <>
            <ol className="list mt-6 border-t-2">
              {items.slice(0, all ? items.length : FIRST).map((version) => (
                <Version key={version.version} version={version} />
              ))}
            </ol>
            {!all && items.length > FIRST && (
              <Button size="s" className="mt-4" onClick={() => setAll(true)}>
                古い版も表示（残り{items.length - FIRST}版）
              </Button>
            )}
            {all && total > items.length && (
              <p className="small quiet mt-2">
                これより古い版は、「この日の登録を見る」で日付を指定して見られます。
              </p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Version({ version }: { readonly version: VersionResponse }): ReactNode {
  return (
    <li>
      <h3 className="text-base">
        <When at={version.effectiveOn} />
        から　第{version.version}版　{CAUSES[version.cause]}
      </h3>
      <p className="meta">
        <span>{version.proposedBy}</span>
        {version.decidedBy && <span>内容確認　{version.decidedBy}</span>}
        <span>
          記録{'　'}
          <When at={version.recordedAt} as="time" />
        </span>
        {version.changeRequestId && <Link to={`/staff/review/${version.changeRequestId}`}>変更届を見る</Link>}
      </p>
      {version.changes.length > 0 && <Changes changes={version.changes} />}
    </li>
  );
}

function Changes({ changes }: { readonly changes: VersionResponse['changes'] }): ReactNode {
  return (
    <dl className="mt-2 grid gap-2">
      {changes.map(({ pointer, label, beforeText, afterText }) => (
        <div key={pointer}>
          <dt className="small quiet">{label}</dt>
          <dd>
            {beforeText !== null && <Marked before={beforeText} after={afterText} side="before" />}
            {beforeText !== null && <span className="quiet">　→　</span>}
            {afterText === null ? (
              '登録から外しました'
            ) : (
              <Marked before={beforeText} after={afterText} side="after" />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The registration as it held on a day. */
function AsOf({ registration }: { readonly registration: RegistrationResponse }): ReactNode {
  const [typed, setTyped] = useState(today());
  const [day, setDay] = useState<string | null>(null);
  return (
    <>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setDay(typed === '' ? null : typed);
        }}
      >
        <TextField
          id="as-of"
          label="日付を指定して、その日の登録を見る"
          type="date"
          width="short"
          className="m"
          max={today()}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button size="m" type="submit">
          この日の登録を見る
        </Button>
      </form>
      {day !== null && <OnThatDay registration={registration} day={day} onClose={() => setDay(null)} />}
    </>
  );
}

function OnThatDay({
  registration,
  day,
  onClose,
}: {
  readonly registration: RegistrationResponse;
  readonly day: string;
  readonly onClose: () => void;
}): ReactNode {
  const query = useQuery(historyQuery(registration.id, day));
  return (
    <div className="box mt-6" role="region" aria-label={`${formatDateJa(day)}の登録`}>
      <Loaded query={query}>
        {({ items: [version] }) =>
          version ? (
            <div role="status">
              <h3>
                {formatDateJa(day)}の登録（第{version.version}版）
              </h3>
              <p className="small quiet">
                {formatDateJa(version.effectiveOn)}から　{CAUSES[version.cause]}　{version.proposedBy}
              </p>
              <Sheet
                registration={{ ...version.document, ...NO_FRESHNESS }}
                freshness="none"
                headings="h3"
                idPrefix="day"
              />
            </div>
          ) : (
            <p role="status">{formatDateJa(day)}には、まだ登録がありませんでした。</p>
          )
        }
      </Loaded>
      <Button size="s" className="mt-4" onClick={onClose}>
        閉じる
      </Button>
    </div>
  );
}
