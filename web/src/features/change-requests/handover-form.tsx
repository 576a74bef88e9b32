import { type ReactNode, useEffect, useMemo } from 'react';
import { useForm } from 'react-hook-form';
import type { Problem } from '../../api/problem';
import type { ChangeRequestResponse, RegistrationResponse } from '../../api/schema';
import { Button, Select, TextArea, TextField } from '../../ui/controls';
import { ErrorSummary, Failed, type Mistake, Notice } from '../../ui/notice';
import { useHeadingFocus, useTitle } from '../../ui/page';
import type { HandoverValues } from './handover-values';

interface Props {
  readonly registration: RegistrationResponse;
  readonly request: ChangeRequestResponse | null;
  readonly initial: HandoverValues;
  readonly pending: boolean;
  readonly problem: Problem | null;
  readonly onChange: (values: HandoverValues) => void;
  readonly onSubmit: (values: HandoverValues) => void;
  /** Throws away what was typed. */
  readonly onForget: () => void;
}

const LABELS: Readonly<Record<string, string>> = {
  outgoingContactId: '代わる担当者',
  effectiveOn: '引継ぎの日',
  name: '氏名',
  kana: 'ふりがな',
  title: '職名',
  extension: '内線',
  email: 'アドレス',
  comment: 'ひとこと',
};

function mistakesOf(problem: Problem | null): Mistake[] {
  return (problem?.errors ?? []).map(({ pointer, message }) => {
    const field = pointer.split('/').at(-1) ?? '';
    return { field: field in LABELS ? field : null, message: `${LABELS[field] ?? ''}：${message}` };
  });
}

export function HandoverForm({
  registration,
  request,
  initial,
  pending,
  problem,
  onChange,
  onSubmit,
  onForget,
}: Props): ReactNode {
  useTitle('引継ぎの届出');
  const heading = useHeadingFocus();
  const { register, watch, handleSubmit, getValues } = useForm<HandoverValues>({ defaultValues: initial });
  const mistakes = useMemo(() => mistakesOf(problem), [problem]);
  const field = (name: keyof HandoverValues) => ({
    id: name,
    autoComplete: 'off',
    error: mistakes.find((mistake) => mistake.field === name)?.message.replace(/^[^：]*：/, ''),
    ...register(name),
  });
  useEffect(() => {
    const { unsubscribe } = watch(() => onChange(getValues()));
    return unsubscribe;
  }, [watch, getValues, onChange]);
  return (
    <div className="wrap">
      <div className="text-col">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!pending) void handleSubmit(onSubmit)(event);
          }}
        >
          <ErrorSummary mistakes={mistakes} />
          <p className="eyebrow">
            {registration.prefecture}
            {registration.municipality}
          </p>
          <h1 tabIndex={-1} ref={heading}>
            {request ? `引継ぎの届出 ${request.number} を直す` : '引継ぎを届け出る'}
          </h1>
          <p className="lead">
            前日までは今の担当者、その日からは新しい担当者として登録します。異動が決まったら、先に届け出ておけます。
          </p>
          {request?.decisionReason && (
            <Notice tone="warn" title="事務局からのお願い" className="mt-6">
              <p className="whitespace-pre-line">{request.decisionReason}</p>
            </Notice>
          )}
          <Outgoing registration={registration} field={field('outgoingContactId')} />
          <TextField
            {...field('effectiveOn')}
            label="引継ぎの日"
            hint="新しい担当者の最初の日です。今日から1年先まで選べます。"
            type="date"
            width="short"
            need="required"
          />
          <h2 className="mt-12">新しい担当者</h2>
          <div className="pair-fields">
            <TextField {...field('name')} label="氏名" hint="例　小野寺 真理" need="required" />
            <TextField {...field('kana')} label="ふりがな" hint="例　おのでら まり" />
            <TextField {...field('title')} label="職名" hint="例　企画調整係主査" />
            <TextField {...field('extension')} label="内線" hint="例　534" />
          </div>
          <TextField
            {...field('email')}
            label="担当者のアドレス"
            hint="所属アドレスとは別に、ご自分の業務用のアドレスがあるときだけ入力してください。新しいアドレスには、確認コードが届きます。"
            type="email"
            need="optional"
          />
          <TextArea
            {...field('comment')}
            label="事務局へのひとこと"
            hint="例　4月1日付けの人事異動によるものです。"
            need="optional"
          />
          <Failed problem={mistakes.length === 0 ? problem : null} />
          <div className="send">
            <div className="btns">
              <Button main type="submit" pending={pending} pendingText="確かめています">
                届け出る内容を確かめる
              </Button>
            </div>
            <p className="mt-4">
              <Button plain className="small" onClick={onForget}>
                入力した内容を消す
              </Button>
            </p>
          </div>
        </form>
      </div>
    </div>
  );
}

function Outgoing({
  registration,
  field,
}: {
  readonly registration: RegistrationResponse;
  readonly field: { readonly id: string; readonly error: string | undefined };
}): ReactNode {
  const nameOf = (departmentId: string): string =>
    registration.departments.find(({ id }) => id === departmentId)?.name ?? '';
  return (
    <Select {...field} label="代わる担当者">
      {registration.contacts.map(({ id, name, role, departmentId }) => (
        <option key={id} value={id}>
          {nameOf(departmentId)}　{name}（{role === 'primary' ? '正' : '副'}）
        </option>
      ))}
    </Select>
  );
}
