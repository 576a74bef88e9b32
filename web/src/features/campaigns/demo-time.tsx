import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { toNextStep } from '../../api/demo';
import { usePortal } from '../../api/hooks';
import type { CampaignResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Failed, Notice } from '../../ui/notice';
import { useSend } from '../../ui/use-send';
import { CAMPAIGNS } from './queries';

/** In the demo alone: nobody can wait for April in front of it. */
export function DemoTime({
  campaign: { id, state, steps },
  onDone,
}: {
  readonly campaign: CampaignResponse;
  readonly onDone: (text: string) => void;
}): ReactNode {
  const portal = usePortal().data;
  const client = useQueryClient();
  const next = steps.find(({ status }) => status === 'planned');
  const { send, pending, problem } = useSend(
    () => toNextStep(id),
    async ({ answers }) => {
      await client.invalidateQueries({ queryKey: CAMPAIGNS });
      onDone(
        `次の段階「${next?.label ?? ''}」を行いました。` +
          (answers > 0 ? `それまでに、見本の${answers}自治体が回答しました。` : ''),
      );
    },
  );
  if (!portal?.demo || state !== 'running' || !next) return null;
  return (
    <Notice title="デモだけの機能" className="no-print mt-6">
      <p>
        この確認の日付を繰り上げて、次の段階「{next.label}
        」をすぐに行います。見本の自治体の一部が、それまでに回答します。
      </p>
      <p className="mt-3">
        <Button size="m" pending={pending} onClick={() => void send()}>
          次の段階の日まで進める
        </Button>
      </p>
      <Failed problem={problem} />
    </Notice>
  );
}
