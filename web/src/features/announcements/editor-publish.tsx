import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementResponse } from '../../api/schema';
import { Button, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { shortDate, tokyoDate, When } from '../../ui/text';
import { fails } from './editor-body-checks';
import { CountWords } from './editor-audience-count';
import { audienceCountQuery } from './editor-queries';
import { useStep } from './editor-step';
import { audienceOf, isNobody, NOBODY, valuesOf } from './editor-values';

interface PublishProps {
  readonly announcement: AnnouncementResponse;
  readonly onDone: (text: string | null) => void;
}

/** What is still to be written before anybody can read it: its field on the form, and what to do there. */
function missing({
  summary,
  body,
  audience,
  expiresAt,
}: AnnouncementResponse): (readonly [string, string])[] {
  const ended = expiresAt !== null && new Date(expiresAt) <= new Date();
  const lacks = [
    [summary === '', 'summary', '要約を書く'],
    [body === '', 'body', '本文を書く'],
    [isNobody(audience ?? NOBODY), 'audience', '対象の自治体を選ぶ'],
    [ended, 'lastDay', '掲載の終わりを改める'],
  ] as const;
  return lacks.filter(([lacking]) => lacking).map(([, field, text]) => [field, text]);
}

/** Lets it out, now or at a time to come, once it is complete. */
export function Publish({ announcement, onDone }: PublishProps): ReactNode {
  const { id, state, publishAt } = announcement;
  const lacks = missing(announcement);
  return (
    <section className="decide-box mt-12" aria-labelledby="publish">
      <h2 id="publish">{state === 'scheduled' ? '公開の予定' : '公開する'}</h2>
      {state === 'scheduled' && publishAt !== null && (
        <p className="mt-2 text-lg font-bold">
          <When at={publishAt} as="time" />
          に公開します。
        </p>
      )}
      {lacks.length > 0 ? (
        <Notice tone="warn" className="mt-4">
          {lacks.some(([field]) => field === 'lastDay') && (
            <p>掲載の終わりの日が過ぎているので、公開できません。</p>
          )}
          <p>公開するまでに、次のことが必要です。</p>
          <ul className="bullets">
            {lacks.map(([field, text]) => (
              <li key={field}>
                <Link className="inline-block py-0.5" to={`/staff/announcements/${id}/edit#${field}`}>
                  {text}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Ready announcement={announcement} onDone={onDone} />
      )}
      {state === 'scheduled' && <TakeBack announcement={announcement} onDone={onDone} />}
    </section>
  );
}

function Count({ announcement: { audience } }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const query = useQuery(audienceCountQuery(audienceOf(audience ?? NOBODY)));
  return (
    <p className="mt-3" role="status">
      {query.data && <CountWords count={query.data} />}
      {query.isError && '対象の自治体を数えられませんでした。'}
    </p>
  );
}

/** @returns `09:00` */
const tokyoTime = (instant: string): string =>
  new Date(instant).toLocaleTimeString('ja-JP', {
    timeZone: 'Asia/Tokyo',
    hour: '2-digit',
    minute: '2-digit',
  });

const POINTERS = { '/publishAt': 'publish-date', '/expiresAt': 'publish-date' };

const instantOf = (date: string, time: string): string => `${date}T${time}:00+09:00`;

function Ready({ announcement, onDone }: PublishProps): ReactNode {
  const { id, version, state, publishAt, expiresAt } = announcement;
  const scheduled = state === 'scheduled';
  const [later, setLater] = useState(scheduled);
  const [date, setDate] = useState(publishAt === null ? '' : tokyoDate(new Date(publishAt)));
  const [time, setTime] = useState(publishAt === null ? '09:00' : tokyoTime(publishAt));
  const [tried, setTried] = useState(0);
  const params = { path: { id }, header: ifMatch(version) };
  const { run, pending, problem } = useStep(
    id,
    (publishAt: string | null) =>
      ok(
        publishAt === null
          ? api.POST('/api/v1/announcements/{id}/publish', { params })
          : api.POST('/api/v1/announcements/{id}/schedule', { params, body: { publishAt } }),
      ),
    (answer) =>
      onDone(
        answer.state === 'published'
          ? `公開しました。${answer.reach?.recipients ?? 0}自治体が対象です。`
          : '公開の日時を決めました。そのときに、自動で公開されます。',
      ),
  );
  const { lastDay } = valuesOf(announcement);
  const tooLate =
    later && expiresAt !== null && new Date(instantOf(date, time)).getTime() >= new Date(expiresAt).getTime();
  const checks = [
    [later && date === '', 'publish-date', '公開する日を入力してください。'],
    [later && time === '', 'publish-time', '公開する時刻を入力してください。'],
    [
      tooLate,
      'publish-date',
      `掲載の終わりは${lastDay && shortDate(lastDay)}です。公開をその日までの日時にするか、掲載の終わりを書き直してください。`,
    ],
  ] as const;
  const mistakes = useMistakes(problem, POINTERS, tried, checks);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(tried + 1);
    onDone(null);
    if (!fails(checks)) void run(later ? instantOf(date, time) : null);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Count announcement={announcement} />
      <div className="mt-4">
        <ErrorSummary mistakes={mistakes} />
      </div>
      <fieldset className="field !mt-2">
        <legend>いつ公開しますか</legend>
        {[
          [false, 'いますぐ'],
          [true, scheduled ? '日時を変える' : '日時を指定する'],
        ].map(([value, text]) => (
          <div key={String(value)}>
            <label className="check">
              <input
                type="radio"
                name="when"
                checked={later === value}
                onChange={() => setLater(value === true)}
              />
              {text}
            </label>
          </div>
        ))}
      </fieldset>
      {later && (
        <div className="flex flex-wrap gap-x-4">
          <TextField
            id="publish-date"
            label="公開する日"
            type="date"
            width="short"
            value={date}
            error={messageFor(mistakes, 'publish-date')}
            onChange={(event) => setDate(event.target.value)}
          />
          <TextField
            id="publish-time"
            label="時刻"
            type="time"
            width="tiny"
            value={time}
            error={messageFor(mistakes, 'publish-time')}
            onChange={(event) => setTime(event.target.value)}
          />
        </div>
      )}
      {tooLate && (
        <p className="mt-3">
          <Link className="inline-block py-0.5" to={`/staff/announcements/${id}/edit#lastDay`}>
            掲載の終わりを書き直す
          </Link>
        </p>
      )}
      <p className="hint mt-4">
        公開すると、すぐにメールが送られます。そのあとで文章を直すときは、訂正になります。
      </p>
      <div className="btns mt-4">
        <Button main type="submit" pending={pending}>
          {later ? 'この日時に公開する' : 'いま公開する'}
        </Button>
      </div>
      <Failed problem={mistakes.length > 0 ? null : problem} />
    </form>
  );
}

function TakeBack({ announcement: { id, version }, onDone }: PublishProps): ReactNode {
  const { run, pending, problem } = useStep(
    id,
    () =>
      ok(
        api.POST('/api/v1/announcements/{id}/unschedule', {
          params: { path: { id }, header: ifMatch(version) },
        }),
      ),
    () => onDone('公開の予定を取り消しました。下書きに戻っています。'),
  );
  return (
    <div className="mt-6">
      <Button size="m" pending={pending} onClick={() => void run()}>
        公開の予定を取り消す
      </Button>
      <Failed problem={problem} />
    </div>
  );
}
