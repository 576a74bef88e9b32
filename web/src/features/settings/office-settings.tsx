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
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { TextList } from './text-list';

/** Texts to begin a reason from, and how long a review usually takes. */
export function OfficeSettings({ admin }: { readonly admin: boolean }): ReactNode {
  const query = useQuery({ ...settingsQuery(), refetchOnWindowFocus: false });
  return (
    <section className="mt-12" aria-labelledby="templates">
      <h2 id="templates">文例と目安の日数</h2>
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
    </>
  );
}

function Form({ settings }: { readonly settings: SettingsResponse }): ReactNode {
  const client = useQueryClient();
  const [returnReasons, setReturnReasons] = useState<readonly string[]>(settings.returnReasons);
  const [refusalReasons, setRefusalReasons] = useState<readonly string[]>(settings.refusalReasons);
  const [days, setDays] = useState(String(settings.reviewBusinessDays));
  const [done, setDone] = useState(false);
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.PUT('/api/v1/settings', {
        params: { header: ifMatch(settings.version) },
        body: {
          returnReasons: filled(returnReasons),
          refusalReasons: filled(refusalReasons),
          reviewBusinessDays: Number(days.normalize('NFKC')),
        },
      }),
    ),
  );
  const wrong = !/^\d{1,2}$/.test(days.normalize('NFKC').trim());
  const fields = {
    '/reviewBusinessDays': 'days',
    ...pointersOf('returnReasons', returnReasons),
    ...pointersOf('refusalReasons', refusalReasons),
  };
  const mistakes = useMistakes(problem, fields, tried, [
    [wrong, 'days', '目安の日数を、1から20までの数字で入力してください。'],
  ]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    setDone(false);
    if (wrong) return;
    const answer = await send();
    if (!answer) {
      // What was typed stays; what it is sent against is the newest from now on.
      void client.invalidateQueries({ queryKey: ['settings'] });
      return;
    }
    client.setQueryData(settingsQuery().queryKey, answer);
    setReturnReasons(answer.returnReasons);
    setRefusalReasons(answer.refusalReasons);
    setDone(true);
    announce('設定を保存しました。');
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <div className="mt-4">
        <ErrorSummary mistakes={mistakes} />
      </div>
      <TextList
        name="returnReasons"
        title="差し戻す理由の文例"
        texts={returnReasons}
        mistakes={mistakes}
        onChange={setReturnReasons}
      />
      <TextList
        name="refusalReasons"
        title="採用しない理由の文例"
        texts={refusalReasons}
        mistakes={mistakes}
        onChange={setRefusalReasons}
      />
      <TextField
        id="days"
        label="内容確認の目安（営業日）"
        hint="届け出た方への案内に使います。1から20まで。"
        width="tiny"
        inputMode="numeric"
        value={days}
        error={messageFor(mistakes, 'days')}
        onChange={(event) => setDays(event.target.value)}
      />
      <div className="btns mt-6">
        <Button size="m" main type="submit" pending={pending} pendingText="保存しています">
          保存する
        </Button>
      </div>
      <Failed problem={mistakes.length === 0 ? problem : null} />
      {done && (
        <Notice tone="ok" className="mt-4">
          <p>保存しました。</p>
        </Notice>
      )}
    </form>
  );
}

const filled = (texts: readonly string[]): string[] => texts.filter((text) => text.trim() !== '');

/** Empty ones aren't sent, so the API counts without them. */
const pointersOf = (name: string, texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    texts
      .map((text, index) => ({ text, index }))
      .filter(({ text }) => text.trim() !== '')
      .map(({ index }, sent) => [`/${name}/${sent}`, `${name}-${index}`]),
  );
