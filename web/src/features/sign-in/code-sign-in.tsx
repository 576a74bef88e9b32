import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { api, ok } from '../../api/client';
import type { SignedInResponse } from '../../api/schema';
import { Button, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed } from '../../ui/notice';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';

/** Whom a mailbox serves, where it serves several. */
interface Choice {
  readonly registrationId: string;
  readonly municipality: string;
}

interface Asked {
  readonly challengeId: string;
  readonly expiresAt: string;
  readonly email: string;
}

interface Props {
  /** Stands as the heading; each step has its own. */
  readonly heading: (text: string, lead: ReactNode) => ReactNode;
  readonly email?: string;
  readonly name?: string;
  readonly onDone: (answer: SignedInResponse) => void;
}

/** Two steps: the mailbox, then what was mailed to it and the name of whoever sits here. */
export function CodeSignIn({ heading, email = '', name = '', onDone }: Props): ReactNode {
  const [asked, setAsked] = useState<Asked | null>(null);
  return asked ? (
    <CodeStep
      heading={heading}
      asked={asked}
      name={name}
      onDone={onDone}
      onBack={() => setAsked(null)}
      onAgain={setAsked}
    />
  ) : (
    <MailboxStep heading={heading} email={email} onAsked={setAsked} />
  );
}

const ask = async (email: string): Promise<Asked> => {
  const body = { email: email.normalize('NFKC').trim() };
  return { ...(await ok(api.POST('/api/v1/auth/challenges', { body }))), email: body.email };
};

function MailboxStep({
  heading,
  email: given,
  onAsked,
}: {
  readonly heading: Props['heading'];
  readonly email: string;
  readonly onAsked: (asked: Asked) => void;
}): ReactNode {
  const [email, setEmail] = useState(given);
  const { send, pending, problem } = useSend(ask);
  const [empty, setEmpty] = useState(0);
  const mistakes = useMistakes(problem, { '/email': 'email' }, empty, [
    [email.trim() === '', 'email', '所属アドレスを入力してください。'],
  ]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setEmpty((count) => count + 1);
    if (email.trim() === '') return;
    const answer = await send(email);
    if (answer) onAsked(answer);
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      {heading(
        'ログイン',
        '登録されている所属アドレス（または担当者のアドレス）に、8桁のコードをお送りします。パスワードはありません。',
      )}
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          id="email"
          label="メールアドレス"
          hint="例　kikaku@town-otofuke.example"
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={messageFor(mistakes, 'email')}
        />
        <Failed problem={mistakes.length === 0 ? problem : null} />
        <div className="btns mt-8">
          <Button main type="submit" pending={pending}>
            コードを送る
          </Button>
        </div>
      </form>
    </>
  );
}

function CodeStep({
  heading,
  asked,
  name: given,
  onDone,
  onBack,
  onAgain,
}: {
  readonly heading: Props['heading'];
  readonly asked: Asked;
  readonly name: string;
  readonly onDone: Props['onDone'];
  readonly onBack: () => void;
  readonly onAgain: (asked: Asked) => void;
}): ReactNode {
  const [code, setCode] = useState('');
  const [operatorName, setName] = useState(given);
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend((registrationId?: string) =>
    ok(
      api.POST('/api/v1/auth/challenges/{id}/verify', {
        params: { path: { id: asked.challengeId } },
        body: { code, operatorName, ...(registrationId && { registrationId }) },
      }),
    ),
  );
  const again = useSend(() => ask(asked.email), onAgain);
  const choices = problem?.is('choose-registration') ? (problem.body['registrations'] as Choice[]) : null;
  const mistakes = useMistakes(
    problem?.is('choose-registration') ? null : problem,
    { '/code': 'code', '/operatorName': 'name' },
    tried,
    [
      [code.trim() === '', 'code', 'メールに書かれた8桁のコードを入力してください。'],
      [operatorName.trim() === '', 'name', 'お名前を入力してください。'],
    ],
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried((count) => count + 1);
    if (code.trim() === '' || operatorName.trim() === '') return;
    const answer = await send();
    if (answer) onDone(answer);
  };
  const choose = async (registrationId: string): Promise<void> => {
    const answer = await send(registrationId);
    if (answer) onDone(answer);
  };
  if (choices) {
    return <Choose heading={heading} choices={choices} pending={pending} choose={choose} />;
  }
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      <FocusedStep />
      {heading(
        'コードとお名前を入力してください',
        <>
          {asked.email} が登録されていれば、コードをお送りしました。
          <When at={asked.expiresAt} as="time" />
          まで使えます。
        </>,
      )}
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          id="code"
          label="コード"
          hint="8桁の数字です。空白や全角の数字が混ざっていてもかまいません。"
          width="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={messageFor(mistakes, 'code')}
        />
        <TextField
          id="name"
          label="お名前"
          hint="どなたが確認・届出をしたかの記録に使います。"
          width="short"
          autoComplete="name"
          value={operatorName}
          onChange={(event) => setName(event.target.value)}
          error={messageFor(mistakes, 'name')}
        />
        <Failed problem={mistakes.length === 0 ? problem : null} />
        <div className="btns mt-8">
          <Button main type="submit" pending={pending} pendingText="確かめています">
            ログインする
          </Button>
        </div>
      </form>
      <section className="help">
        <h2>コードが届かないとき</h2>
        <ul className="bullets">
          <li>迷惑メールのフォルダーをご確認ください。数分かかることもあります。</li>
          <li>登録されていないアドレスには届きません。ほかの課のアドレスで登録されていることがあります。</li>
        </ul>
        <p className="btns mt-4">
          <Button size="m" pending={again.pending} onClick={() => void again.send()}>
            もう一度コードを送る
          </Button>
          <Button size="m" onClick={onBack}>
            アドレスを入力し直す
          </Button>
        </p>
        <Failed problem={again.problem} />
      </section>
    </>
  );
}

/** The second step comes in place of the first, so the focus has to be brought along. */
function FocusedStep(): ReactNode {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const heading = ref.current?.parentElement?.querySelector('h1');
    heading?.focus();
    window.scrollTo(0, 0);
  }, []);
  return <span ref={ref} hidden />;
}

function Choose({
  heading,
  choices,
  pending,
  choose,
}: {
  readonly heading: Props['heading'];
  readonly choices: readonly Choice[];
  readonly pending: boolean;
  readonly choose: (registrationId: string) => Promise<void>;
}): ReactNode {
  return (
    <>
      <FocusedStep />
      {heading('どの自治体としてログインしますか', 'このアドレスは、次の自治体で使われています。')}
      <ul className="mt-6 grid gap-4">
        {choices.map(({ registrationId, municipality }) => (
          <li key={registrationId}>
            <Button pending={pending} pendingText={municipality} onClick={() => void choose(registrationId)}>
              {municipality}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
