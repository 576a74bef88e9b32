import type { FormEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import { ErrorSummary, type Mistake, Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { Attachments } from './editor-attachments';
import { AudienceFields } from './editor-audience';
import { ForPublication, TextFields } from './editor-fields';
import { ShowingFields } from './editor-showing-fields';
import type { Values } from './editor-values';

/** Where one goes once it is saved. */
export type Then = 'stay' | 'check' | 'attach';

export function placeAfter(id: string, then: Then): string {
  if (then === 'check') return `/staff/announcements/${id}`;
  return `/staff/announcements/${id}/edit${then === 'attach' ? '#attachments' : ''}`;
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
  /** Below the heading: what has happened meanwhile. */
  readonly meanwhile?: ReactNode;
  /** Below the buttons. */
  readonly children: ReactNode;
}

/** What is written before it goes out: a new one, a draft, or one whose time is to come. */
export function WriteForm(props: FormProps): ReactNode {
  const { heading, found, mistakes, onSave, values, set, settings, announcement, pending, onForget } = props;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave('stay');
  };
  const forget = (): void => {
    onForget?.();
    announce('保存していない変更を取り消しました。');
    // The button goes with what it took back.
    backToHeading();
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
      {props.meanwhile}
      <form className="editor-form" onSubmit={submit} noValidate>
        <TextFields
          values={values}
          set={set}
          mistakes={mistakes}
          categories={settings.categories}
          category={announcement?.category ?? null}
          out={scheduled}
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
          mark={scheduled ? <span className="need">必須</span> : <ForPublication />}
          error={messageFor(mistakes, 'audience')}
          onChange={(audience) => set({ ...values, audience })}
        />
        <section className="mt-12 narrow" aria-labelledby="showing">
          <h2 id="showing">掲載のしかた</h2>
          <ShowingFields values={values} set={set} error={messageFor(mistakes, 'lastDay')} />
        </section>
        <div className="btns send">
          <Button size="m" main type="submit" pending={pending} pendingText="保存しています">
            {scheduled ? '保存する' : '下書きを保存する'}
          </Button>
          <Button size="m" pending={pending} pendingText="保存しています" onClick={() => onSave('check')}>
            保存して、公開の確認へ進む
          </Button>
          {onForget && (
            <Button plain onClick={forget}>
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
