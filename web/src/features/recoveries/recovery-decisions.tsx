import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import { useAccount } from '../../api/hooks';
import type { RecoveryResponse } from '../../api/schema';
import { Button, TextArea } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { useSend } from '../../ui/use-send';

interface Props {
  readonly recovery: RecoveryResponse;
  readonly onDone: (text: string) => void;
}

/** @returns what to do with an answer: everything that it touches is read anew */
function useFinish(onDone: Props['onDone']): (answer: unknown, text: string) => Promise<void> {
  const client = useQueryClient();
  return async (answer, text) => {
    await Promise.all(
      ['recoveries', 'tasks', 'registrations', 'review'].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
    if (!answer) return;
    onDone(text);
    backToHeading();
  };
}

/** By another than whoever called, with the second factor shown anew. */
export function AgreeRecovery({ recovery, onDone }: Props): ReactNode {
  const { accountId } = useAccount();
  const finish = useFinish(onDone);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/recoveries/{id}/agree', {
        params: { path: { id: recovery.id }, header: ifMatch(recovery.version) },
      }),
    ),
  );
  const own = recovery.confirmedByAccountId === accountId;
  return (
    <section aria-labelledby="agree">
      <h2 id="agree">2人目として確かめて、反映する</h2>
      {own ? (
        <p className="mt-2">あなたが電話で確認した申出です。ほかの職員が確かめて、反映します。</p>
      ) : (
        <>
          <p className="small quiet">
            電話で確認したのは{recovery.confirmedByName}
            です。反映すると、登録が上の内容に変わり、これまでのアドレスでのログインは終わります。届いていた変更届は取り下げられます。
          </p>
          <div className="btns">
            <Button
              size="m"
              main
              pending={pending}
              onClick={() =>
                void send().then((answer) =>
                  finish(answer, '登録に反映しました。結果をメールでお知らせします。'),
                )
              }
            >
              確かめました。反映する
            </Button>
          </div>
          <Failed problem={problem} />
        </>
      )}
    </section>
  );
}

export function DeclineRecovery({ recovery, onDone }: Props): ReactNode {
  const finish = useFinish(onDone);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/recoveries/{id}/decline', {
        params: { path: { id: recovery.id }, header: ifMatch(recovery.version) },
        body: { reason },
      }),
    ),
  );
  const mistakes = useMistakes(problem, { '/reason': 'decline-reason' }, tried, [
    [reason.trim() === '', 'decline-reason', '反映しない理由を入力してください。'],
  ]);
  const submit = async (): Promise<void> => {
    setTried(tried + 1);
    if (reason.trim() === '') {
      document.getElementById('decline-reason')?.focus();
      return;
    }
    await finish(await send(), '反映せずに終わりました。');
  };
  return (
    <section aria-labelledby="decline">
      <h2 id="decline">反映せずに終える</h2>
      <TextArea
        id="decline-reason"
        label="反映しない理由"
        hint="事務局の記録です。メールには載りません。"
        need="required"
        rows={2}
        value={reason}
        error={messageFor(mistakes, 'decline-reason')}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="btns">
        <Button size="m" pending={pending} onClick={() => void submit()}>
          反映せずに終える
        </Button>
      </div>
      <Failed problem={mistakes.length === 0 ? problem : null} />
    </section>
  );
}
