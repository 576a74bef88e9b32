import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { CampaignResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { useMistakes } from '../../ui/mistakes';
import { leadToNewer, Newer } from '../../ui/newer';
import { Failed } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { formatDateJa } from '../../ui/text';
import { same } from '../../ui/use-edited';
import { useKept } from '../../ui/use-kept';
import { useSend } from '../../ui/use-send';
import { PlanForm } from './plan-form';
import { checksOf, fieldsFor, toPlan, type Values, valuesOf } from './plan-values';
import { CAMPAIGNS, campaignQuery } from './queries';
import { recipientsText, type Template, TEMPLATES } from './words';

/** Goes on with a draft, or changes what is still to come of one that has started. */
export function ChangePlan({
  campaign,
  openings,
}: {
  readonly campaign: CampaignResponse;
  readonly openings: ReadonlyMap<Template, string>;
}): ReactNode {
  const { id, state } = campaign;
  const client = useQueryClient();
  const navigate = useNavigate();
  const started = state !== 'draft';
  const newest = valuesOf(campaign);
  const edited = useKept(`campaign-${id}`, newest, campaign.version);
  // Whom it asks and what counts is written down when it starts: what was typed before that doesn't hold any more.
  const values = started
    ? { ...edited.values, audience: newest.audience, countsFrom: newest.countsFrom }
    : edited.values;
  const [tried, setTried] = useState(0);
  const { send, pending, problem, clear } = useSend((version: number) =>
    ok(
      api.PUT('/api/v1/campaigns/{id}', {
        params: { path: { id }, header: ifMatch(version) },
        body: toPlan(values),
      }),
    ),
  );
  const checks = checksOf(values);
  const mistakes = useMistakes(problem, fieldsFor(values.steps), tried, checks);
  const save = async (version: number): Promise<void> => {
    setTried(tried + 1);
    if (checks.some(([fails]) => fails)) return;
    const answer = await send(version);
    const { queryKey } = campaignQuery(id);
    // Refused: somebody else may have changed it meanwhile, and what they wrote is shown.
    if (!answer) return client.invalidateQueries({ queryKey });
    client.setQueryData(queryKey, answer);
    void client.invalidateQueries({ queryKey: [...CAMPAIGNS, 'list'] });
    edited.saved(answer, valuesOf(answer));
    edited.forget();
    announce(started ? '変更を保存しました。' : '下書きを保存しました。');
    void navigate(`/staff/campaigns/${id}`, { state: { saved: true } });
  };
  const press = (): void => {
    if (edited.newer) leadToNewer();
    else void save(edited.version);
  };
  const take = (): void => {
    edited.takeNewer();
    clear();
    setTried(0);
    announce('いまの内容を読み込みました。');
    backToHeading();
  };
  if (state === 'closed') return <Closed campaign={campaign} />;
  return (
    <PlanForm
      heading={started ? 'これからの段階を変える' : '年度確認の下書き'}
      title={`${campaign.title} を変える`}
      back={{ to: `/staff/campaigns/${id}`, text: started ? campaign.title : '送る前の確認へ' }}
      values={values}
      set={edited.set}
      mistakes={edited.newer ? [] : mistakes}
      openings={openings}
      started={started}
      found={edited.found && edited.dirty}
      onForget={edited.dirty && !edited.newer ? edited.takeNewer : null}
      onSave={press}
      buttons={
        <Button size="m" main type="submit" pending={pending} pendingText="保存しています">
          {started ? '変更を保存する' : '下書きを保存して、送る前の確認へ進む'}
        </Button>
      }
      meanwhile={
        started && (
          <p className="mt-4">
            すでに送ったものは、変わりません。保存するときに、確認アプリのコードをおたずねすることがあります。
          </p>
        )
      }
    >
      {edited.newer && (
        <Newer
          fields={differences(values, edited.newer)}
          pending={pending}
          onTake={take}
          onSave={() => void save(campaign.version)}
        />
      )}
      <Failed problem={mistakes.length > 0 || edited.newer ? null : problem} />
    </PlanForm>
  );
}

/** What somebody else has saved and isn't what is typed, in words. */
function differences(typed: Values, now: Values): (readonly [name: string, now: string])[] {
  const rows = [
    ['名前', typed.title, now.title, now.title],
    [
      '対象の自治体',
      typed.audience,
      now.audience,
      now.audience.kind === 'all' ? 'すべての登録自治体' : '条件や名前で選んだ自治体',
    ],
    ['回答とみなす最初の日', typed.countsFrom, now.countsFrom, formatDateJa(now.countsFrom)],
    ['期限', typed.deadline, now.deadline, formatDateJa(now.deadline)],
    ['お願いの段階', typed.steps, now.steps, stepsText(now)],
  ] as const;
  return rows.filter(([, mine, theirs]) => !same(mine, theirs)).map(([name, , , text]) => [name, text]);
}

const stepsText = ({ steps }: Values): string =>
  steps
    .map(({ template, recipients, by, on, afterDays, hour }, at) => {
      const label = TEMPLATES.find(([value]) => value === template)?.[1] ?? '';
      const day = by === 'on' ? formatDateJa(on) : `前の段階から${afterDays}開庁日あと`;
      return `${at + 1}　${label}　${recipientsText(recipients)}　${day}${hour}時`;
    })
    .join('\n');

function Closed({ campaign: { id, title } }: { readonly campaign: CampaignResponse }): ReactNode {
  return (
    <Page heading="この確認は終わっています" title={`${title} 終了`} width="narrow">
      <p className="lead">終わった確認は、変えられません。</p>
      <p className="mt-4">
        <Link to={`/staff/campaigns/${id}`}>{title}</Link>
      </p>
    </Page>
  );
}
