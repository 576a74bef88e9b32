import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { usePortal } from '../../api/hooks';
import type { Problem } from '../../api/problem';
import type { ConfirmedResponse } from '../../api/schema';
import { CodeField, NumberField } from '../../ui/code-fields';
import { Button, ButtonLink, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Notice } from '../../ui/notice';
import { StepTitle, useTitle } from '../../ui/page';
import { formatDateTimeJa } from '../../ui/text';
import { useSend } from '../../ui/use-send';

/**
 * 登録内容の確認 from a mail, without signing in: number, code and name. Shows nothing of any registration, and does
 * nothing by being opened.
 */
export default function Confirm(): ReactNode {
  useTitle('登録内容の確認');
  const [done, setDone] = useState<ConfirmedResponse | null>(null);
  return (
    <div className="wrap">
      <div className="narrow">{done ? <Done answer={done} /> : <Question onDone={setDone} />}</div>
    </div>
  );
}

const LOOK_AGAIN = {
  number: 'メールの「番号」と同じか、ご確認ください。',
  code: 'メールの「確認コード」と同じ12桁か、ご確認ください。',
};

function Question({ onDone }: { readonly onDone: (answer: ConfirmedResponse) => void }): ReactNode {
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/confirm/{number}', {
        params: { path: { number: number.trim() } },
        body: { code, answer: 'unchanged', name },
      }),
    ),
  );
  const checks = [
    [number.trim() === '', 'number', 'メールに書かれた番号を入力してください。'],
    [code.trim() === '', 'code', 'メールに書かれた12桁の確認コードを入力してください。'],
    [name.trim() === '', 'name', '回答される方の氏名を入力してください。'],
  ] as const;
  const mistakes = useMistakes(
    problem,
    { '/code': 'code', '/name': 'name', '/number': 'number' },
    tried,
    checks,
  );
  const wrong = problem?.is('wrong-code') === true && mistakes.length === 0;
  const errorOf = (field: keyof typeof LOOK_AGAIN): string | undefined =>
    messageFor(mistakes, field) ?? (wrong ? LOOK_AGAIN[field] : undefined);
  const refusal = useRef<HTMLDivElement>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried((count) => count + 1);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send();
    if (answer) onDone(answer);
    // In the next frame it is there, and above everything else.
    else requestAnimationFrame(() => refusal.current?.focus());
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      <div ref={refusal} tabIndex={-1} className="refusal">
        {mistakes.length === 0 && problem && <Refused problem={problem} />}
      </div>
      <p className="eyebrow">登録情報の年度確認</p>
      <StepTitle arriving>登録内容の確認</StepTitle>
      <p className="lead">
        メールに書かれた登録の内容が、いまもすべて正しければ、番号と確認コードを入力して「変更はありません」を押してください。ログインはいりません。
      </p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <NumberField
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          error={errorOf('number')}
        />
        <CodeField
          id="code"
          label="確認コード（12桁）"
          hint="例　1234 5678 9012　全角でも、空白が入っていてもかまいません。"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={errorOf('code')}
        />
        <TextField
          id="name"
          label="回答される方の氏名"
          width="short"
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={messageFor(mistakes, 'name')}
        />
        <div className="btns mt-8">
          <Button main type="submit" pending={pending}>
            変更はありません
          </Button>
          <ButtonLink to="/sign-in?from=/registration/edit">修正する（ログインへ進む）</ButtonLink>
        </div>
        <p className="small quiet mt-2">修正するには、登録のアドレスに届くコードでログインします。</p>
      </form>
      <Help />
    </>
  );
}

