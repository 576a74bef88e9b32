import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import { useAccount, useIsReviewer } from '../../api/hooks';
import type { ChangeRequestResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { useSend } from '../../ui/use-send';
import { isOwn } from './review-facts';
import { requestQuery, type Status } from './review-queries';

/** Not decided yet: whoever proposed it may take it back. */
const OPEN: ReadonlySet<Status> = new Set(['awaiting_verification', 'under_review', 'returned']);

interface TakeBackProps {
  readonly request: ChangeRequestResponse;
  readonly onDone: (text: string) => void;
}

/** One's own proposals, and handovers that wait for their day: nobody else calls them off when the clerk has gone. */
export function TakeBack({ request, onDone }: TakeBackProps): ReactNode {
  const reviewer = useIsReviewer();
  const own = isOwn(request, useAccount()) && OPEN.has(request.status);
  const scheduled = request.status === 'scheduled';
  if (!reviewer || !(own || scheduled)) return null;
  return (
    <section className="mt-8" aria-labelledby="take-back">
      <h2 id="take-back">{scheduled ? '引継ぎの取りやめ' : '取下げとコードの再送'}</h2>
      <p className="small quiet">
        {scheduled
          ? '取りやめると、引継ぎの日になっても登録は変わりません。自治体にメールでお知らせします。'
          : '取り下げると、この変更届は終わります。登録は変わりません。'}
      </p>
      <Ways request={request} onDone={onDone} scheduled={scheduled} />
    </section>
  );
}

function Ways({ request, onDone, scheduled }: TakeBackProps & { readonly scheduled: boolean }): ReactNode {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const { id } = request;
  const withdraw = useSend(() =>
    ok(
      api.POST('/api/v1/change-requests/{id}/withdraw', {
        params: { path: { id }, header: ifMatch(request.version) },
      }),
    ),
  );
  const resend = useSend(() =>
    ok(api.POST('/api/v1/change-requests/{id}/resend', { params: { path: { id } } })),
  );
  const finish = (answer: ChangeRequestResponse | undefined, text: string): void => {
    if (!answer) return void client.invalidateQueries({ queryKey: requestQuery(id).queryKey });
    client.setQueryData(requestQuery(id).queryKey, answer);
    for (const key of ['review', 'tasks']) void client.invalidateQueries({ queryKey: [key] });
    onDone(text);
  };
  const verb = scheduled ? '引継ぎを取りやめる' : '変更届を取り下げる';
  return (
    <>
      <div className="btns mt-4">
        {request.status === 'awaiting_verification' && (
          <Button
            size="m"
            pending={resend.pending}
            onClick={() =>
              void resend.send().then((answer) => finish(answer, '新しいコードをメールでお送りしました。'))
            }
          >
            コードをもう一度送る
          </Button>
        )}
        <Button size="m" aria-expanded={sure} onClick={() => setSure(!sure)}>
          {sure ? 'やめる' : verb}
        </Button>
        {sure && (
          <Button
            size="m"
            main
            pending={withdraw.pending}
            onClick={() =>
              void withdraw
                .send()
                .then((answer) => finish(answer, scheduled ? '引継ぎを取りやめました。' : '取り下げました。'))
            }
          >
            {verb}（確定）
          </Button>
        )}
      </div>
      <Failed problem={withdraw.problem ?? resend.problem} />
    </>
  );
}
