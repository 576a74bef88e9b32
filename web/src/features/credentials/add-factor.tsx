import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { api, ok } from '../../api/client';
import type { FactorSetupResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { CodeField } from '../../ui/code-fields';
import { Button, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { QrCode } from '../../ui/second-factor';
import { useSend } from '../../ui/use-send';

/** A further app: named, read from the screen, and proved by its first code. */
export function AddFactor(): ReactNode {
  const [open, setOpen] = useState(false);
  const [setup, setSetup] = useState<FactorSetupResponse | null>(null);
  const close = (): void => {
    setOpen(false);
    setSetup(null);
  };
  if (!open) {
    return (
      <Button size="m" className="mt-4" onClick={() => setOpen(true)}>
        確認アプリを追加する
      </Button>
    );
  }
  return setup ? <Confirm setup={setup} onClose={close} /> : <Name onDone={setSetup} onClose={close} />;
}

/** Each step comes in place of a button that was pressed: the focus goes on with it. */
function useFirstField(): RefObject<HTMLInputElement | null> {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return ref;
}

function Name({
  onDone,
  onClose,
}: {
  readonly onDone: (setup: FactorSetupResponse) => void;
  readonly onClose: () => void;
}): ReactNode {
  const first = useFirstField();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() => ok(api.POST('/api/v1/me/factors', { body: { name } })));
  const mistakes = useMistakes(problem, { '/name': 'factor-name' }, tried, [
    [name.trim() === '', 'factor-name', '呼び名を入力してください。'],
  ]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    if (name.trim() === '') {
      document.getElementById('factor-name')?.focus();
      return;
    }
    const answer = await send();
    if (answer) onDone(answer);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        id="factor-name"
        label="呼び名"
        hint="例　公用のスマートフォン"
        width="short"
        ref={first}
        value={name}
        error={messageFor(mistakes, 'factor-name')}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="btns mt-4">
        <Button size="m" main type="submit" pending={pending}>
          次へ進む
        </Button>
        <Button size="m" onClick={onClose}>
          やめる
        </Button>
      </div>
      <Failed problem={mistakes.length === 0 ? problem : null} />
    </form>
  );
}

function Confirm({
  setup,
  onClose,
}: {
  readonly setup: FactorSetupResponse;
  readonly onClose: () => void;
}): ReactNode {
  const client = useQueryClient();
  const first = useFirstField();
  const [totp, setTotp] = useState('');
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/me/factors/{id}/confirm', { params: { path: { id: setup.id } }, body: { totp } })),
  );
  const mistakes = useMistakes(problem, { '/totp': 'factor-totp' }, tried, [
    [totp.trim() === '', 'factor-totp', '確認アプリに表示された6桁のコードを入力してください。'],
  ]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    if (totp.trim() === '') {
      document.getElementById('factor-totp')?.focus();
      return;
    }
    const answer = await send();
    if (!answer) return;
    client.setQueryData(['factors'], answer);
    announce('確認アプリを追加しました。ほかのログインは終わりました。');
    onClose();
    document.getElementById('factors')?.focus();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <QrCode svg={setup.qr} secret={setup.secret} />
      <CodeField
        id="factor-totp"
        label="確認アプリに表示された6桁のコード"
        hint="追加すると、ほかの機器でのログインは終わります。"
        ref={first}
        value={totp}
        error={messageFor(mistakes, 'factor-totp')}
        onChange={(event) => setTotp(event.target.value)}
      />
      <div className="btns mt-4">
        <Button size="m" main type="submit" pending={pending} pendingText="確かめています">
          追加する
        </Button>
        <Button size="m" onClick={onClose}>
          やめる
        </Button>
      </div>
      <Failed problem={mistakes.length === 0 ? problem : null} />
    </form>
  );
}
