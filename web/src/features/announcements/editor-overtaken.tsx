import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import type { AnnouncementResponse } from '../../api/schema';
import { Button, ButtonLink } from '../../ui/controls';
import { Page } from '../../ui/page';
import { useLeftOver } from './editor-kept';

/**
 * It was published, or ended, while somebody typed: what they typed can't be saved that way any more, but it is shown,
 * to be taken from here. Where nothing was typed, the announcement is.
 *
 * @param form whose text is kept
 */
export function Overtaken({
  announcement: { id, title, state, stateLabel },
  form,
}: {
  readonly announcement: AnnouncementResponse;
  readonly form: string;
}): ReactNode {
  const { values, forget } = useLeftOver(form);
  if (values === null) return <Navigate to={`/staff/announcements/${id}`} replace />;
  const parts = [
    ['表題', values.title],
    ['要約', values.summary],
    ['本文', values.body],
  ] as const;
  return (
    <Page
      heading={`入力のあいだに、${stateLabel}になりました`}
      title={`${title} 入力の控え`}
      eyebrow={title}
      lead="入力した内容は、保存していません。要るところを写してから、控えを消してください。"
    >
      {parts.map(([name, text]) => (
        <section key={name} className="mt-6" aria-labelledby={`left-${name}`}>
          <h2 id={`left-${name}`}>{name}</h2>
          <pre className="box mail-text mt-2">{text || '（入力していません）'}</pre>
        </section>
      ))}
      <div className="btns mt-8">
        {state === 'published' && (
          <ButtonLink size="m" main to={`/staff/announcements/${id}/correct`}>
            訂正する
          </ButtonLink>
        )}
        <Button size="m" onClick={forget}>
          控えを消して、お知らせを見る
        </Button>
      </div>
    </Page>
  );
}
