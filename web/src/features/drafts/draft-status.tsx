import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/controls';
import { Failed, Notice } from '../../ui/notice';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import type { DraftHandle } from './use-draft';

interface Props {
  readonly draft: Pick<DraftHandle<never>, 'savedAt' | 'problem' | 'theirs' | 'overrule'>;
  readonly onDiscard: () => Promise<void>;
}

/** Whether what is typed is kept; whose is, where somebody of the same office was quicker. */
export function DraftStatus({ draft, onDiscard }: Props): ReactNode {
  const [asking, setAsking] = useState(false);
  const { send, pending, problem } = useSend(onDiscard);
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (asking) question.current?.focus();
  }, [asking]);
  if (draft.theirs) return <SomebodyElses draft={draft} />;
  return (
    <div className="mt-4">
      <p className="small quiet" role="status">
        {draft.problem
          ? '書きかけの内容を保存できませんでした。通信の状態をお確かめください。入力は画面に残っています。'
          : draft.savedAt && (
              <>
                書きかけの内容は保存されています（
                <When at={draft.savedAt} as="time" />
                ）。ここで閉じても消えません。
              </>
            )}
      </p>
      {draft.savedAt &&
        (asking ? (
          <p className="mt-2 small" tabIndex={-1} ref={question}>
            書きかけの内容を消すと、元に戻せません。{' '}
            <Button size="s" pending={pending} onClick={() => void send()}>
              書きかけを消す
            </Button>{' '}
            <Button size="s" onClick={() => setAsking(false)}>
              消さずに続ける
            </Button>
          </p>
        ) : (
          <p className="mt-2">
            <Button plain className="small" onClick={() => setAsking(true)}>
              書きかけの内容を消す
            </Button>
          </p>
        ))}
      <Failed problem={problem} />
    </div>
  );
}

function SomebodyElses({ draft }: Pick<Props, 'draft'>): ReactNode {
  const { savedBy, savedAt } = draft.theirs ?? {};
  return (
    <Notice tone="warn" className="mt-6" title="ほかの画面での書きかけがあります" live>
      {savedBy && savedAt ? (
        <p>
          {savedBy}さんが
          <When at={savedAt} as="time" />
          に保存しました。いま入力している内容は、まだ保存されていません。
        </p>
      ) : (
        <p>書きかけの内容が、ほかの画面で消されました。いま入力している内容は、まだ保存されていません。</p>
      )}
      <p className="btns mt-4">
        {savedBy && (
          <Button size="m" onClick={() => window.location.reload()}>
            その書きかけを開く
          </Button>
        )}
        <Button size="m" onClick={() => void draft.overrule().catch(() => undefined)}>
          この画面の内容で保存する
        </Button>
      </p>
    </Notice>
  );
}
