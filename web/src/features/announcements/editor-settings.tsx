import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementSettingsResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button, Select, TextField } from '../../ui/controls';
import { LoadedPage } from '../../ui/loaded-page';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { leadToNewer, Newer } from '../../ui/newer';
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { Categories, type CategoryValues } from './editor-categories';
import { useKept } from './editor-kept';
import { announcementSettingsQuery } from './editor-queries';
import { toBytes, toMegabytes } from './editor-words';

interface Values {
  readonly categories: readonly CategoryValues[];
  readonly megabytes: string;
  readonly count: string;
  readonly hour: string;
}

const valuesOf = (settings: AnnouncementSettingsResponse): Values => ({
  categories: settings.categories,
  megabytes: toMegabytes(settings.attachmentMaxBytes),
  count: String(settings.attachmentMaxCount),
  hour: String(settings.digestHour),
});

/** お知らせの設定: categories, limits of attachments and the hour of the daily mail. */
export default function AnnouncementSettings(): ReactNode {
  const query = useQuery({ ...announcementSettingsQuery(), refetchOnWindowFocus: false });
  return <LoadedPage query={query}>{(settings) => <Form settings={settings} />}</LoadedPage>;
}

const NUMBER = /^\d+(?:\.\d{1,2})?$/;
const WHOLE = /^\d+$/;
const MOST_MEGABYTES = 50;
const MOST_FILES = 30;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

function isWithin(text: string, shape: RegExp, least: number, most: number): boolean {
  const plain = text.normalize('NFKC').trim();
  return shape.test(plain) && Number(plain) >= least && Number(plain) <= most;
}

