import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import { useIsAdmin } from '../../api/hooks';
import type { CampaignSettingsResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed } from '../../ui/notice';
import { Tag, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { campaignSettingsQuery } from './queries';

/** Whether the portal asks by itself, and who may say so. */
export function StandingRule(): ReactNode {
  const admin = useIsAdmin();
  const query = useQuery(campaignSettingsQuery());
  return (
    <section className="mt-12 narrow" aria-labelledby="standing">
      <h2 id="standing">長く確認のない登録への自動のお願い</h2>
      <p className="mt-2">
        これを使うと、毎月の最初の開庁日に、確認が古くなった登録の自治体へ、ポータルがひとりでに確認のお願いを送り始めます（ほかの確認でお願い中の自治体を除きます）。
      </p>
      <Loaded query={query}>{(settings) => <Switch settings={settings} admin={admin} />}</Loaded>
    </section>
  );
}

function Switch({
  settings: { standingRule, version, changedAt, changedByName },
  admin,
}: {
  readonly settings: CampaignSettingsResponse;
  readonly admin: boolean;
}): ReactNode {
  const client = useQueryClient();
  const [done, setDone] = useState('');
  const { queryKey } = campaignSettingsQuery();
  const { send, pending, problem } = useSend(
    (on: boolean) =>
      ok(
        api.PUT('/api/v1/campaign-settings', {
          params: { header: ifMatch(version) },
          body: { standingRule: on },
        }),
      ),
    (answer) => {
      client.setQueryData(queryKey, answer);
      setDone(answer.standingRule ? '自動のお願いを使うことにしました。' : '自動のお願いをやめました。');
    },
  );
  const press = async (): Promise<void> => {
    setDone('');
    // Somebody else has set it meanwhile: what they set is shown.
    if (!(await send(!standingRule))) await client.invalidateQueries({ queryKey });
  };
  return (
    <>
      <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Tag tone={standingRule ? 'ok' : 'plain'}>{standingRule ? '使っています' : '使っていません'}</Tag>
        <span className="small quiet">
          {changedByName ? (
            <>
              <When at={changedAt} as="time" />に{changedByName}さんが変えました。
            </>
          ) : (
            'はじめからの設定です。'
          )}
        </span>
      </p>
      {admin ? (
        <p className="mt-4">
          <Button size="m" pending={pending} onClick={() => void press()}>
            {standingRule ? '自動のお願いをやめる' : '自動のお願いを使う'}
          </Button>
        </p>
      ) : (
        <p className="small quiet mt-2">変えるのは管理者です。</p>
      )}
      <p className="mt-2" role="status">
        {done}
      </p>
      <Failed problem={problem} />
    </>
  );
}
