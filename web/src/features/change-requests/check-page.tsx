import type { ReactNode } from 'react';
import type { Problem } from '../../api/problem';
import { Button, ButtonLink } from '../../ui/controls';
import { Failed, Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { formatDateJa, shortDate, When } from '../../ui/text';
import { Link } from 'react-router';
import { groupChanges } from './changes';
import { ChangesInWords } from './changes-in-words';
import { NextSteps, type Outlook } from './next-steps';

interface Props {
  readonly eyebrow: string;
  readonly preview: Outlook;
  readonly comment: string;
  /** Where the form is: 直す leads to the very field there. */
  readonly editAt?: string;
  /** The form is this page itself, a step before. */
  readonly onBack?: () => void;
  readonly savedAt: string | null;
  readonly pending: boolean;
  readonly problem: Problem | null;
  readonly unchanged?: ReactNode;
  readonly onSend: () => void;
}

/** The last look before sending: what changes, in words, and what happens then. Prints well for a town hall's 決裁. */
export function CheckPage(props: Props): ReactNode {
  const { eyebrow, preview, comment, editAt, onBack, savedAt, pending, problem, unchanged, onSend } = props;
  const { changes, newMailboxes, effectiveOn } = preview;
  const count = groupChanges(changes).length;
  return (
    <Page
      above={
        editAt && (
          <p className="back">
            <Link to={editAt}>入力に戻る</Link>
          </p>
        )
      }
      eyebrow={eyebrow}
      heading={
        <>
          {effectiveOn ? `${shortDate(effectiveOn)}付けの引継ぎです。` : `変更は${count}か所です。`}
          <br />
          この内容で届け出ますか
        </>
      }
      title="送信前の確認"
      lead="まだ送られていません。下に書かれていない項目は、いまの登録のままです。"
    >
      <p className="only-print">{formatDateJa(new Date())} 印刷</p>
      <ChangesInWords
        changes={changes}
        {...(editAt && { editAt })}
        note={({ pointer, afterText }) =>
          isMailbox(pointer, afterText, newMailboxes) && (
            <Notice>
              <p>
                <strong>新しいアドレスには、確認コードの入力が必要です。</strong>
              </p>
              <p>
                届け出ると、新しいアドレスに8桁のコードが届きます。受信できることを確かめてから届け出てください。
              </p>
            </Notice>
          )
        }
      />
      {comment.trim() !== '' && (
        <dl className="pair">
          <div>
            <dt>ひとこと</dt>
            <dd className="whitespace-pre-line">{comment}</dd>
          </div>
        </dl>
      )}
      {unchanged}
      <NextSteps preview={preview} />
      <div className="send">
        <div className="btns">
          <Button main pending={pending} onClick={onSend}>
            この内容で届け出る
          </Button>
          {editAt && <ButtonLink to={editAt}>入力に戻る</ButtonLink>}
          {onBack && <Button onClick={onBack}>入力に戻る</Button>}
          <Button onClick={() => window.print()}>印刷する</Button>
        </div>
        {problem?.is('stale-version', 'registration-moved') ? (
          <Notice tone="warn" className="mt-4" live>
            <p>表示したあとに、登録が変わりました。届出はまだ送られていません。</p>
            <p className="mt-3">
              {editAt ? (
                <ButtonLink size="m" to={editAt}>
                  いまの登録に合わせて続ける
                </ButtonLink>
              ) : (
                <Button size="m" onClick={onBack}>
                  いまの登録に合わせて続ける
                </Button>
              )}
            </p>
          </Notice>
        ) : (
          <Failed problem={problem} retry={onSend} />
        )}
        {savedAt && (
          <p className="small quiet">
            書きかけの内容は保存されています（
            <When at={savedAt} as="time" />
            ）。ここで閉じても消えません。
          </p>
        )}
      </div>
    </Page>
  );
}

/** A mailbox that changes, or the one of a department or person who comes. */
function isMailbox(pointer: string, afterText: string | null, newMailboxes: readonly string[]): boolean {
  if (afterText === null) return false;
  return pointer.endsWith('/email')
    ? newMailboxes.some((mailbox) => mailbox.toLowerCase() === afterText.toLowerCase())
    : newMailboxes.some((mailbox) => afterText.toLowerCase().includes(mailbox.toLowerCase()));
}
