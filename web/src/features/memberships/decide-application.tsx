import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { ApplicationResponse } from '../../api/schema';
import { Button, TextArea } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { useSend } from '../../ui/use-send';

/** Join, or not; each button says what it does. */
export function DecideApplication({
  application,
  onDone,
}: {
  readonly application: ApplicationResponse;
  readonly onDone: (text: string) => void;
}): ReactNode {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(0);
  const params = { path: { id: application.id }, header: ifMatch(application.version) };
  const accept = useSend(() => ok(api.POST('/api/v1/applications/{id}/accept', { params })));
  const decline = useSend(() =>
    ok(api.POST('/api/v1/applications/{id}/decline', { params, body: { reason } })),
  );
  const mistakes = useMistakes(decline.problem, { '/reason': 'decline-reason' }, tried, [
    [reason.trim() === '', 'decline-reason', '登録を見送る理由を入力してください。'],
  ]);
  const finish = async (answer: ApplicationResponse | undefined, text: string): Promise<void> => {
    await Promise.all(
      ['applications', 'tasks', 'registrations'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
    if (!answer) return;
    onDone(text);
    backToHeading();
  };
  const sendDecline = async (): Promise<void> => {
    setTried(tried + 1);
    if (reason.trim() === '') {
      document.getElementById('decline-reason')?.focus();
      return;
    }
    await finish(await decline.send(), '登録を見送りました。理由を添えて、メールでお知らせします。');
  };
  return (
    <div className="decide">
      <section aria-labelledby="accept">
        <h2 id="accept">登録する</h2>
        <p className="small quiet">
          {application.municipality}を登録し、登録したアドレスにログインの案内をお送りします。
        </p>
        <div className="btns">
          <Button
            size="m"
            main
            pending={accept.pending}
            onClick={() =>
              void accept
                .send()
                .then((answer) => finish(answer, '登録しました。案内をメールでお送りします。'))
            }
          >
            登録する
          </Button>
        </div>
        <Failed problem={accept.problem} />
      </section>
      <section aria-labelledby="decline">
        <h2 id="decline">登録を見送る</h2>
        <TextArea
          id="decline-reason"
          label="見送る理由"
          hint="申し込んだ方へのメールにそのまま載ります。"
          need="required"
          value={reason}
          error={messageFor(mistakes, 'decline-reason')}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="btns">
          <Button size="m" pending={decline.pending} onClick={() => void sendDecline()}>
            登録を見送る
          </Button>
        </div>
        <Failed problem={mistakes.length === 0 ? decline.problem : null} />
      </section>
    </div>
  );
}
