import type { ReactNode } from 'react';
import { Navigate, useNavigate } from 'react-router';
import type { AnnouncementResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Page } from '../../ui/page';
import { When } from '../../ui/text';
import { correctionForm, correctionSaying } from './editor-correction-values';
import { useLeftOver } from './editor-kept';

/**
 * It was published, or ended, while somebody typed: what they typed can't be saved that way any more, but it is shown,
 * and a correction can begin with it. Where nothing was typed, the announcement is.
 *
 * @param form whose text is kept
 */
export function Overtaken({
  announcement: { id, title, state, stateLabel, changedAt, changedByName },
  form,
}: {
  readonly announcement: AnnouncementResponse;
  readonly form: string;
}): ReactNode {
  const { left, forget, moveTo } = useLeftOver(form);
  const navigate = useNavigate();
  if (left === null) return <Navigate to={`/staff/announcements/${id}`} replace />;
  const { values } = left;
  const parts = [
    ['表題', values.title],
    ['要約', values.summary],
    ['本文', values.body],
  ] as const;
  const correct = (): void => {
    moveTo(correctionForm(id), correctionSaying);
    void navigate(`/staff/announcements/${id}/correct`, { replace: true });
  };
  return (
    <Page
      heading={`入力のあいだに、${stateLabel}になりました`}
      title={`${title} 入力の控え`}
      eyebrow={title}
      lead={
        state === 'published'
          ? '入力した内容は、まだ保存していません。この内容で、訂正を始められます。'
          : '入力した内容は、保存していません。要るところを写してから、控えを消してください。'
      }
    >
      <p className="small quiet mt-2">
        最後の変更{'　'}
        <When at={changedAt} as="time" />
        {changedByName && `　${changedByName}さん`}
      </p>
      {parts.map(([name, text]) => (
        <section key={name} className="mt-6" aria-labelledby={`left-${name}`}>
          <h2 id={`left-${name}`}>{name}</h2>
          <pre className="box mail-text mt-2">{text || '（入力していません）'}</pre>
        </section>
      ))}
      <div className="btns mt-8">
        {state === 'published' && (
          <Button size="m" main onClick={correct}>
            この内容で訂正を始める
          </Button>
        )}
        <Button size="m" onClick={forget}>
          控えを消して、お知らせを見る
        </Button>
      </div>
    </Page>
  );
}
