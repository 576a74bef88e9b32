import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { useSendingKey } from '../../api/use-sending-key';
import { announce } from '../../ui/announce';
import { Button, TextField } from '../../ui/controls';
import { LoadedPage } from '../../ui/loaded-page';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { leadToNewer, Newer } from '../../ui/newer';
import { ErrorSummary, Failed, type Mistake, Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { Attachments } from './editor-attachments';
import { AudienceFields } from './editor-audience';
import { TextFields } from './editor-fields';
import { useKept } from './editor-kept';
import { Overtaken } from './editor-overtaken';
import { ANNOUNCEMENTS, announcementSettingsQuery, editorOneQuery } from './editor-queries';
import {
  audienceOf,
  changesOf,
  checksOf,
  differences,
  EMPTY,
  endOf,
  FIELDS,
  type Values,
  valuesOf,
} from './editor-values';

/** Writes a new announcement, or goes on with a draft or a scheduled one. */
export default function Write(): ReactNode {
  const { id } = useParams();
  const settings = useQuery({ ...announcementSettingsQuery(), refetchOnWindowFocus: false });
  return (
    <LoadedPage query={settings}>
      {(found) => (id === undefined ? <Begin settings={found} /> : <Go id={id} settings={found} key={id} />)}
    </LoadedPage>
  );
}

function Go({
  id,
  settings,
}: {
  readonly id: string;
  readonly settings: AnnouncementSettingsResponse;
}): ReactNode {
  const query = useQuery({ ...editorOneQuery(id), refetchOnWindowFocus: false });
  return (
    <LoadedPage query={query}>
      {(announcement) =>
        announcement.state === 'draft' || announcement.state === 'scheduled' ? (
          <Continue announcement={announcement} settings={settings} />
        ) : (
          <Overtaken announcement={announcement} form={id} />
        )
      }
    </LoadedPage>
  );
}

const toBody = ({ lastDay, audience, ...values }: Values) => ({
  ...values,
  audience: audienceOf(audience),
  expiresAt: endOf(lastDay),
});

/** Where one goes once it is saved. */
type Then = 'stay' | 'check' | 'attach';

/** Nothing is on the server yet; the first time it is saved, it gets its address. */
function Begin({ settings }: { readonly settings: AnnouncementSettingsResponse }): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useSendingKey();
  const edited = useKept('new', EMPTY, 0);
  const { values } = edited;
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() => {
    const body = toBody(values);
    const header = { 'Idempotency-Key': key.keyOf(JSON.stringify(body)) };
    return ok(api.POST('/api/v1/announcements', { params: { header }, body }));
  });
  const checks = checksOf(values);
  const mistakes = useMistakes(problem, FIELDS, tried, checks);
  const save = async (then: Then): Promise<void> => {
    setTried(tried + 1);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send();
    if (!answer) return;
    key.done();
    edited.saved(answer, EMPTY);
    edited.forget();
    client.setQueryData(editorOneQuery(answer.id).queryKey, answer);
    void client.invalidateQueries({ queryKey: [...ANNOUNCEMENTS, 'editor-list'] });
    announce('下書きを保存しました。');
    void navigate(placeAfter(answer.id, then), { replace: true, state: { saved: true } });
  };
  return (
    <Form
      heading="新しいお知らせ"
      found={edited.found && edited.dirty}
      mistakes={mistakes}
      onSave={(then) => void save(then)}
      values={values}
      set={edited.set}
      settings={settings}
      announcement={null}
      pending={pending}
      onForget={edited.dirty ? edited.takeNewer : null}
    >
      <Failed problem={mistakes.length > 0 ? null : problem} />
    </Form>
  );
}

function placeAfter(id: string, then: Then): string {
  if (then === 'check') return `/staff/announcements/${id}`;
  return `/staff/announcements/${id}/edit${then === 'attach' ? '#attachments' : ''}`;
}

