import { type ReactNode, useState } from 'react';
import { fetchFile, saveFile } from '../../api/files';
import type { Problem } from '../../api/problem';
import type { AttachmentResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Hidden } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { kindOf, sizeOf } from './attachment-words';

/** The files that go with it, each to save on one's own computer. */
export function Attachments({
  announcementId,
  attachments,
}: {
  readonly announcementId: string;
  readonly attachments: readonly AttachmentResponse[];
}): ReactNode {
  return (
    <section className="mt-12" aria-labelledby="attachments">
      <h2 id="attachments" tabIndex={-1}>
        添付ファイル（{attachments.length}件）
      </h2>
      <ul className="list attachments mt-3 border-t-2">
        {attachments.map((attachment) => (
          <li key={attachment.id}>
            <Attachment announcementId={announcementId} attachment={attachment} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Attachment({
  announcementId,
  attachment: { id, name, mediaType, bytes },
}: {
  readonly announcementId: string;
  readonly attachment: AttachmentResponse;
}): ReactNode {
  const [received, setReceived] = useState(0);
  const { send, pending, problem } = useSend(async () => {
    setReceived(0);
    saveFile(await fetchFile(`/api/v1/announcements/${announcementId}/attachments/${id}`, setReceived), name);
    announce(`${name} をダウンロードしました。`);
  });
  const percent = Math.min(100, Math.floor((received / bytes) * 100));
  return (
    <>
      <div className="attachment">
        <p>
          <b>{name}</b>
          <span className="quiet small block">
            {kindOf(name, mediaType)}・{sizeOf(bytes)}
          </span>
        </p>
        <Button
          size="m"
          pending={pending}
          pendingText={`ダウンロードしています（${percent}％）`}
          onClick={() => void send()}
        >
          ダウンロード<Hidden>（{name}）</Hidden>
        </Button>
      </div>
      {problem && (
        <p className="err" role="alert">
          {messageOf(problem)}
        </p>
      )}
    </>
  );
}

/** Of a file that a correction took away while one was reading. */
const messageOf = (problem: Problem): string =>
  problem.status === 404
    ? 'このファイルは、いまは掲載されていません。お知らせが訂正されたかもしれませんので、ページを読み込み直してください。'
    : problem.message;
