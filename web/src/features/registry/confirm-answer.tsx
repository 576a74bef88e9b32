import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { RegistrationResponse } from '../../api/schema';
import { useSendingKey } from '../../api/use-sending-key';
import { announce } from '../../ui/announce';
import { Button, ButtonLink } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { useSend } from '../../ui/use-send';
import { registrationQuery } from './queries';

interface Props {
  readonly registration: RegistrationResponse;
  readonly name: string;
  readonly onConfirmed: () => void;
}

/** The question's answer, after the sheet: an answer unread is worth nothing. */
export function ConfirmAnswer({ registration, name, onConfirmed }: Props): ReactNode {
  const queries = useQueryClient();
  const { send, pending, problem } = useConfirmation(registration);
  const confirm = async (): Promise<void> => {
    const answer = await send();
    if (!answer) {
      // What is registered may be another by now: it is shown, and can be answered.
      await queries.invalidateQueries({ queryKey: registrationQuery(registration.id).queryKey });
      return;
    }
    announce('「変更はありません」と記録しました。');
    await queries.invalidateQueries({ queryKey: registrationQuery(registration.id).queryKey });
    onConfirmed();
  };
  const count = registration.departments.length;
  return (
    <section className="answer" aria-labelledby="answer">
      <h2 id="answer">お答えください</h2>
      <p>
        上の{count > 1 ? `${count}部署の` : ''}
        登録がすべて正しければ「変更はありません」を、1か所でも違えば「修正する」を押してください。
      </p>
      <div className="btns">
        <Button main pending={pending} onClick={() => void confirm()}>
          変更はありません
        </Button>
        <ButtonLink to="/registration/edit">修正する</ButtonLink>
      </div>
      <Failed problem={problem} retry={() => void confirm()} />
      <p className="small quiet">
        「変更はありません」を押すと、今日の日付と{name}
        さんの氏名を記録し、登録されているアドレスにお知らせします。
      </p>
    </section>
  );
}

/** Bound to the version that was shown: what changed since is not confirmed unseen. */
function useConfirmation(registration: RegistrationResponse) {
  const version = useRef(registration.version);
  version.current = registration.version;
  const key = useSendingKey();
  return useSend(
    () =>
      ok(
        api.POST('/api/v1/registrations/{id}/confirmations', {
          params: {
            path: { id: registration.id },
            header: {
              ...ifMatch(version.current),
              'Idempotency-Key': key.keyOf(`${registration.id} ${version.current}`),
            },
          },
        }),
      ),
    key.done,
  );
}