function Continue({
  announcement,
  settings,
}: {
  readonly announcement: AnnouncementResponse;
  readonly settings: AnnouncementSettingsResponse;
}): ReactNode {
  const { id } = announcement;
  const client = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  const now = valuesOf(announcement);
  const edited = useKept(id, now, announcement.version);
  const { values, newer } = edited;
  const [tried, setTried] = useState(0);
  const [done, setDone] = useState((location.state as { saved?: boolean } | null)?.saved === true);
  const { send, pending, problem, clear } = useSend((version: number, base: Values) =>
    ok(
      api.PATCH('/api/v1/announcements/{id}', {
        params: { path: { id }, header: ifMatch(version) },
        body: changesOf(values, base),
      }),
    ),
  );
  const checks = checksOf(values);
  const mistakes = useMistakes(problem, FIELDS, tried, checks);
  /** @param version what it takes the place of, and @param base what that says */
  const save = async (version: number, base: Values, then: Then): Promise<void> => {
    setTried(tried + 1);
    setDone(false);
    if (checks.some(([fails]) => fails)) return;
    if (Object.keys(changesOf(values, base)).length > 0) {
      const answer = await send(version, base);
      if (!answer) return client.invalidateQueries({ queryKey: editorOneQuery(id).queryKey });
      client.setQueryData(editorOneQuery(id).queryKey, answer);
      void client.invalidateQueries({ queryKey: [...ANNOUNCEMENTS, 'editor-list'] });
      edited.saved(answer, valuesOf(answer), values);
    }
    if (then === 'check') {
      edited.forget();
      return navigate(placeAfter(id, then));
    }
    setDone(true);
    announce('保存しました。');
    // The buttons of the question go with it.
    if (newer) backToHeading();
  };
  const press = (then: Then): void => {
    if (newer) leadToNewer();
    else void save(edited.version, edited.held.base, then);
  };
  const take = (): void => {
    edited.takeNewer();
    clear();
    announce('新しい内容を読み込みました。');
    backToHeading();
  };
  const scheduled = announcement.state === 'scheduled';
  return (
    <Form
      heading={scheduled ? '公開予定のお知らせを直す' : 'お知らせの下書き'}
      found={edited.found && edited.dirty}
      mistakes={mistakes}
      onSave={press}
      values={values}
      set={edited.set}
      settings={settings}
      announcement={announcement}
      pending={pending}
      onForget={edited.dirty && !newer ? edited.takeNewer : null}
    >
      {newer && (
        <Newer
          fields={differences(values, newer, settings.categories)}
          pending={pending}
          onTake={take}
          onSave={() => void save(announcement.version, now, 'stay')}
        />
      )}
      <Failed problem={mistakes.length > 0 || newer ? null : problem} />
      <p className="small quiet mt-4" role="status">
        {edited.dirty ? 'まだ保存していない変更があります。' : done ? '保存しました。' : ''}
        {!edited.dirty && (
          <>
            {' '}
            最後の保存{'　'}
            <When at={announcement.changedAt} as="time" />
            {announcement.changedByName && `　${announcement.changedByName}さん`}
          </>
        )}
      </p>
    </Form>
  );
}

interface FormProps {
  readonly heading: string;
  readonly found: boolean;
  readonly mistakes: readonly Mistake[];
  readonly onSave: (then: Then) => void;
  readonly values: Values;
  readonly set: (values: Values) => void;
  readonly settings: AnnouncementSettingsResponse;
  readonly announcement: AnnouncementResponse | null;
  readonly pending: boolean;
  readonly onForget: (() => void) | null;
  /** Below the buttons. */
  readonly children: ReactNode;
}

function Form(props: FormProps): ReactNode {
  const { heading, found, mistakes, onSave, values, set, settings, announcement, pending, onForget } = props;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave('stay');
  };
  const scheduled = announcement?.state === 'scheduled';
  return (
    <Page
      heading={heading}
      title={announcement ? `${announcement.title} お知らせを書く` : heading}
      width="full"
      above={<Above announcement={announcement} mistakes={mistakes} />}
    >
      {found && (
        <Notice className="mt-6 narrow">
          <p>入力の続きを開きました。まだ保存していません。</p>
        </Notice>
      )}
      <form className="editor-form" onSubmit={submit} noValidate>
        <TextFields
          values={values}
          set={set}
          mistakes={mistakes}
          categories={settings.categories}
          category={announcement?.category ?? null}
        />
        {announcement ? (
          <Attachments announcement={announcement} settings={settings} />
        ) : (
          <section className="mt-12" aria-labelledby="attachments">
            <h2 id="attachments">添付ファイル</h2>
            <p className="mt-2">下書きを保存すると、ファイルを加えられます。</p>
            <Button size="m" className="mt-3" pending={pending} onClick={() => onSave('attach')}>
              下書きを保存して、ファイルを加える
            </Button>
          </section>
        )}
        <AudienceFields
          audience={values.audience}
          error={messageFor(mistakes, 'audience')}
          onChange={(audience) => set({ ...values, audience })}
        />
        <section className="mt-12 narrow" aria-labelledby="showing">
          <h2 id="showing">掲載のしかた</h2>
          <label className="check mt-3">
            <input
              type="checkbox"
              checked={values.pinned}
              onChange={() => set({ ...values, pinned: !values.pinned })}
            />
            一覧の先頭に固定し、ホームにも出す
          </label>
          <TextField
            id="lastDay"
            label="掲載の終わり"
            need="optional"
            hint="この日の終わりまで載ります。入れなければ、終わりを決めずに載せます。"
            type="date"
            width="short"
            value={values.lastDay}
            error={messageFor(mistakes, 'lastDay')}
            onChange={(event) => set({ ...values, lastDay: event.target.value })}
          />
        </section>
        <div className="btns send">
          <Button size="m" main type="submit" pending={pending} pendingText="保存しています">
            {scheduled ? '保存する' : '下書きを保存する'}
          </Button>
          <Button size="m" pending={pending} pendingText="保存しています" onClick={() => onSave('check')}>
            保存して、公開の確認へ進む
          </Button>
          {onForget && (
            <Button plain onClick={onForget}>
              保存していない変更を取り消す
            </Button>
          )}
        </div>
        {props.children}
      </form>
    </Page>
  );
}

function Above({ announcement, mistakes }: Pick<FormProps, 'announcement' | 'mistakes'>): ReactNode {
  return (
    <>
      <p className="back">
        {announcement ? (
          <Link className="inline-block py-0.5" to={`/staff/announcements/${announcement.id}`}>
            このお知らせの確認へ
          </Link>
        ) : (
          <Link className="inline-block py-0.5" to="/staff/announcements">
            お知らせの一覧へ
          </Link>
        )}
      </p>
      <ErrorSummary mistakes={mistakes} />
    </>
  );
}
