import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { Button, TextArea } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { useSend } from '../../ui/use-send';

/** Takes an applied change back: by a change request of its own, which somebody else looks at. */
export function Undo({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(0);
  const [made, setMade] = useState<{ readonly id: string; readonly number: string } | null>(null);
  const field = `undo-${id}`;
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/change-requests/{id}/undo', { params: { path: { id } }, body: { reason } })),
  );
  const mistakes = useMistakes(problem, { '/reason': field }, tried, [
    [reason.trim() === '', field, '取り消す理由を入力してください。'],
  ]);
  const submit = async (): Promise<void> => {
    setTried(tried + 1);
    if (reason.trim() === '') {
      document.getElementById(field)?.focus();
      return;
    }
    const answer = await send();
    if (!answer) return;
    setMade(answer);
    void client.invalidateQueries({ queryKey: ['review'] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
  };
  if (made) {
    return (
      <p role="status" className="mt-3">
        取り消す変更届（<Link to={`/staff/review/${made.id}`}>{made.number}</Link>
        ）を出しました。ほかの職員が内容を確認すると、元に戻ります。
      </p>
    );
  }
  return (
    <div className="mt-3">
      <TextArea
        id={field}
        label="取り消す理由"
        hint="自治体へのメールにそのまま載ります。元に戻るのは、ほかの職員が内容を確認したあとです。"
        need="required"
        value={reason}
        error={messageFor(mistakes, field)}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="btns mt-4">
        <Button size="m" main pending={pending} onClick={() => void submit()}>
          取り消す変更届を出す
        </Button>
        <Button size="m" onClick={onClose}>
          やめる
        </Button>
      </div>
      <Failed problem={mistakes.length === 0 ? problem : null} />
    </div>
  );
}
