import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { Notice } from '../../ui/notice';
import { sizeOf } from './attachment-words';
import { Attached } from './editor-attached';
import { EXTENSIONS } from './editor-file-checks';
import { OnItsWay } from './editor-on-its-way';
import { useUploads } from './editor-uploads';

interface AttachmentsProps {
  readonly announcement: AnnouncementResponse;
  readonly settings: AnnouncementSettingsResponse;
}

const KINDS = EXTENSIONS.map((extension) => `.${extension}`).join(',');

/** Files that go with it. Each is kept the moment it has come, apart from what is typed around here. */
export function Attachments({ announcement, settings }: AttachmentsProps): ReactNode {
  const { id, attachments } = announcement;
  const { attachmentMaxBytes, attachmentMaxCount } = settings;
  const out = announcement.state === 'published';
  const { sendings, add, again, drop } = useUploads(announcement, settings);
  const [removed, setRemoved] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    setRemoved(null);
    add([...(event.target.files ?? [])]);
    // The same file may be chosen once more.
    event.target.value = '';
  };
  return (
    <section className="mt-12" aria-labelledby="attachments">
      <h2 id="attachments" tabIndex={-1}>
        添付ファイル
      </h2>
      <p className="hint mt-2">
        PDF、Word、Excel、PowerPoint、OpenDocument、画像（jpg・png）、テキスト（txt・csv）。1つ
        {sizeOf(attachmentMaxBytes)}まで、{attachmentMaxCount}件まで。
      </p>
      {out && (
        <p className="hint mt-2">
          公開中なので、加えたことと外したことは、「訂正」として会員ページに出ます。メールは送られず、確認のお願いもし直しません。
        </p>
      )}
      {removed !== null && (
        <Notice tone="ok" className="mt-4">
          <p>
            「{removed}」を外しました。{out && '訂正として、これまでの版に残っています。'}
          </p>
        </Notice>
      )}
      {attachments.length > 0 ? (
        <ul className="list mt-4 border-t-2">
          {attachments.map((attachment) => (
            <Attached
              key={attachment.id}
              announcementId={id}
              attachment={attachment}
              out={out}
              onRemoved={setRemoved}
            />
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
              onAgain={() => {
                again(sending.key);
                // The button goes with its question.
                if (sending.state === 'asked') input.current?.focus();
              }}
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
        <p className="hint" id="files-hint">
          選ぶと、すぐに保存されます。{out && '自治体の方にも、すぐに見えます。'}
        </p>
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
