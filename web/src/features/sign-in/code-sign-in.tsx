import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import { api, ok } from '../../api/client';
import { Problem } from '../../api/problem';
import type { SignedInResponse } from '../../api/schema';
import { CodeField } from '../../ui/code-fields';
import { Button, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed } from '../../ui/notice';
import { StepTitle } from '../../ui/page';
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
  /** In place of a session that lapsed. */
  readonly again?: boolean;
  readonly email?: string;
  readonly name?: string;
  readonly onDone: (answer: SignedInResponse) => void;
}

/** Two steps: the mailbox, then what was mailed to it and the name of whoever sits here. */
export function CodeSignIn({ again = false, email = '', name = '', onDone }: Props): ReactNode {
  const [asked, keep] = useState<Asked | null>(keptAsked);
  const setAsked = (next: Asked | null): void => {
    keep(next);
    if (next) sessionStorage.setItem(ASKED, JSON.stringify(next));
    else sessionStorage.removeItem(ASKED);
  };
  const finish = (answer: SignedInResponse): void => {
    sessionStorage.removeItem(ASKED);
    onDone(answer);
  };
  return asked ? (
    <CodeStep asked={asked} name={name} onDone={finish} onBack={() => setAsked(null)} onAgain={setAsked} />
  ) : (
    <MailboxStep again={again} email={email} onAsked={setAsked} />
  );
}

const ASKED = 'sign-in:asked';

/** Whoever looks into their mailbox in this window comes back to the code, while it can be used. */
function keptAsked(): Asked | null {
  const kept = sessionStorage.getItem(ASKED);
  const asked = kept === null ? null : (JSON.parse(kept) as Asked);
  return asked && new Date(asked.expiresAt) > new Date() ? asked : null;
}

const ask = async (email: string): Promise<Asked> => {
  const body = { email: email.normalize('NFKC').trim() };
  return { ...(await ok(api.POST('/api/v1/auth/challenges', { body }))), email: body.email };
};

function MailboxStep({
  again,
  email: given,
  onAsked,
}: {
  readonly again: boolean;
  readonly email: string;
  readonly onAsked: (asked: Asked) => void;
}): ReactNode {
  const [email, setEmail] = useState(given);
  const { send, pending, problem } = useSend(ask);
  const [empty, setEmpty] = useState(0);
  const mistakes = useMistakes(problem, { '/email': 'sign-in-email' }, empty, [
    [email.trim() === '', 'sign-in-email', 'メールアドレスを入力してください。'],
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
      <StepTitle
        arriving={!again}
        lead="登録されている所属アドレス（または担当者のアドレス）に、8桁のコードをお送りします。パスワードはありません。"
      >
        {again ? 'もう一度ログインしてください' : 'ログイン'}
      </StepTitle>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          id="sign-in-email"
          label="メールアドレス"
          hint="例　kikaku@town.example"
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={messageFor(mistakes, 'sign-in-email')}
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

/** Which of the two is wrong the portal doesn't tell apart from a code of another browser; here it is the code. */
const wrongCode = (): Problem =>
  new Problem(
    {
      code: 'sign-in-failed',
      errors: [
        {
          pointer: '/code',
          code: 'wrong',
          message:
            'コードが違うか、期限が過ぎています。いちばん新しいメールのコードを、送るときと同じブラウザーで入力してください。',
        },
      ],
    },
    401,
  );

function CodeStep({
  asked,
  name: given,
  onDone,
  onBack,
  onAgain,
}: {
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
  const [resent, setResent] = useState(0);
  const again = useSend(
    () => ask(asked.email),
    (next) => {
      onAgain(next);
      setResent((count) => count + 1);
    },
  );
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  useEffect(() => {
    if (problem?.is('choose-registration')) setChoices(problem.body['registrations'] as Choice[]);
  }, [problem]);
  const wrong = useMemo(
    () => (problem?.is('sign-in-failed') ? wrongCode() : problem?.is('choose-registration') ? null : problem),
    [problem],
  );
  const mistakes = useMistakes(wrong, { '/code': 'sign-in-code', '/operatorName': 'sign-in-name' }, tried, [
    [code.trim() === '', 'sign-in-code', 'メールに書かれた8桁のコードを入力してください。'],
    [operatorName.trim() === '', 'sign-in-name', 'お名前を入力してください。'],
  ]);
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
    return <Choose choices={choices} pending={pending} problem={problem} choose={choose} />;
  }
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      <StepTitle
        lead={
          <>
            {asked.email} が登録されていれば、コードをお送りしました。
            <When at={asked.expiresAt} as="time" />
            まで使えます。
          </>
        }
      >
        コードとお名前を入力してください
      </StepTitle>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <CodeField
          id="sign-in-code"
          label="コード"
          hint="8桁の数字です。空白や全角の数字が混ざっていてもかまいません。"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={messageFor(mistakes, 'sign-in-code')}
        />
        <TextField
          id="sign-in-name"
          label="お名前"
          hint="どなたが確認・届出をしたかの記録に使います。"
          width="short"
          autoComplete="name"
          value={operatorName}
          onChange={(event) => setName(event.target.value)}
          error={messageFor(mistakes, 'sign-in-name')}
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
        <p role="status" className="mt-2">
          {resent > 0 &&
            `新しいコードをお送りしました（${resent}回目）。いちばん新しいメールのコードをお使いください。`}
        </p>
        <Failed problem={again.problem} />
      </section>
    </>
  );
}

function Choose({
  choices,
  pending,
  problem,
  choose,
}: {
  readonly choices: readonly Choice[];
  readonly pending: boolean;
  readonly problem: Problem | null;
  readonly choose: (registrationId: string) => Promise<void>;
}): ReactNode {
  return (
    <>
      <StepTitle lead="このアドレスは、次の自治体で使われています。">
        どの自治体としてログインしますか
      </StepTitle>
      <ul className="mt-6 grid gap-4">
        {choices.map(({ registrationId, municipality }) => (
          <li key={registrationId}>
            <Button pending={pending} pendingText={municipality} onClick={() => void choose(registrationId)}>
              {municipality}
            </Button>
          </li>
        ))}
      </ul>
      <Failed problem={problem?.is('choose-registration') ? null : problem} />
    </>
  );
}
