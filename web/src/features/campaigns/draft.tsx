import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { CampaignResponse, PreviewResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button, ButtonLink } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed, Notice } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { Sure } from '../../ui/sure';
import { formatDateJa } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { Facts } from './facts';
import { Preview } from './preview';
import { Problems } from './preview-problems';
import { CAMPAIGNS, campaignQuery, previewQuery } from './queries';
import { useStep } from './use-step';
import { isList } from './words';

/** Before it starts: what it would do, as a dry run, and the button that lets it. */
export function Draft({ campaign }: { readonly campaign: CampaignResponse }): ReactNode {
  const { id, version } = campaign;
  const saved = (useLocation().state as { saved?: boolean } | null)?.saved === true;
  const query = useQuery(previewQuery(id, version));
  return (
    <>
      {saved && (
        <Notice tone="ok" className="mt-6">
          <p>保存しました。</p>
        </Notice>
      )}
      <div className="btns mt-6">
        <ButtonLink size="m" to={`/staff/campaigns/${id}/edit`}>
          書き直す
        </ButtonLink>
      </div>
      <Facts campaign={campaign} />
      <Loaded query={query}>
        {(preview) => (
          <>
            <Problems campaign={campaign} preview={preview} />
            <Preview campaign={campaign} preview={preview} />
            <Start campaign={campaign} preview={preview} />
          </>
        )}
      </Loaded>
      <Discard campaign={campaign} />
    </>
  );
}

function Start({
  campaign: { id, version },
  preview: { problems, targets, steps },
}: {
  readonly campaign: CampaignResponse;
  readonly preview: PreviewResponse;
}): ReactNode {
  const { run, pending, problem } = useStep(
    id,
    () =>
      ok(api.POST('/api/v1/campaigns/{id}/start', { params: { path: { id }, header: ifMatch(version) } })),
    () => {
      announce('年度確認を始めました。まだ何も送られていません。');
      backToHeading();
    },
  );
  const first = steps.find(({ template }) => !isList(template));
  const ready = problems.length === 0 && targets > 0;
  return (
    <section className="decide-box mt-12" aria-labelledby="start">
      <h2 id="start">始める</h2>
      {ready ? (
        <>
          <p className="mt-2">
            始めると、対象の自治体が決まり、段階がそれぞれの日時にひとりでに行われます。
            {first && (
              <>
                最初は、<span className="nb">{formatDateJa(first.date)}</span>の「{first.label}」（メール
                {first.mails}通）です。
              </>
            )}
            その前に回答した自治体には送りません。始めたあとも、一時停止と、これからの段階の変更ができます。
          </p>
          <p className="mt-2">まだ何も送られていません。確認アプリのコードをおたずねすることがあります。</p>
          <div className="btns mt-4">
            <Button main pending={pending} onClick={() => void run()}>
              {targets}件の自治体で始める
            </Button>
          </div>
        </>
      ) : (
        <p className="mt-2">
          {problems.length > 0
            ? '上の「始める前に直すところ」を直すと、始められます。'
            : 'いま対象になる自治体がないので、始められません。対象をお確かめください。'}
        </p>
      )}
      <Failed problem={problem} />
      {problem && problem.errors.length > 0 && (
        <ul className="bullets">
          {problem.errors.map(({ pointer, message }) => (
            <li key={pointer + message}>{message}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Discard({ campaign: { id, version } }: { readonly campaign: CampaignResponse }): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { send, pending, problem } = useSend(() =>
    ok(api.DELETE('/api/v1/campaigns/{id}', { params: { path: { id }, header: ifMatch(version) } })).then(
      () => true,
    ),
  );
  const remove = async (): Promise<void> => {
    const { queryKey } = campaignQuery(id);
    if (!(await send())) return client.invalidateQueries({ queryKey });
    announce('下書きを消しました。');
    await navigate('/staff/campaigns', { replace: true });
    client.removeQueries({ queryKey });
    void client.invalidateQueries({ queryKey: [...CAMPAIGNS, 'list'] });
  };
  return (
    <Sure
      id="discarding"
      heading="下書きを消す"
      open="この下書きを消す"
      what="もとに戻すことはできません。まだ何も送られていないので、自治体には何も伝わりません。"
      sure="消す"
      pending={pending}
      problem={problem}
      onSure={() => void remove()}
    />
  );
}
