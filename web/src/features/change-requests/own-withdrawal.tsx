import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { ChangeRequestResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { useSend } from '../../ui/use-send';

interface Props {
  readonly request: ChangeRequestResponse;
  readonly onDone: (request: ChangeRequestResponse) => void;
}

/** Takes a change request back, in two steps: it can't be had again. */
export function TakeBack({ request, onDone }: Props): ReactNode {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asking) question.current?.focus();
  }, [asking]);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/change-requests/{id}/withdraw', {
        params: { path: { id: request.id }, header: ifMatch(request.version) },
      }),
    ),
  );
  if (!['awaiting_verification', 'under_review', 'returned', 'scheduled'].includes(request.status))
    return null;
  const withdraw = async (): Promise<void> => {
    const next = await send();
    if (!next) return void queries.invalidateQueries({ queryKey: ['change-requests'] });
    onDone(next);
    backToHeading();
  };
  return (
    <section className="mt-12 no-print">
      {asking ? (
        <div className="notice warn" tabIndex={-1} ref={question}>
          <p>取り下げると、この変更届は終わります。いまの登録は変わりません。</p>
          <p className="btns mt-4">
            <Button size="m" pending={pending} onClick={() => void withdraw()}>
              取り下げる
            </Button>
            <Button size="m" onClick={() => setAsking(false)}>
              取り下げない
            </Button>
          </p>
        </div>
      ) : (
        <Button plain onClick={() => setAsking(true)}>
          この変更届を取り下げる
        </Button>
      )}
      <Failed problem={problem} />
    </section>
  );
}
