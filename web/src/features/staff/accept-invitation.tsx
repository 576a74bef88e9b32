import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { api, ok } from '../../api/client';
import { usePortal } from '../../api/hooks';
import type { InvitationSetupResponse } from '../../api/schema';
import { CodeField, NumberField } from '../../ui/code-fields';
import { Button, ButtonLink, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed } from '../../ui/notice';
import { useTitle } from '../../ui/page';
import { QrCode, RecoveryCodes } from '../../ui/second-factor';
import { useSend } from '../../ui/use-send';

interface FromMail {
  readonly number: string;
  readonly code: string;
}

/** Three steps on one page: what the mail says, password and app, and the codes to keep. */
export default function AcceptInvitation(): ReactNode {
  useTitle('職員用アカウントの設定');
  const [mail, setMail] = useState<FromMail>({ number: '', code: '' });
  const [setup, setSetup] = useState<InvitationSetupResponse | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const desk = usePortal().data?.registrationDesk;
  return (
    <div className="wrap">
      <div className="narrow">
        {codes ? (
          <Finished codes={codes} />
        ) : setup ? (
          <SetUp mail={mail} setup={setup} onDone={setCodes} onBack={() => setSetup(null)} />
        ) : (
          <FromTheMail mail={mail} onChange={setMail} onDone={setSetup} />
        )}
        {desk && (
          <section className="help mt-12">
            <h2>お問い合わせ</h2>
            <p>
              <span className="tel">{desk.phone}</span>
              <br />
              {desk.name}
            </p>
          </section>
        )}
      </div>
    </div>
  );
}

/** Each step comes in place of the one before, and brings the focus along. */
function StepHeading({ step, text }: { readonly step: number; readonly text: string }): ReactNode {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (step === 1) return;
    ref.current?.focus();
    window.scrollTo(0, 0);
  }, [step]);
  return (
    <>
      <p className="eyebrow">職員用アカウントの設定　3つのうち{step}つめ</p>
      <h1 tabIndex={-1} ref={ref}>
        {text}
      </h1>
    </>
  );
}

function FromTheMail({
  mail,
  onChange,
  onDone,
}: {
  readonly mail: FromMail;
  readonly onChange: (mail: FromMail) => void;
  readonly onDone: (setup: InvitationSetupResponse) => void;
}): ReactNode {
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/auth/invitations/{number}/setup', {
        params: { path: { number: mail.number } },
        body: { code: mail.code },
      }),
    ),
  );
  const checks = [
    [mail.number.trim() === '', 'number', '番号を入力してください。'],
    [mail.code.trim() === '', 'code', 'コードを入力してください。'],
  ] as const;
  const mistakes = useMistakes(problem, { '/number': 'number', '/code': 'code' }, tried, checks);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send();
    if (answer) onDone(answer);
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      <StepHeading step={1} text="案内のメールの番号とコード" />
      <p className="lead">
        案内のメールに書かれた番号とコードを入力してください。次の画面で、パスワードと確認アプリを設定します。
      </p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <NumberField
          value={mail.number}
          error={messageFor(mistakes, 'number')}
          onChange={(event) => onChange({ ...mail, number: event.target.value })}
        />
        <CodeField
          id="code"
          label="コード"
          hint="12桁の数字です。例　4821 7736 0954"
          value={mail.code}
          error={messageFor(mistakes, 'code')}
          onChange={(event) => onChange({ ...mail, code: event.target.value })}
        />
        <Failed problem={mistakes.length === 0 ? problem : null} />
        <div className="btns mt-8">
          <Button main type="submit" pending={pending} pendingText="確かめています">
            次へ進む
          </Button>
        </div>
      </form>
    </>
  );
}

function SetUp({
  mail,
  setup,
  onDone,
  onBack,
}: {
  readonly mail: FromMail;
  readonly setup: InvitationSetupResponse;
  readonly onDone: (codes: readonly string[]) => void;
  readonly onBack: () => void;
}): ReactNode {
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/auth/invitations/{number}/accept', {
        params: { path: { number: mail.number } },
        body: { code: mail.code, password, factorId: setup.factorId, totp },
      }),
    ),
  );
  const checks = [
    [password === '', 'password', '新しいパスワードを入力してください。'],
    [totp.trim() === '', 'totp', '確認アプリに表示された6桁のコードを入力してください。'],
  ] as const;
  const mistakes = useMistakes(problem, { '/password': 'password', '/totp': 'totp' }, tried, checks);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send();
    if (answer) onDone(answer.codes);
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      <StepHeading step={2} text="パスワードと確認アプリ" />
      <p className="lead">
        <strong>{setup.email}</strong> のアカウントを設定します。
      </p>
      <section className="mt-8" aria-labelledby="app">
        <h2 id="app">確認アプリに登録する</h2>
        <QrCode svg={setup.qr} secret={setup.secret} />
      </section>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <section className="mt-8" aria-labelledby="choose">
          <h2 id="choose">パスワードを決める</h2>
          {/* Tells password managers whose it is. */}
          <input type="email" autoComplete="username" value={setup.email} readOnly hidden />
          <TextField
            id="password"
            label="新しいパスワード"
            hint="15文字以上。文字の種類は問いません。よく使われる言葉だけのものは使えません。"
            type="password"
            autoComplete="new-password"
            value={password}
            error={messageFor(mistakes, 'password')}
            onChange={(event) => setPassword(event.target.value)}
          />
          <CodeField
            id="totp"
            label="確認アプリに表示された6桁のコード"
            hint="30秒ごとに変わります。例　492 039"
            value={totp}
            error={messageFor(mistakes, 'totp')}
            onChange={(event) => setTotp(event.target.value)}
          />
        </section>
        <Failed problem={mistakes.length === 0 ? problem : null} />
        <div className="btns mt-8">
          <Button main type="submit" pending={pending}>
            設定する
          </Button>
          <Button onClick={onBack}>番号とコードを入力し直す</Button>
        </div>
      </form>
    </>
  );
}

const Finished = ({ codes }: { readonly codes: readonly string[] }): ReactNode => (
  <>
    <StepHeading step={3} text="設定が終わりました" />
    <RecoveryCodes codes={codes} />
    <p className="mt-8">
      これからは、メールアドレス、パスワード、確認アプリのコードでログインします。いま入力したコードは使い終わりました。確認アプリに次のコードが表示されてから、ログインしてください。
    </p>
    <div className="btns mt-6 no-print">
      <ButtonLink main to="/staff/sign-in">
        ログインへ進む
      </ButtonLink>
    </div>
  </>
);
