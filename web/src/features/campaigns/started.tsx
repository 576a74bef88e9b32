import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useIsReviewer } from '../../api/hooks';
import type { CampaignResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Notice } from '../../ui/notice';
import { backToHeading, Page } from '../../ui/page';
import { dateWithEra, formatDateTimeJa, shortDate, Tag, today } from '../../ui/text';
import { Close, RestOrGoOn } from './actions';
import { DemoTime } from './demo-time';
import { Facts } from './facts';
import { Numbers } from './numbers';
import { Progress } from './progress';
import { Standing } from './standing';
import { StepsTable } from './steps-table';
import { ToCall } from './to-call';
import { STATE_TONES, STATES } from './words';

interface StartedProps {
  readonly campaign: CampaignResponse;
  /** When its numbers were read. Milliseconds. */
  readonly readAt: number;
  readonly live: boolean;
  readonly onLive: (live: boolean) => void;
  readonly onRead: () => void;
}

/** How a campaign goes, and what is to be done today. */
export function Started({ campaign, readAt, live, onLive, onRead }: StartedProps): ReactNode {
  const reviewer = useIsReviewer();
  const { id, title, state } = campaign;
  const saved = (useLocation().state as { saved?: boolean } | null)?.saved === true;
  const [done, setDone] = useState(saved ? '変更を保存しました。' : null);
  const onDone = (text: string): void => {
    setDone(text);
    backToHeading();
  };
  useAnnouncedAnswers(campaign);
  const open = state !== 'closed';
  return (
    <Page
      heading={title}
      title={title}
      width="full"
      eyebrow={<Tag tone={STATE_TONES[state]}>{STATES[state]}</Tag>}
      lead={<Standing campaign={campaign} />}
      above={
        <p className="back">
          <Link className="inline-block py-0.5" to="/staff/campaigns">
            年度確認の一覧へ
          </Link>
        </p>
      }
    >
      <ReadAt campaign={campaign} readAt={readAt} live={live} onLive={onLive} onRead={onRead} />
      {done && (
        <Notice tone="ok" className="mt-6" live key={done}>
          <p>{done}</p>
        </Notice>
      )}
      {reviewer && open && <RestOrGoOn campaign={campaign} onDone={onDone} />}
      <DemoTime campaign={campaign} onDone={onDone} />
      <Numbers campaign={campaign} />
      <Progress campaign={campaign} live={live && open} />
      <ToCall campaign={campaign} reviewer={reviewer} />
      <StepsTable campaign={campaign} reviewer={reviewer} />
      <section className="mt-12" aria-labelledby="plan">
        <h2 id="plan">この確認について</h2>
        <Facts campaign={campaign} />
        <p className="mt-4">
          <Link to={`/staff/campaigns/${id}/targets`}>対象の自治体の一覧</Link>
        </p>
      </section>
      {reviewer && open && <Close campaign={campaign} onDone={onDone} />}
    </Page>
  );
}

/** From when the numbers are, until when they are asked for, and whether they are read anew by themselves. */
function ReadAt({ campaign: { deadline, state }, readAt, live, onLive, onRead }: StartedProps): ReactNode {
  const now = formatDateTimeJa(new Date(readAt)).replace(/^[^（]+（.）/, '');
  return (
    <p className="small quiet mt-2 flex flex-wrap items-center gap-x-4">
      <span>
        {dateWithEra(today())}　{now}現在
      </span>
      <span>期限　{shortDate(deadline)}</span>
      {state !== 'closed' && (
        <span className="no-print">
          {live ? '1分ごとに新しくなります' : '新しくなるのを止めています'}
          <Button plain size="s" className="ml-2" onClick={() => onLive(!live)}>
            {live ? '止める' : 'また1分ごとに新しくする'}
          </Button>
          {!live && (
            <Button plain size="s" className="ml-4" onClick={onRead}>
              いま読み込む
            </Button>
          )}
        </span>
      )}
      <Button plain size="s" className="no-print" onClick={() => window.print()}>
        印刷する
      </Button>
    </p>
  );
}

/** New answers are said once, and not what was there when one came. */
function useAnnouncedAnswers({ progress }: CampaignResponse): void {
  const answered = progress?.answered ?? 0;
  const said = useRef(answered);
  useEffect(() => {
    if (said.current === answered) return;
    said.current = answered;
    announce(`確認済みが${answered}件になりました。`);
  }, [answered]);
}
