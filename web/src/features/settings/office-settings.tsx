import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { SettingsResponse } from '../../api/schema';
import { settingsQuery } from '../../api/settings';
import { announce } from '../../ui/announce';
import { Button, TextField } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { leadToNewer, Newer } from '../../ui/newer';
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { monthsText } from '../../ui/months';
import { When } from '../../ui/text';
import { useEdited } from '../../ui/use-edited';
import { useSend } from '../../ui/use-send';
import { ClosedDays } from './closed-days';
import {
  checksOf,
  closedDayText,
  differences,
  fieldsOf,
  freshText,
  toSend,
  valuesOf,
} from './settings-values';
import { TextList } from './text-list';

/** Texts to begin a reason from, how long a review usually takes, what counts as fresh, when the office is closed. */
export function OfficeSettings({ admin }: { readonly admin: boolean }): ReactNode {
  const query = useQuery({ ...settingsQuery(), refetchOnWindowFocus: false });
  return (
    <section className="mt-12" aria-labelledby="templates">
      <h2 id="templates" tabIndex={-1}>
        文例、日数、休業日
      </h2>
      <Loaded query={query}>
        {(settings) => (
          <>
            <p className="small quiet">
              {settings.changedByName ? (
                <>
                  <When at={settings.changedAt} as="time" />に{settings.changedByName}さんが変えました。
                </>
              ) : (
                'はじめからの設定です。'
              )}
            </p>
            {admin ? <Form settings={settings} /> : <ToRead settings={settings} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function ToRead({ settings }: { readonly settings: SettingsResponse }): ReactNode {
  const lists = [
    ['差し戻す理由の文例', settings.returnReasons],
    ['採用しない理由の文例', settings.refusalReasons],
  ] as const;
  return (
    <>
      {lists.map(([title, texts]) => (
        <section key={title} className="mt-4">
          <h3>{title}</h3>
          <ul className="bullets mt-1">
            {texts.map((text) => (
              <li key={text} className="whitespace-pre-line">
                {text}
              </li>
            ))}
          </ul>
          {texts.length === 0 && <p>文例はありません。</p>}
        </section>
      ))}
      <p className="mt-4">内容確認の目安は、{settings.reviewBusinessDays}営業日です。</p>
      <p className="mt-4">
        確認から{monthsText(settings.freshMonths)}以内の登録や項目を、新しいものとして数えます。
      </p>
      <section className="mt-4">
        <h3>事務局の休業日</h3>
        <ul className="bullets mt-1">
          {settings.closedDays.map((day) => (
            <li key={day.date}>{closedDayText(day)}</li>
          ))}
        </ul>
        {settings.closedDays.length === 0 && (
          <p>土日、祝日、12月29日から1月3日までのほかに、休業日はありません。</p>
        )}
      </section>
    </>
  );
}

function Form({ settings }: { readonly settings: SettingsResponse }): ReactNode {
  const client = useQueryClient();
  const edited = useEdited(valuesOf(settings), settings.version);
  const { values, newer } = edited;
  const { returnReasons, refusalReasons, days, months } = values;
  const [done, setDone] = useState(false);
  const [tried, setTried] = useState(0);
  const { send, pending, problem, clear } = useSend((version: number) =>
    ok(
      api.PUT('/api/v1/settings', {
        params: { header: ifMatch(version) },
        body: toSend(values),
      }),
    ),
  );
  const checks = checksOf(values);
  const mistakes = useMistakes(problem, fieldsOf(values), tried, checks);
  /** @param version what it takes the place of */
  const save = async (version: number): Promise<void> => {
    setTried(tried + 1);
    setDone(false);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send(version);
    if (!answer) return client.invalidateQueries({ queryKey: settingsQuery().queryKey });
    client.setQueryData(settingsQuery().queryKey, answer);
    edited.saved(answer, valuesOf(answer));
    setDone(true);
    announce('設定を保存しました。');
    // The buttons of the question go with it.
    if (newer) toHeading();
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
    toHeading();
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="mt-4">
        <ErrorSummary mistakes={mistakes} />
      </div>
      <TextList
        name="returnReasons"
        title="差し戻す理由の文例"
        texts={returnReasons}
        mistakes={mistakes}
        onChange={(texts) => edited.set({ ...values, returnReasons: texts })}
      />
      <TextList
        name="refusalReasons"
        title="採用しない理由の文例"
        texts={refusalReasons}
        mistakes={mistakes}
        onChange={(texts) => edited.set({ ...values, refusalReasons: texts })}
      />
      <TextField
        id="days"
        label="内容確認の目安（営業日）"
        hint="届け出た方への案内に使います。1から20まで。"
        width="tiny"
        inputMode="numeric"
        value={days}
        error={messageFor(mistakes, 'days')}
        onChange={(event) => edited.set({ ...values, days: event.target.value })}
      />
      <TextField
        id="months"
        label="確認が新しいとみなす期間（か月）"
        hint="この期間のうちに確認された登録や項目を、新しいものとして数えます。それより前のものには印を付けます。1から36まで。"
        width="tiny"
        inputMode="numeric"
        value={months}
        error={messageFor(mistakes, 'months')}
        onChange={(event) => edited.set({ ...values, months: event.target.value })}
        after={<p className="small quiet mt-1">{freshText(months)}</p>}
      />
      <ClosedDays
        days={values.closedDays}
        mistakes={mistakes}
        onChange={(closedDays) => edited.set({ ...values, closedDays })}
      />
      <div className="btns mt-6">
        <Button size="m" main type="submit" pending={pending} pendingText="保存しています">
          保存する
        </Button>
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
  );
}

const toHeading = (): void => document.getElementById('templates')?.focus();
