import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { RegistrationResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button, TextArea } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { useSend } from '../../ui/use-send';

/** Ends a membership in two steps on the page: first what it means, then the reason. */
export function Withdraw({ registration }: { readonly registration: RegistrationResponse }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="withdraw">
      <h2 id="withdraw">退会の手続き</h2>
      <p className="small mt-2">
        退会すると、この自治体の方はログインできなくなります。履歴は残り、あとから再び登録できます。
      </p>
      {open ? (
        <Form registration={registration} onClose={() => setOpen(false)} />
      ) : (
        <Button size="m" className="mt-3" onClick={() => setOpen(true)}>
          退会の手続きへ進む
        </Button>
      )}
    </section>
  );
}

function Form({
  registration: { id, version, municipality },
  onClose,
}: {
  readonly registration: RegistrationResponse;
  readonly onClose: () => void;
}): ReactNode {
  const client = useQueryClient();
  const first = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  const [closeOpenRequest, setCloseOpen] = useState(false);
  const [tried, setTried] = useState(0);
  useEffect(() => first.current?.focus(), []);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/registrations/{id}/withdraw', {
        params: { path: { id }, header: ifMatch(version) },
        body: { reason, closeOpenRequest },
      }),
    ),
  );
  const mistakes = useMistakes(problem, { '/reason': 'withdraw-reason' }, tried, [
    [reason.trim() === '', 'withdraw-reason', '退会の理由を入力してください。'],
  ]);
  const submit = async (): Promise<void> => {
    setTried(tried + 1);
    if (reason.trim() === '') {
      first.current?.focus();
      return;
    }
    const answer = await send();
    await client.invalidateQueries({ queryKey: ['registrations'] });
    if (!answer) return;
    announce(`${municipality}を退会にしました。`);
    backToHeading();
  };
  const open = problem?.is('open-request-exists')
    ? (problem.body['changeRequest'] as { id: string; number: string } | undefined)
    : undefined;
  return (
    <div className="mt-2">
      <TextArea
        id="withdraw-reason"
        label="退会の理由"
        hint="自治体へのメールにそのまま載ります。"
        need="required"
        ref={first}
        value={reason}
        error={messageFor(mistakes, 'withdraw-reason')}
        onChange={(event) => setReason(event.target.value)}
      />
      <label className="check mt-3">
        <input type="checkbox" checked={closeOpenRequest} onChange={() => setCloseOpen(!closeOpenRequest)} />
        内容確認の終わっていない変更届があれば、取り下げる
      </label>
      <div className="mt-4 grid gap-3">
        <Button size="m" main pending={pending} onClick={() => void submit()}>
          {municipality}を退会にする
        </Button>
        <Button size="m" onClick={onClose}>
          やめる
        </Button>
      </div>
      <Failed problem={mistakes.length === 0 ? problem : null} />
      {open && (
        <p className="mt-2">
          <Link to={`/staff/review/${open.id}`}>変更届 {open.number} を開く</Link>
        </p>
      )}
    </div>
  );
}
