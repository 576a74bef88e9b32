import { type ChangeEvent, type ReactNode, useRef } from 'react';
import type {
  AnnouncementResponse,
  AnnouncementSettingsResponse,
  AttachmentResponse,
} from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { Hidden } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { sizeOf } from './attachment-words';
import { download, removeAttachment } from './editor-attachments-api';
import { type Sending, useFollow, useUploads } from './editor-uploads';

interface AttachmentsProps {
  readonly announcement: AnnouncementResponse;
  readonly settings: AnnouncementSettingsResponse;
}

const KINDS = '.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.jpg,.jpeg,.png,.txt,.csv';

/** Files that go with it. Each is kept the moment it has come, apart from what is typed around here. */
export function Attachments({ announcement, settings }: AttachmentsProps): ReactNode {
  const { id, state, attachments } = announcement;
  const { attachmentMaxBytes, attachmentMaxCount } = settings;
  const { sendings, add, again, drop } = useUploads(announcement, settings);
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    add([...(event.target.files ?? [])]);
    // The same file may be chosen once more.
    event.target.value = '';
  };
  return (
    <section className="mt-12" aria-labelledby="attachments">
      <h2 id="attachments" tabIndex={-1}>
        添付ファイル
      </h2>
      <p className="hint mt-2" id="files-hint">
        PDF、Word、Excel、PowerPoint、OpenDocument、画像（jpg・png）、テキスト（txt・csv）。1つ
        {sizeOf(attachmentMaxBytes)}まで、{attachmentMaxCount}
        件まで。下の欄で選ぶか、欄にファイルを落とすと、すぐに送られます。「保存」を押さなくても残ります。
      </p>
      {state === 'published' && (
        <p className="hint mt-2">
          公開中なので、加えたことと外したことは、「訂正」として会員ページに出ます。メールは送られず、確認のお願いもし直しません。
        </p>
      )}
      {attachments.length > 0 ? (
        <ul className="list mt-4 border-t-2">
          {attachments.map((attachment) => (
            <Attached key={attachment.id} announcementId={id} attachment={attachment} />
          ))}
        </ul>
      ) : (
        <p className="mt-4">添付ファイルはありません。</p>
      )}
      {sendings.length > 0 && (
        <ul className="list mt-4 border-t-2" aria-label="送っているファイル">
          {sendings.map((sending) => (
            <OnItsWay
              key={sending.key}
              sending={sending}
              onAgain={() => again(sending.key)}
              onDrop={() => {
                drop(sending.key);
                input.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
      <div className="field">
        <label htmlFor="files">ファイルを加える</label>
        <input
          ref={input}
          id="files"
          type="file"
          multiple
          accept={KINDS}
          className="input m file"
          aria-describedby="files-hint"
          onChange={choose}
        />
      </div>
    </section>
  );
}

function Attached({
  announcementId,
  attachment,
}: {
  readonly announcementId: string;
  readonly attachment: AttachmentResponse;
}): ReactNode {
  const { id, name, bytes } = attachment;
  const follow = useFollow(announcementId);
  const removing = useSend(
    () => removeAttachment(announcementId, id),
    (version) => {
      document.getElementById('attachments')?.focus();
      follow(version, (all) => all.filter((one) => one.id !== id));
      announce(`${name}を外しました。`);
    },
  );
  const opening = useSend(() => download(announcementId, attachment));
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
            size="s"
            pending={removing.pending}
            pendingText="外しています"
            onClick={() => void removing.send()}
          >
            外す<Hidden>（{name}）</Hidden>
          </Button>
        </span>
      </div>
      <Failed problem={removing.problem ?? opening.problem} />
    </li>
  );
}

function OnItsWay({
  sending: { file, state, part, why },
  onAgain,
  onDrop,
}: {
  readonly sending: Sending;
  readonly onAgain: () => void;
  readonly onDrop: () => void;
}): ReactNode {
  const percent = Math.floor(part * 100);
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="mr-auto">
          {file.name} <span className="quiet small">（{sizeOf(file.size)}）</span>
        </span>
        <span className="flex gap-3">
          {state === 'failed' && (
            <Button size="s" onClick={onAgain}>
              もう一度送る<Hidden>（{file.name}）</Hidden>
            </Button>
          )}
          <Button size="s" onClick={onDrop}>
            {state === 'failed' ? '一覧から消す' : '取りやめる'}
            <Hidden>（{file.name}）</Hidden>
          </Button>
        </span>
      </div>
      {state === 'waiting' && <p className="small quiet">順番を待っています。</p>}
      {state === 'sending' && (
        <p className="small upload">
          <progress max={100} value={percent} aria-label={`${file.name}を送っています`} />
          {percent < 100 ? `${percent}%` : '中身を確かめています'}
        </p>
      )}
      {why !== null && <p className="err">{why}</p>}
    </li>
  );
}