function Form({ settings }: { readonly settings: AnnouncementSettingsResponse }): ReactNode {
  const client = useQueryClient();
  const edited = useKept('settings', valuesOf(settings), settings.version);
  const { values, newer } = edited;
  const [done, setDone] = useState(false);
  const [tried, setTried] = useState(0);
  const { send, pending, problem, clear } = useSend((version: number) =>
    ok(
      api.PUT('/api/v1/announcement-settings', {
        params: { header: ifMatch(version) },
        body: {
          categories: [...values.categories],
          attachmentMaxBytes: toBytes(values.megabytes),
          attachmentMaxCount: Number(values.count.normalize('NFKC')),
          digestHour: Number(values.hour),
        },
      }),
    ),
  );
  const checks = [
    ...values.categories.map(
      ({ name }, at) => [name.trim() === '', `category-${at}`, '分類の名前を入力してください。'] as const,
    ),
    [
      !isWithin(values.megabytes, NUMBER, 0.01, MOST_MEGABYTES),
      'megabytes',
      `1つのファイルの大きさは、0.01から${MOST_MEGABYTES}まで（MB）の数字で入力してください。`,
    ] as const,
    [
      !isWithin(values.count, WHOLE, 0, MOST_FILES),
      'count',
      `1つのお知らせに添付できる数は、0から${MOST_FILES}までの数字で入力してください。`,
    ] as const,
  ];
  const fields = {
    ...Object.fromEntries(
      values.categories.flatMap((_, at) => [
        [`/categories/${at}/name`, `category-${at}`],
        [`/categories/${at}/id`, `category-${at}`],
      ]),
    ),
    '/attachmentMaxBytes': 'megabytes',
    '/attachmentMaxCount': 'count',
    '/digestHour': 'hour',
  };
  const mistakes = useMistakes(problem, fields, tried, checks);
  /** @param version what it takes the place of */
  const save = async (version: number): Promise<void> => {
    setTried(tried + 1);
    setDone(false);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send(version);
    if (!answer) return client.invalidateQueries({ queryKey: announcementSettingsQuery().queryKey });
    client.setQueryData(announcementSettingsQuery().queryKey, answer);
    edited.saved(answer, valuesOf(answer), values);
    setDone(true);
    announce('設定を保存しました。');
    // The buttons of the question go with it.
    if (newer) backToHeading();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (newer) leadToNewer();
    else void save(edited.version);
  };
  const take = (): void => {
    edited.takeNewer();
    clear();
    announce('新しい内容を読み込みました。');
    backToHeading();
  };
  const forget = (): void => {
    edited.takeNewer();
    announce('保存していない変更を取り消しました。');
    // The button goes with what it took back.
    backToHeading();
  };
  return (
    <Page
      heading="お知らせの設定"
      title="お知らせの設定"
      width="narrow"
      above={
        <>
          <p className="back">
            <Link className="inline-block py-0.5" to="/staff/announcements">
              お知らせの一覧へ
            </Link>
          </p>
          <ErrorSummary mistakes={mistakes} />
        </>
      }
    >
      <p className="small quiet mt-2">
        {settings.changedByName ? (
          <>
            <When at={settings.changedAt} as="time" />に{settings.changedByName}さんが変えました。
          </>
        ) : (
          'はじめからの設定です。'
        )}
      </p>
      {edited.found && edited.dirty && (
        <Notice className="mt-6">
          <p>入力の続きを開きました。まだ保存していません。</p>
        </Notice>
      )}
      <form onSubmit={submit} noValidate>
        <Categories
          categories={values.categories}
          mistakes={mistakes}
          onChange={(categories) => edited.set({ ...values, categories })}
        />
        <section className="mt-10" aria-labelledby="limits">
          <h2 id="limits">添付ファイル</h2>
          <TextField
            id="megabytes"
            label="1つのファイルの大きさ（MB）"
            hint={`${MOST_MEGABYTES}まで`}
            width="tiny"
            inputMode="decimal"
            value={values.megabytes}
            error={messageFor(mistakes, 'megabytes')}
            onChange={(event) => edited.set({ ...values, megabytes: event.target.value })}
          />
          <TextField
            id="count"
            label="1つのお知らせに添付できる数"
            hint={`${MOST_FILES}まで。0にすると、添付できなくなります。`}
            width="tiny"
            inputMode="numeric"
            value={values.count}
            error={messageFor(mistakes, 'count')}
            onChange={(event) => edited.set({ ...values, count: event.target.value })}
          />
        </section>
        <section className="mt-10" aria-labelledby="digest">
          <h2 id="digest">1日1回のまとめ</h2>
          <Select
            id="hour"
            label="まとめのメールを送る時刻"
            hint="「1日1回まとめて」を選んだ自治体に送ります。"
            className="!max-w-36"
            value={values.hour}
            error={messageFor(mistakes, 'hour')}
            onChange={(event) => edited.set({ ...values, hour: event.target.value })}
          >
            {HOURS.map((hour) => (
              <option key={hour} value={hour}>
                {hour}時
              </option>
            ))}
          </Select>
        </section>
        <div className="btns mt-8">
          <Button size="m" main type="submit" pending={pending} pendingText="保存しています">
            保存する
          </Button>
          {edited.dirty && !newer && (
            <Button plain onClick={forget}>
              保存していない変更を取り消す
            </Button>
          )}
        </div>
        {newer && (
          <Newer
            fields={differences(values, newer)}
            pending={pending}
            onTake={take}
            onSave={() => void save(settings.version)}
          />
        )}
        <Failed problem={mistakes.length > 0 || newer ? null : problem} />
        {done && (
          <Notice tone="ok" className="mt-4">
            <p>保存しました。</p>
          </Notice>
        )}
      </form>
    </Page>
  );
}

const differences = (typed: Values, newer: Values): (readonly [string, string])[] => {
  const names = ({ categories }: Values): string => categories.map(({ name }) => name).join('\n');
  const fields = [
    ['分類', names(typed), names(newer)],
    ['1つのファイルの大きさ', typed.megabytes, `${newer.megabytes}MB`, newer.megabytes],
    ['添付できる数', typed.count, newer.count],
    ['まとめのメールの時刻', typed.hour, `${newer.hour}時`, newer.hour],
  ] as const;
  return fields
    .filter(([, ours, shown, theirs = shown]) => ours !== theirs)
    .map(([name, , shown]) => [name, shown]);
};