/** Why nothing was recorded, above the heading, with the way on. A wrong number and a wrong code look alike. */
function Refused({ problem }: { readonly problem: Problem }): ReactNode {
  const [title, text] = wordsFor(problem);
  return (
    <div role="alert" className="mb-8">
      <Notice tone="bad" title={title}>
        <p>{text}</p>
        {problem.is('wrong-code') && (
          <ul className="bullets">
            <li>
              <FieldLink field="number">番号を見直す</FieldLink>
            </li>
            <li>
              <FieldLink field="code">確認コードを見直す</FieldLink>
            </li>
          </ul>
        )}
        {problem.is('question-ended') && (
          <p>
            <Link to="/sign-in?from=/registration">ログインして登録の内容を見る</Link>
          </p>
        )}
      </Notice>
    </div>
  );
}

function FieldLink({ field, children }: { readonly field: string; readonly children: ReactNode }): ReactNode {
  return (
    <a
      className="inline-block py-0.5"
      href={`#${field}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(field)?.focus();
      }}
    >
      {children}
    </a>
  );
}

function wordsFor(problem: Problem): readonly [title: string, text: string] {
  switch (problem.code) {
    case 'wrong-code':
      return [
        '番号と確認コードが合いません',
        'まだ何も記録されていません。メールと見比べて、入力し直してください。',
      ];
    case 'too-many-requests':
      return [
        '入力の回数が多くなりました',
        `まだ何も記録されていません。${waitOf(problem)}、もう一度お試しください。入力は残っています。お急ぎのときは、お電話でも回答できます。`,
      ];
    case 'registration-changed-since':
      return ['メールのあとで、登録の内容が変わりました', `まだ何も記録されていません。${problem.message}`];
    case 'question-ended':
      return ['この確認のお願いは終わりました', problem.message];
    case 'unreachable':
      return [
        '送信できませんでした',
        '通信の状態をお確かめのうえ、もう一度押してください。入力は残っています。',
      ];
    default:
      return ['回答を受け付けられませんでした', problem.message];
  }
}

const MINUTE = 60;

/** `あと3分ほどたってから` */
function waitOf({ retryAfter }: Problem): string {
  if (retryAfter === null) return 'しばらくたってから';
  return retryAfter <= MINUTE ? '1分ほどたってから' : `${Math.ceil(retryAfter / MINUTE)}分ほどたってから`;
}

function Help(): ReactNode {
  const desk = usePortal().data?.registrationDesk;
  return (
    <section className="help" aria-labelledby="help">
      <h2 id="help">お困りのときは</h2>
      <dl className="help-list">
        <dt>メールが見つからない</dt>
        <dd>件名は【特別区全国連携】で始まります。部署で共有しているアドレスもご覧ください。</dd>
        <dt>コードが合わない</dt>
        <dd>
          番号とコードは、同じメールのものを入力してください。登録の内容が変わったあとは、新しいメールのコードをお使いください。
        </dd>
        <dt>入力できない</dt>
        <dd>お電話でも回答できます。</dd>
      </dl>
      {desk && (
        <p>
          <span className="tel">{desk.phone}</span>
          <br />
          <span className="small">{desk.name}</span>
        </p>
      )}
    </section>
  );
}

/** The same page, with what was recorded and what comes of it. */
function Done({ answer }: { readonly answer: ConfirmedResponse }): ReactNode {
  const { municipality, status, confirmedAt } = answer;
  const at = formatDateTimeJa(new Date(confirmedAt));
  return (
    <>
      <p className="eyebrow">登録情報の年度確認</p>
      <StepTitle>{status === 'already' ? 'すでに確認をいただいています' : '回答を受け付けました'}</StepTitle>
      <Notice tone="ok" className="mt-6">
        <p>
          {municipality}の登録は、<span className="nb">{at}</span>に「変更なし」と確認されました。
        </p>
      </Notice>
      <h2 className="mt-10">このあと</h2>
      <ul className="bullets mt-2">
        {status === 'confirmed' && <li>確認したことを、登録されているアドレスにメールでお知らせします。</li>}
        <li>今回の確認について、これ以上のお願いは届きません。</li>
        <li>
          このあと担当者などが変わったときは、<Link to="/sign-in">ログイン</Link>して修正してください。
        </li>
      </ul>
      <p className="mt-6">この画面は閉じてかまいません。</p>
    </>
  );
}
