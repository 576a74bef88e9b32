import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import { asProblem } from '../../api/problem';
import type { RegistrationResponse } from '../../api/schema';
import { useSendingKey } from '../../api/use-sending-key';
import { Button, ButtonLink } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { useSend } from '../../ui/use-send';

/** What the office hears on the telephone: that all is right, or what is to change. */
export function ByPhone({
  registration,
  onDone,
  onMoved,
}: {
  readonly registration: RegistrationResponse;
  readonly onDone: () => void;
  /** Not confirmed: the registration is another than was read out. */
  readonly onMoved: () => void;
}): ReactNode {
  const client = useQueryClient();
  const { id, version } = registration;
  const key = useSendingKey();
  const { send, pending, problem } = useSend(async () => {
    const header = { ...ifMatch(version), 'Idempotency-Key': key.keyOf(`${id} ${version}`) };
    try {
      await ok(api.POST('/api/v1/registrations/{id}/confirmations', { params: { path: { id }, header } }));
      key.done();
      return 'confirmed';
    } catch (error) {
      if (!asProblem(error).is('stale-version')) throw error;
      return 'moved';
    }
  });
  const confirm = async (): Promise<void> => {
    const answer = await send();
    // Also where it was refused because the registration has changed: the newest is shown.
    await client.invalidateQueries({ queryKey: ['registrations'] });
    if (!answer) return;
    if (answer === 'moved') onMoved();
    else onDone();
    // What was read out has to be read out anew: nobody stays on the button.
    backToHeading();
  };
  return (
    <section aria-labelledby="by-phone">
      <h2 id="by-phone">電話で聞いたとき</h2>
      <p className="small mt-2">
        読み上げた内容がすべて正しければ「電話で確認しました」を、1か所でも違えば「変更を届け出る」を押します。
      </p>
      <div className="mt-4 grid gap-3">
        <Button size="m" main pending={pending} onClick={() => void confirm()}>
          電話で確認しました
        </Button>
        <ButtonLink size="m" to={`/staff/registrations/${id}/edit`}>
          変更を届け出る
        </ButtonLink>
      </div>
      <Failed problem={problem} />
    </section>
  );
}
