import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import type { ChangeRequestResponse, VerificationResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { CodeField } from '../../ui/code-fields';
import { Button } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { Mailbox, Tag, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';

interface Props {
  readonly request: ChangeRequestResponse;
  readonly onDone: (request: ChangeRequestResponse) => void;
}

/** The codes of new mailboxes, typed by whoever can read both: the number needs no typing here. */
export function EnterCodes({ request, onDone }: Props): ReactNode {
  const waiting = request.verifications.filter(({ verifiedAt }) => verifiedAt === null);
  const resend = useSend(async () => {
    const next = await ok(
      api.POST('/api/v1/change-requests/{id}/resend', { params: { path: { id: request.id } } }),
    );
    announce('新しいコードをお送りしました。');
    onDone(next);
    return next;
  });
  const [resent, setResent] = useState(false);
  if (
    request.verifications.length === 0 ||
    !['awaiting_verification', 'scheduled'].includes(request.status)
  ) {
    return null;
  }
  if (waiting.length === 0) return null;
  return (
    <section className="answer" aria-labelledby="codes">
      <h2 id="codes">新しいアドレスの確認</h2>
      {request.verifications.map((verification) =>
        verification.verifiedAt === null ? (
          <CodeForm
            key={verification.id}
            verification={verification}
            requestId={request.id}
            onDone={onDone}
          />
        ) : (
          <p key={verification.id}>
            <Mailbox>{verification.email}</Mailbox> <Tag tone="ok">確認済み</Tag>
          </p>
        ),
      )}
      <p className="small quiet">
        新しいアドレスを見ているのがほかの方のときは、その方が、メールに書かれたページで入力することもできます。ログインは必要ありません。
      </p>
      <p className="mt-4">
        <Button
          size="s"
          pending={resend.pending}
          onClick={() => void resend.send().then((next) => setResent(next !== undefined))}
        >
          コードをもう一度送る
        </Button>
      </p>
      {resent && <p className="small">お送りしました。前のコードも、そのまま使えます。</p>}
      <Failed problem={resend.problem} />
    </section>
  );
}

function CodeForm({
  verification,
  requestId,
  onDone,
}: {
  readonly verification: VerificationResponse;
  readonly requestId: string;
  readonly onDone: Props['onDone'];
}): ReactNode {
  const [code, setCode] = useState('');
  const [empty, setEmpty] = useState(false);
  const { send, pending, problem } = useSend(async () => {
    await ok(
      api.POST('/api/v1/verifications/{id}', { params: { path: { id: verification.id } }, body: { code } }),
    );
    return ok(api.GET('/api/v1/change-requests/{id}', { params: { path: { id: requestId } } }));
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setEmpty(code.trim() === '');
    if (code.trim() === '') return;
    const next = await send();
    if (!next) return;
    announce('アドレスを確認しました。');
    onDone(next);
    backToHeading();
  };
  const error = empty
    ? '8桁のコードを入力してください。'
    : problem?.is('wrong-code')
      ? 'コードが違うか、期限が過ぎています。メールのコードをお確かめください。「コードをもう一度送る」で、新しいコードも使えます。'
      : problem?.errors[0]?.message;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <CodeField
        id={`code-${verification.id}`}
        label={
          <>
            <Mailbox>{verification.email}</Mailbox> に届いたコード
          </>
        }
        hint={
          <>
            8桁の数字です。
            <When at={verification.expiresAt} as="until" />
            まで使えます。
          </>
        }
        value={code}
        error={error}
        onChange={(event) => setCode(event.target.value)}
      />
      <Failed problem={error ? null : problem} />
      <div className="btns">
        <Button main size="m" type="submit" pending={pending} pendingText="確かめています">
          アドレスを確認する
        </Button>
      </div>
    </form>
  );
}
