import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import type { RecoveryResponse } from '../../api/schema';
import { useSendingKey } from '../../api/use-sending-key';
import { Button, TextArea, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { Radios } from '../../ui/radios';
import { useSend } from '../../ui/use-send';

type Outcome = RecoveryResponse['calls'][number]['outcome'];

const OUTCOMES: readonly (readonly [Outcome, string, string])[] = [
  ['confirmed', '申出のとおりと確認した', 'もう1人の職員の確認に進みます。'],
  ['denied', '申出に心当たりがないと言われた', '申出は、反映せずに終わります。'],
  ['no-answer', 'つながらなかった', '申出はそのまま残ります。'],
];

const DONE: Readonly<Record<Outcome, string>> = {
  confirmed: '電話を記録しました。ほかの職員が確かめると、反映されます。',
  denied: '電話を記録しました。申出は、反映せずに終わりました。',
  'no-answer': '電話を記録しました。日を改めて、かけ直してください。',
};

/** A call to the number on the official site, and what came of it. */
export function NoteCall({
  recovery,
  onDone,
}: {
  readonly recovery: RecoveryResponse;
  readonly onDone: (text: string) => void;
}): ReactNode {
  const client = useQueryClient();
  const [numberCalled, setNumber] = useState('');
  const [spokeWith, setSpokeWith] = useState('');
  const [note, setNote] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [tried, setTried] = useState(0);
  const key = useSendingKey();
  const { send, pending, problem } = useSend((chosen: Outcome) => {
    const body = {
      numberCalled,
      source: 'official-site' as const,
      outcome: chosen,
      spokeWith: spokeWith.trim() || null,
      note: note.trim() || null,
    };
    const header = { 'Idempotency-Key': key.keyOf(recovery.id + JSON.stringify(body)) };
    return ok(
      api.POST('/api/v1/recoveries/{id}/calls', { params: { path: { id: recovery.id }, header }, body }),
    );
  }, key.done);
  const checks = [
    [numberCalled.trim() === '', 'number-called', 'かけた番号を入力してください。'],
    [outcome === null, 'outcome', '電話の結果を選んでください。'],
    [
      outcome !== null && outcome !== 'no-answer' && spokeWith.trim() === '',
      'spoke-with',
      '電話に出た方を入力してください。',
    ],
  ] as const;
  const fields = { '/numberCalled': 'number-called', '/spokeWith': 'spoke-with', '/note': 'call-note' };
  const mistakes = useMistakes(problem, fields, tried, checks);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    const wrong = checks.find(([fails]) => fails);
    if (wrong || outcome === null) {
      document.getElementById(wrong?.[1] ?? '')?.focus();
      return;
    }
    const answer = await send(outcome);
    await client.invalidateQueries({ queryKey: ['recoveries'] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    if (!answer) return;
    onDone(DONE[outcome]);
    backToHeading();
  };
  return (
    <section aria-labelledby="note-call">
      <h2 id="note-call">電話を記録する</h2>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          id="number-called"
          label="かけた番号"
          hint="公式サイトで調べた番号です。"
          need="required"
          width="short"
          inputMode="tel"
          value={numberCalled}
          error={messageFor(mistakes, 'number-called')}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Radios
          id="outcome"
          legend="電話の結果"
          required
          options={OUTCOMES}
          chosen={outcome}
          error={messageFor(mistakes, 'outcome')}
          onChange={setOutcome}
        />
        <TextField
          id="spoke-with"
          label="電話に出た方"
          hint="例　総務課 庶務係の方。つながらなかったときは、空欄のままにします。"
          width="short"
          value={spokeWith}
          error={messageFor(mistakes, 'spoke-with')}
          onChange={(event) => setSpokeWith(event.target.value)}
        />
        <TextArea
          id="call-note"
          label="メモ"
          hint="事務局の中だけで使います。"
          need="optional"
          rows={2}
          value={note}
          error={messageFor(mistakes, 'call-note')}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className="btns">
          <Button size="m" main type="submit" pending={pending}>
            電話を記録する
          </Button>
        </div>
        <Failed problem={mistakes.length === 0 ? problem : null} />
      </form>
    </section>
  );
}
