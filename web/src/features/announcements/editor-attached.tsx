import { type ReactNode, useState } from 'react';
import type { AttachmentResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { Ask } from '../../ui/sure';
import { Hidden } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { sizeOf } from './attachment-words';
import { download, removeAttachment } from './editor-attachments-api';
import { useFollow } from './editor-uploads';

/** A file that is there, to look at or to take away. */
export function Attached({
  announcementId,
  attachment,
  out,
  onRemoved,
}: {
  readonly announcementId: string;
  readonly attachment: AttachmentResponse;
  /** Members see it. */
  readonly out: boolean;
  readonly onRemoved: (name: string | null) => void;
}): ReactNode {
  const { id, name, bytes } = attachment;
  const follow = useFollow(announcementId);
  const [asked, setAsked] = useState(false);
  const removing = useSend(
    () => removeAttachment(announcementId, id),
    (version) => {
      document.getElementById('attachments')?.focus();
      follow(version, (all) => all.filter((one) => one.id !== id));
      onRemoved(name);
      announce(`${name}を外しました。`);
    },
  );
  const opening = useSend(() => download(announcementId, attachment));
  const no = (): void => {
    setAsked(false);
    document.getElementById(`remove-${id}`)?.focus();
  };
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="mr-auto">
          {name} <span className="quiet small">（{sizeOf(bytes)}）</span>
        </span>
        <span className="flex gap-3">
          <Button
            size="s"
            pending={opening.pending}
            pendingText="読み込んでいます"
            onClick={() => void opening.send()}
          >
            ダウンロード<Hidden>（{name}）</Hidden>
          </Button>
          <Button
            id={`remove-${id}`}
            size="s"
            aria-expanded={asked}
            onClick={() => {
              onRemoved(null);
              setAsked(!asked);
            }}
          >
            外す<Hidden>（{name}）</Hidden>
          </Button>
        </span>
      </div>
      {asked && (
        <Ask
          sure={
            <>
              添付から外す<Hidden>（{name}）</Hidden>
            </>
          }
          pending={removing.pending}
          pendingText="外しています"
          onSure={() => void removing.send()}
          onNo={no}
        >
          <p>
            「{name}」を外しますか。
            {out
              ? '自治体の方から、すぐに見えなくなります。訂正として記録に残ります。'
              : 'もう一度添付するには、ファイルを選び直してください。'}
          </p>
        </Ask>
      )}
      <Failed problem={removing.problem ?? opening.problem} />
    </li>
  );
}
