import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { ProposedCampaignResponse } from '../../api/schema';
import { useSendingKey } from '../../api/use-sending-key';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { LoadedPage } from '../../ui/loaded-page';
import { useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { useKept } from '../../ui/use-kept';
import { useSend } from '../../ui/use-send';
import { ChangePlan } from './plan-change';
import { PlanForm } from './plan-form';
import { checksOf, fieldsFor, toPlan, valuesOfProposal } from './plan-values';
import { CAMPAIGNS, campaignQuery, proposalQuery } from './queries';
import type { Template } from './words';

export const openingsOf = ({ standardOpenings }: ProposedCampaignResponse): ReadonlyMap<Template, string> =>
  new Map(standardOpenings.map(({ template, text }) => [template, text]));

/** Plans a campaign, or goes on with one. */
export default function Plan(): ReactNode {
  const { id } = useParams();
  const proposal = useQuery(proposalQuery());
  return (
    <LoadedPage query={proposal}>
      {(found) =>
        id === undefined ? <Begin proposal={found} /> : <Go key={id} id={id} openings={openingsOf(found)} />
      }
    </LoadedPage>
  );
}

function Go({
  id,
  openings,
}: {
  readonly id: string;
  readonly openings: ReadonlyMap<Template, string>;
}): ReactNode {
  const query = useQuery({ ...campaignQuery(id), refetchOnWindowFocus: false });
  return (
    <LoadedPage query={query}>
      {(campaign) => <ChangePlan campaign={campaign} openings={openings} />}
    </LoadedPage>
  );
}

/** Nothing is on the server yet; the first time it is saved, it gets its address. */
function Begin({ proposal }: { readonly proposal: ProposedCampaignResponse }): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useSendingKey();
  const edited = useKept('campaign-new', valuesOfProposal(proposal), 0);
  const { values } = edited;
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() => {
    const body = toPlan(values);
    const header = { 'Idempotency-Key': key.keyOf(JSON.stringify(body)) };
    return ok(api.POST('/api/v1/campaigns', { params: { header }, body }));
  });
  const checks = checksOf(values);
  const mistakes = useMistakes(problem, fieldsFor(values.steps), tried, checks);
  const save = async (): Promise<void> => {
    setTried(tried + 1);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send();
    if (!answer) return;
    key.done();
    edited.takeNewer();
    edited.forget();
    client.setQueryData(campaignQuery(answer.id).queryKey, answer);
    void client.invalidateQueries({ queryKey: [...CAMPAIGNS, 'list'] });
    announce('下書きを保存しました。');
    void navigate(`/staff/campaigns/${answer.id}`);
  };
  return (
    <PlanForm
      heading="新しい年度確認"
      title="新しい年度確認"
      back={{ to: '/staff/campaigns', text: '年度確認の一覧へ' }}
      values={values}
      set={edited.set}
      mistakes={mistakes}
      openings={openingsOf(proposal)}
      started={false}
      found={edited.found && edited.dirty}
      onForget={edited.dirty ? edited.takeNewer : null}
      onSave={() => void save()}
      buttons={
        <Button size="m" main type="submit" pending={pending} pendingText="保存しています">
          下書きを保存して、送る前の確認へ進む
        </Button>
      }
      meanwhile={
        <p className="mt-4">
          案ができています。変えるところを直して、保存してください。保存しても、まだだれにも送られません。
        </p>
      }
    >
      <Failed problem={mistakes.length > 0 ? null : problem} />
    </PlanForm>
  );
}
