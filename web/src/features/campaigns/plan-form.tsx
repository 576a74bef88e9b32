import type { FormEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import { announce } from '../../ui/announce';
import { Button, TextField } from '../../ui/controls';
import { messageFor } from '../../ui/mistakes';
import { ErrorSummary, type Mistake, Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { dateWithEra } from '../../ui/text';
import { AudienceFields } from './plan-audience';
import { Ladder } from './plan-ladder';
import { MOST, type Values } from './plan-values';
import type { Template } from './words';

interface FormProps {
  readonly heading: string;
  readonly title: string;
  readonly back: { readonly to: string; readonly text: string };
  readonly values: Values;
  readonly set: (values: Values) => void;
  readonly mistakes: readonly Mistake[];
  readonly openings: ReadonlyMap<Template, string>;
  /** It has started: whom it asks and from when an answer counts are written down. */
  readonly started: boolean;
  /** What was typed before one came here is shown. */
  readonly found: boolean;
  readonly onForget: (() => void) | null;
  readonly onSave: () => void;
  readonly buttons: ReactNode;
  /** Above the fields: what has happened meanwhile. */
  readonly meanwhile?: ReactNode;
  /** Below the buttons. */
  readonly children: ReactNode;
}

/** A campaign as the office plans it. */
export function PlanForm(props: FormProps): ReactNode {
  const { heading, title, back, values, set, mistakes, openings, started, found, onForget } = props;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSave();
  };
  const forget = (): void => {
    onForget?.();
    announce('保存していない変更を取り消しました。');
    // The button goes with what it took back.
    backToHeading();
  };
  return (
    <Page
      heading={heading}
      title={title}
      above={
        <>
          <p className="back">
            <Link className="inline-block py-0.5" to={back.to}>
              {back.text}
            </Link>
          </p>
          <ErrorSummary mistakes={mistakes} />
        </>
      }
    >
      {found && (
        <Notice className="mt-6">
          <p>入力の続きを開きました。まだ保存していません。</p>
        </Notice>
      )}
      {props.meanwhile}
      <form onSubmit={submit} noValidate>
        <TextField
          id="title"
          label="名前"
          need="required"
          hint="一覧と、自治体のホームに出ます。"
          maxLength={MOST.title}
          autoComplete="off"
          value={values.title}
          error={messageFor(mistakes, 'title')}
          onChange={(event) => set({ ...values, title: event.target.value })}
        />
        <AudienceFields
          audience={values.audience}
          error={messageFor(mistakes, 'audience')}
          fixed={started}
          onChange={(audience) => set({ ...values, audience })}
        />
        <Days values={values} set={set} mistakes={mistakes} started={started} />
        <Ladder
          steps={values.steps}
          mistakes={mistakes}
          openings={openings}
          onChange={(steps) => set({ ...values, steps })}
        />
        <div className="btns send">
          {props.buttons}
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

function Days({
  values,
  set,
  mistakes,
  started,
}: Pick<FormProps, 'values' | 'set' | 'mistakes' | 'started'>): ReactNode {
  return (
    <section className="mt-12" aria-labelledby="days">
      <h2 id="days">期間</h2>
      {started ? (
        <p className="mt-2">
          回答とみなす最初の日は、{dateWithEra(values.countsFrom)}
          です。すでに始まっているので、変えられません。
        </p>
      ) : (
        <TextField
          id="countsFrom"
          label="回答とみなす最初の日"
          need="required"
          type="date"
          className="m"
          width="short"
          hint="この日から後の「変更はありません」と変更を、回答として数えます。新しい担当者に確認してもらうために、ふつうは4月1日にします。"
          value={values.countsFrom}
          error={messageFor(mistakes, 'countsFrom')}
          onChange={(event) => set({ ...values, countsFrom: event.target.value })}
        />
      )}
      <TextField
        id="deadline"
        label="期限"
        need="required"
        type="date"
        className="m"
        width="short"
        hint="この日までに回答をお願いします。過ぎても、回答は受け付けます。"
        value={values.deadline}
        error={messageFor(mistakes, 'deadline')}
        onChange={(event) => set({ ...values, deadline: event.target.value })}
      />
    </section>
  );
}
