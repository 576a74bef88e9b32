import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import type { VerifiedResponse } from '../../api/schema';
import { CodeField, NumberField } from '../../ui/code-fields';
import { Button } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed } from '../../ui/notice';
import { StepTitle, useTitle } from '../../ui/page';
import { useSend } from '../../ui/use-send';

/** For whoever reads a new mailbox: number and code of the mail, no sign-in. Shows nothing of any registration. */
export default function VerifyMailbox(): ReactNode {
  useTitle('メールアドレスの確認');
  const [done, setDone] = useState<VerifiedResponse | null>(null);
  return (
    <div className="wrap">
      <div className="narrow">{done ? <Done answer={done} /> : <NumberAndCode onDone={setDone} />}</div>
    </div>
  );
}

function NumberAndCode({ onDone }: { readonly onDone: (answer: VerifiedResponse) => void }): ReactNode {
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/verifications/{id}', { params: { path: { id: number.trim() } }, body: { code } })),
  );
  const mistakes = useMistakes(problem, { '/code': 'code', '/id': 'number' }, tried, [
    [number.trim() === '', 'number', 'メールに書かれた番号を入力してください。'],
    [code.trim() === '', 'code', 'メールに書かれた8桁のコードを入力してください。'],
  ]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried((count) => count + 1);
    if (number.trim() === '' || code.trim() === '') return;
    const answer = await send();
    if (answer) onDone(answer);
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      <StepTitle arriving>メールアドレスの確認</StepTitle>
      <p className="lead">メールに書かれた番号とコードを入力してください。ログインは必要ありません。</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <NumberField
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          error={messageFor(mistakes, 'number')}
        />
        <CodeField
          id="code"
          label="コード"
          hint="8桁の数字です。例　4821 7736"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={messageFor(mistakes, 'code')}
        />
        <Failed problem={mistakes.length === 0 ? problem : null} />
        <div className="btns mt-8">
          <Button main type="submit" pending={pending} pendingText="確かめています">
            アドレスを確認する
          </Button>
        </div>
      </form>
      <section className="help">
        <h2>心当たりのないメールのとき</h2>
        <p>入力しないでください。期限が過ぎると、届出は取り消されます。</p>
      </section>
    </>
  );
}

function Done({ answer }: { readonly answer: VerifiedResponse }): ReactNode {
  return (
    <>
      <StepTitle>アドレスを確認しました</StepTitle>
      <p className="lead">受付番号は {answer.receiptNumber} です。</p>
      <p className="mt-4">{answer.next}</p>
      <p className="mt-4">この画面は閉じてかまいません。</p>
    </>
  );
}
