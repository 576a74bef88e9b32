import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { useAccount } from '../../api/hooks';
import { announce } from '../../ui/announce';
import { Button, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed, Notice } from '../../ui/notice';
import { useSend } from '../../ui/use-send';

export function ChangePassword(): ReactNode {
  const { email } = useAccount();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(0);
  const [done, setDone] = useState(false);
  const { send, pending, problem } = useSend(async () => {
    await ok(api.POST('/api/v1/me/password', { body: { current, password } }));
    return true;
  });
  const checks = [
    [current === '', 'current-password', 'いまのパスワードを入力してください。'],
    [password === '', 'new-password', '新しいパスワードを入力してください。'],
  ] as const;
  const fields = { '/current': 'current-password', '/password': 'new-password' };
  const mistakes = useMistakes(problem, fields, tried, checks);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    setDone(false);
    const wrong = checks.find(([fails]) => fails);
    if (wrong) {
      document.getElementById(wrong[1])?.focus();
      return;
    }
    if (!(await send())) return;
    setCurrent('');
    setPassword('');
    setTried(0);
    setDone(true);
    announce('パスワードを変えました。ほかのログインは終わりました。');
  };
  return (
    <section className="mt-12" aria-labelledby="password-heading">
      <h2 id="password-heading">パスワード</h2>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {/* Tells password managers whose it is. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <TextField
          id="current-password"
          label="いまのパスワード"
          type="password"
          autoComplete="current-password"
          value={current}
          error={messageFor(mistakes, 'current-password')}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextField
          id="new-password"
          label="新しいパスワード"
          hint="15文字以上。文字の種類は問いません。よく使われる言葉だけのものは使えません。変えると、ほかの機器でのログインは終わります。"
          type="password"
          autoComplete="new-password"
          value={password}
          error={messageFor(mistakes, 'new-password')}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="btns mt-4">
          <Button size="m" type="submit" pending={pending}>
            パスワードを変える
          </Button>
        </div>
        <Failed problem={mistakes.length === 0 ? problem : null} />
      </form>
      {done && (
        <Notice tone="ok" className="mt-4">
          <p>パスワードを変えました。ほかのログインは終わりました。</p>
        </Notice>
      )}
    </section>
  );
}
