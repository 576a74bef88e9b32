import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import type { SignedInResponse } from '../../api/schema';
import { Button, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed } from '../../ui/notice';
import { useSend } from '../../ui/use-send';

interface Props {
  readonly heading: ReactNode;
  readonly email?: string;
  readonly onDone: (answer: SignedInResponse) => void;
}

/** Address, password and a code of the app, on one page so that password managers fill it in. */
export function PasswordSignIn({ heading, email: given = '', onDone }: Props): ReactNode {
  const [email, setEmail] = useState(given);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [recovery, setRecovery] = useState(false);
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/auth/password', {
        body: { email, password, ...(recovery ? { recoveryCode: code } : { totp: code }) },
      }),
    ),
  );
  const mistakes = useMistakes(
    problem,
    {
      '/email': 'sign-in-email',
      '/password': 'sign-in-password',
      '/totp': 'sign-in-totp',
      '/recoveryCode': 'sign-in-totp',
    },
    tried,
    [
      [email.trim() === '', 'sign-in-email', 'メールアドレスを入力してください。'],
      [password === '', 'sign-in-password', 'パスワードを入力してください。'],
      [code.trim() === '', 'sign-in-totp', 'コードを入力してください。'],
    ],
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried((count) => count + 1);
    if (email.trim() === '' || password === '' || code.trim() === '') return;
    const answer = await send();
    if (answer) onDone(answer);
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      {heading}
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          id="sign-in-email"
          label="メールアドレス"
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={messageFor(mistakes, 'sign-in-email')}
        />
        <TextField
          id="sign-in-password"
          label="パスワード"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={messageFor(mistakes, 'sign-in-password')}
        />
        <TextField
          id="sign-in-totp"
          label={recovery ? '予備コード' : '確認アプリの6桁のコード'}
          hint={recovery ? 'それぞれ1回だけ使えます。' : '30秒ごとに変わります。'}
          width={recovery ? 'full' : 'code'}
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={messageFor(mistakes, 'sign-in-totp')}
          after={
            <Button plain className="mt-2" onClick={() => setRecovery(!recovery)}>
              {recovery ? '確認アプリのコードを使う' : '確認アプリが使えないとき（予備コードを使う）'}
            </Button>
          }
        />
        <Failed problem={mistakes.length === 0 ? problem : null} />
        <div className="btns mt-8">
          <Button main type="submit" pending={pending} pendingText="確かめています">
            ログインする
          </Button>
        </div>
      </form>
    </>
  );
}
