import type { ReactNode } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { CampaignResponse } from '../../api/schema';
import { Button, ButtonLink } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { Sure } from '../../ui/sure';
import { useStep } from './use-step';

interface ActionProps {
  readonly campaign: CampaignResponse;
  readonly onDone: (text: string) => void;
}

/** Lets it rest, or go on; and the way to change what is still to come. */
export function RestOrGoOn({ campaign, onDone }: ActionProps): ReactNode {
  const { id, state } = campaign;
  return (
    <div className="no-print mt-6 flex flex-wrap items-start gap-4">
      {state === 'running' ? (
        <Pause campaign={campaign} onDone={onDone} />
      ) : (
        <Resume campaign={campaign} onDone={onDone} />
      )}
      <ButtonLink size="m" to={`/staff/campaigns/${id}/edit`}>
        これからの段階を変える
      </ButtonLink>
    </div>
  );
}

function Pause({ campaign: { id, version }, onDone }: ActionProps): ReactNode {
  const { run, pending, problem } = useStep(
    id,
    () =>
      ok(api.POST('/api/v1/campaigns/{id}/pause', { params: { path: { id }, header: ifMatch(version) } })),
    () => onDone('一時停止しました。再開するまで、何も送りません。回答は受け付けています。'),
  );
  return (
    <div>
      <Button size="m" pending={pending} onClick={() => void run()}>
        一時停止する
      </Button>
      <Failed problem={problem} />
    </div>
  );
}

function Resume({ campaign: { id, version }, onDone }: ActionProps): ReactNode {
  const { run, pending, problem } = useStep(
    id,
    () =>
      ok(api.POST('/api/v1/campaigns/{id}/resume', { params: { path: { id }, header: ifMatch(version) } })),
    () => onDone('再開しました。これからの段階が、それぞれの日時に行われます。'),
  );
  return (
    <div>
      <Button size="m" main pending={pending} onClick={() => void run()}>
        再開する
      </Button>
      <p className="hint mt-2">
        止めているあいだに日時が来たメールは、最後の1つだけを送ります。電話リストと郵送リストは作ります。
      </p>
      <Failed problem={problem} />
    </div>
  );
}

/** Ends it for good, also for those who haven't answered. */
export function Close({ campaign, onDone }: ActionProps): ReactNode {
  const { id, version, progress } = campaign;
  const { open = 0, checking = 0 } = progress ?? {};
  const { run, pending, problem } = useStep(
    id,
    () =>
      ok(api.POST('/api/v1/campaigns/{id}/close', { params: { path: { id }, header: ifMatch(version) } })),
    () => onDone('年度確認を終わりました。これまでの回答は残っています。'),
  );
  const unanswered = open + checking;
  return (
    <div className="no-print">
      <Sure
        id="closing"
        heading="年度確認を終える"
        open="年度確認を終える"
        what={`${
          unanswered === 0
            ? ''
            : `まだ確認の済んでいない${unanswered}件${checking > 0 ? `（うち変更届の内容確認中${checking}件）` : ''}は、回答のないまま終わります。`
        }これから先のお願いは送られません。これまでの回答と、すべての登録は、そのまま残ります。もう一度始めることはできません。`}
        sure="終える"
        pending={pending}
        problem={problem}
        onSure={() => void run()}
      />
    </div>
  );
}
