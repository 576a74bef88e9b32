import type { FormEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button, TextArea } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import { ErrorSummary, type Mistake, Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { AudienceFields } from './editor-audience';
import type { CorrectionValues } from './editor-correction-values';
import { Counter, TextFields } from './editor-fields';
import { MOST } from './editor-values';

interface CorrectFormProps {
  readonly announcement: AnnouncementResponse;
  readonly settings: AnnouncementSettingsResponse;
  readonly values: CorrectionValues;
  readonly set: (values: CorrectionValues) => void;
  readonly mistakes: readonly Mistake[];
  readonly found: boolean;
  /** The question where two have changed the same. */
  readonly both: ReactNode;
  readonly meanwhile: ReactNode;
  readonly failed: ReactNode;
  readonly onForget: (() => void) | null;
  readonly onSubmit: () => void;
}

/** What it is to say from now on, in full, and what is different. */
export function CorrectForm(props: CorrectFormProps): ReactNode {
  const { announcement, settings, values, set, mistakes, onForget } = props;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSubmit();
  };
  const forget = (): void => {
    onForget?.();
    announce('入力した内容を取り消しました。');
    // The button goes with what it took back.
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
            <Link className="inline-block py-0.5" to={`/staff/announcements/${announcement.id}`}>
              このお知らせへ
            </Link>
          </p>
          <ErrorSummary mistakes={mistakes} />
        </>
      }
    >
      {props.found && (
        <Notice className="mt-6 narrow">
          <p>入力の続きを開きました。まだ訂正していません。</p>
        </Notice>
      )}
      {props.meanwhile}
      <form className="editor-form" onSubmit={submit} noValidate>
        <TextFields
          values={values}
          set={set}
          mistakes={mistakes}
          categories={settings.categories}
          category={announcement.category}
          out
        />
        <AudienceFields
          audience={values.audience}
          mark={<span className="need">必須</span>}
          error={messageFor(mistakes, 'audience')}
          onChange={(audience) => set({ ...values, audience })}
        />
        <p className="hint mt-2">
          新しく対象になった自治体には、公開のときと同じメールを送ります。対象から外れた自治体には、見えなくなります。
        </p>
        <AboutIt values={values} set={set} mistakes={mistakes} />
        <div className="btns send">
          <Button size="m" main type="submit">
            訂正の確認へ進む
          </Button>
          {onForget && (
            <Button plain onClick={forget}>
              入力した内容を取り消す
            </Button>
          )}
        </div>
        <p className="hint mt-2">次の画面で、変わるところと、メールの届く先を確かめます。まだ送りません。</p>
        {props.both}
        {props.failed}
      </form>
    </Page>
  );
}

function AboutIt({
  values,
  set,
  mistakes,
}: Pick<CorrectFormProps, 'values' | 'set' | 'mistakes'>): ReactNode {
  return (
    <section className="mt-12 narrow" aria-labelledby="about">
      <h2 id="about">訂正について</h2>
      <TextArea
        id="note"
        label="訂正の内容"
        hint="読む人に見え、メールにも載ります。例　開始の時刻を、14時から15時に改めました。"
        need="required"
        value={values.note}
        error={messageFor(mistakes, 'note')}
        aria-describedby="note-count"
        after={<Counter id="note-count" text={values.note} most={MOST.note} />}
        onChange={(event) => set({ ...values, note: event.target.value })}
      />
      <label className="check mt-4">
        <input
          type="checkbox"
          checked={values.notify}
          onChange={() => set({ ...values, notify: !values.notify })}
        />
        訂正をメールで知らせる
      </label>
      <div>
        <label className="check">
          <input
            type="checkbox"
            checked={values.askAgain}
            onChange={() => set({ ...values, askAgain: !values.askAgain })}
          />
          確認をもう一度お願いする
        </label>
        <p className="hint">これまでの「確認済み」は、未確認に戻ります。</p>
      </div>
    </section>
  );
}
