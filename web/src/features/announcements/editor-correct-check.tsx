import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Page } from '../../ui/page';
import type { CorrectionValues } from './editor-correction-values';
import { Told } from './editor-correct-told';
import { Changes, type Said, saysTheSame } from './editor-marks';
import { NOBODY } from './editor-values';

interface CheckProps {
  readonly announcement: AnnouncementResponse;
  readonly values: CorrectionValues;
  readonly categories: AnnouncementSettingsResponse['categories'];
  readonly pending: boolean;
  /** The question where two have changed the same: it comes first, and nothing is sent before it is answered. */
  readonly both: ReactNode;
  readonly meanwhile: ReactNode;
  readonly failed: ReactNode;
  readonly onSend: () => void;
  readonly onBack: () => void;
}

/** Before hundreds of mails go out: what changes, and who is told. */
export function CorrectCheck(props: CheckProps): ReactNode {
  const { announcement, values, categories, pending, both } = props;
  const attachments = announcement.attachments.map(({ name }) => name);
  const before: Said = {
    ...announcement,
    category: announcement.category.name,
    audience: announcement.audience ?? NOBODY,
    attachments,
  };
  const after: Said = {
    ...values,
    // What it has stays, also one that isn't offered any more.
    category: categories.find(({ id }) => id === values.categoryId)?.name ?? before.category,
    attachments,
  };
  return (
    <Page
      heading="訂正の確認"
      title={`${announcement.title} 訂正の確認`}
      eyebrow={announcement.title}
      lead="まだ訂正していません。変わるところと、知らせる先をお確かめください。"
      above={
        <p className="back">
          <Link className="inline-block py-0.5" to={`/staff/announcements/${announcement.id}`}>
            このお知らせへ
          </Link>
        </p>
      }
    >
      {props.meanwhile}
      {both ?? (
        <>
          <section className="mt-8" aria-labelledby="changes">
            <h2 id="changes">変わるところ</h2>
            {saysTheSame(before, after) ? (
              <p className="mt-3">
                文章と対象は変わっていません。
                {values.notify ? '説明だけをお送りします。' : '説明だけが、会員ページに載ります。'}
              </p>
            ) : (
              <Changes before={before} after={after} />
            )}
          </section>
          <section className="mt-8" aria-labelledby="note-check">
            <h2 id="note-check">訂正の内容</h2>
            <p className="box mt-3 whitespace-pre-line">{values.note}</p>
          </section>
          <Told announcement={announcement} values={values} />
        </>
      )}
      {props.failed}
      <div className="btns mt-8">
        {!both && (
          <Button main pending={pending} onClick={props.onSend}>
            この内容で訂正する
          </Button>
        )}
        <Button onClick={props.onBack}>入力に戻る</Button>
      </div>
    </Page>
  );
}
