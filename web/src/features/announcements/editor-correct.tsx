import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button, TextArea } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { leadToNewer, Newer } from '../../ui/newer';
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { useSend } from '../../ui/use-send';
import { AudienceFields } from './editor-audience';
import { TextFields } from './editor-fields';
import { useKept } from './editor-kept';
import { Overtaken } from './editor-overtaken';
import { ANNOUNCEMENTS, announcementSettingsQuery, editorOneQuery } from './editor-queries';
import {
  audienceOf,
  completeChecksOf,
  differences,
  FIELDS,
  textsOf,
  type TextValues,
  valuesOf,
} from './editor-values';

interface CorrectionValues extends TextValues {
  readonly note: string;
  readonly notify: boolean;
  readonly askAgain: boolean;
}

/** Nothing is decided beforehand but that readers are told. */
const correctionOf = (announcement: AnnouncementResponse): CorrectionValues => ({
  ...textsOf(announcement),
  note: '',
  notify: true,
  askAgain: false,
});

/** 訂正: what is out changes in the open, with a note for its readers. */
export default function Correct(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({ ...editorOneQuery(id), refetchOnWindowFocus: false });
  const settings = useQuery({ ...announcementSettingsQuery(), refetchOnWindowFocus: false });
  return (
    <LoadedPage query={query}>
      {(announcement) =>
        announcement.state === 'published' ? (
          <Loaded query={settings}>
            {(found) => <Form announcement={announcement} settings={found} key={id} />}
          </Loaded>
        ) : (
          <Overtaken announcement={announcement} form={`correction-${id}`} />
        )
      }
    </LoadedPage>
  );
}

function Form({
  announcement,
  settings,
}: {
  readonly announcement: AnnouncementResponse;
  readonly settings: AnnouncementSettingsResponse;
}): ReactNode {
  const { id } = announcement;
  const client = useQueryClient();
  const navigate = useNavigate();
  const edited = useKept(`correction-${id}`, correctionOf(announcement), announcement.version);
  const { values, newer } = edited;
  const [tried, setTried] = useState(0);
  const { send, pending, problem, clear } = useSend((version: number) =>
    ok(
      api.POST('/api/v1/announcements/{id}/corrections', {
        params: { path: { id }, header: ifMatch(version) },
        body: { ...values, audience: audienceOf(values.audience) },
      }),
    ),
  );
  const checks = [
    ...completeChecksOf(values),
    [values.note.trim() === '', 'note', '訂正の内容を入力してください。'] as const,
  ];
  const mistakes = useMistakes(problem, FIELDS, tried, checks);
  /** @param version what it takes the place of */
  const correct = async (version: number): Promise<void> => {
    setTried(tried + 1);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send(version);
    if (!answer) return client.invalidateQueries({ queryKey: editorOneQuery(id).queryKey });
    edited.saved(answer, correctionOf(answer));
    edited.forget();
    client.setQueryData(editorOneQuery(id).queryKey, answer);
    announce('訂正しました。');
    await navigate(`/staff/announcements/${id}/history`, { replace: true, state: { corrected: true } });
    void client.invalidateQueries({ queryKey: ANNOUNCEMENTS });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (newer) leadToNewer();
    else void correct(edited.version);
  };
  const take = (): void => {
    edited.takeNewer();
    clear();
    announce('新しい内容を読み込みました。');
    backToHeading();
  };
  return (
    <Page
      heading="お知らせを訂正する"
      title={`${announcement.title} 訂正`}
      eyebrow={announcement.title}
      width="full"
      lead="公開したときの文章は、これまでの版として残ります。訂正したことと、その内容は、読む人に見えます。"
      above={
        <>
          <p className="back">
            <Link className="inline-block py-0.5" to={`/staff/announcements/${id}`}>
              このお知らせへ
            </Link>
          </p>
          <ErrorSummary mistakes={mistakes} />
        </>
      }
    >
      {edited.found && edited.dirty && (
        <Notice className="mt-6 narrow">
          <p>入力の続きを開きました。まだ訂正していません。</p>
        </Notice>
      )}
      <form className="editor-form" onSubmit={submit} noValidate>
        <TextFields
          values={values}
          set={edited.set}
          mistakes={mistakes}
          categories={settings.categories}
          category={announcement.category}
        />
        <AudienceFields
          audience={values.audience}
          error={messageFor(mistakes, 'audience')}
          onChange={(audience) => edited.set({ ...values, audience })}
        />
        <p className="hint mt-2">
          新しく対象になった自治体には、公開のときと同じメールを送ります。対象から外れた自治体には、見えなくなります。
        </p>
        <section className="mt-12 narrow" aria-labelledby="about">
          <h2 id="about">訂正について</h2>
          <TextArea
            id="note"
            label="訂正の内容"
            hint="読む人に見え、メールにも載ります。400文字まで。例　開始の時刻を、14時から15時に改めました。"
            need="required"
            value={values.note}
            error={messageFor(mistakes, 'note')}
            onChange={(event) => edited.set({ ...values, note: event.target.value })}
          />
          <label className="check mt-4">
            <input
              type="checkbox"
              checked={values.notify}
              onChange={() => edited.set({ ...values, notify: !values.notify })}
            />
            訂正をメールで知らせる
          </label>
          <div>
            <label className="check">
              <input
                type="checkbox"
                checked={values.askAgain}
                onChange={() => edited.set({ ...values, askAgain: !values.askAgain })}
              />
              確認をもう一度お願いする
            </label>
            <p className="hint">これまでの「確認済み」は、未確認に戻ります。</p>
          </div>
        </section>
        <div className="btns send">
          <Button size="m" main type="submit" pending={pending}>
            訂正する
          </Button>
          {edited.dirty && !newer && (
            <Button plain onClick={edited.takeNewer}>
              入力した内容を取り消す
            </Button>
          )}
        </div>
        {newer && (
          <Newer
            fields={differences(
              { ...valuesOf(announcement), ...values },
              valuesOf(announcement),
              settings.categories,
            )}
            pending={pending}
            onTake={take}
            onSave={() => void correct(announcement.version)}
          />
        )}
        <Failed problem={mistakes.length > 0 || newer ? null : problem} />
      </form>
    </Page>
  );
}
