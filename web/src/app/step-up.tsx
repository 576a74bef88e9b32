import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { api, ok } from '../api/client';
import { asProblem } from '../api/problem';
import { session } from '../api/session';
import { stepUp } from '../api/step-up';
import { Button, TextField } from '../ui/controls';

/** Asks for a code of the app before something weighty, over the page and without leaving it. */
export function StepUp({ lapsed }: { readonly lapsed: boolean }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const settle = useRef<((shown: boolean) => void) | null>(null);
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const [pending, setPending] = useState(false);

  useEffect(
    () =>
      stepUp.register(
        () =>
          new Promise((resolve) => {
            settle.current?.(false);
            settle.current = resolve;
            setCode('');
            setError(undefined);
            dialog.current?.showModal();
          }),
      ),
    [],
  );

  const close = (shown: boolean): void => {
    settle.current?.(shown);
    settle.current = null;
    dialog.current?.close();
  };

  useEffect(() => {
    // The sign-in comes first; a dialog above it would keep everybody from it.
    if (!lapsed) return;
    settle.current?.(false);
    settle.current = null;
    dialog.current?.close();
  }, [lapsed]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setPending(true);
    try {
      const body = recovery ? { recoveryCode: code } : { totp: code };
      // It begins the session anew, so that what was stolen of the old one is worth nothing.
      session.entered(
        await ok(api.POST('/api/v1/auth/step-up', { body, params: { header: { 'X-Renkei-Request': '1' } } })),
      );
      close(true);
    } catch (thrown) {
      const problem = asProblem(thrown);
      setError(problem.errors[0]?.message ?? problem.message);
    } finally {
      setPending(false);
    }
  };

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="step-up" onCancel={() => close(false)}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <h2 id="step-up">ご本人の確認</h2>
        <p className="mt-2">この操作の前に、確認アプリのコードを入力してください。確認は10分間続きます。</p>
        <TextField
          id="step-up-code"
          label={recovery ? '予備コード' : '確認アプリの6桁のコード'}
          width={recovery ? 'full' : 'code'}
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          error={error}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <p className="mt-2">
          <Button plain onClick={() => setRecovery(!recovery)}>
            {recovery ? '確認アプリのコードを使う' : '予備コードを使う'}
          </Button>
        </p>
        <div className="btns mt-6">
          <Button main size="m" type="submit" pending={pending} pendingText="確かめています">
            確認する
          </Button>
          <Button size="m" onClick={() => close(false)}>
            やめる
          </Button>
        </div>
      </form>
    </dialog>
  );
}
