import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import type { AnnouncementResponse, ReachPage } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Failed, Notice } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { Ask } from '../../ui/sure';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { ANNOUNCEMENTS } from './editor-queries';

/** Asks those once more who haven't acknowledged it; nobody is asked twice. */
export function FollowUp({
  announcement,
  reach,
}: {
  readonly announcement: AnnouncementResponse;
  readonly reach: ReachPage;
}): ReactNode {
  const { id, state } = announcement;
  // Those whom the daily mail is yet to tell aren't asked before.
  const { recipients, acknowledged, askable, waitingForDigest } = reach;
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/announcements/{id}/follow-ups', { params: { path: { id } } })),
  );
  const run = async (): Promise<void> => {
    setDone(null);
    const answer = await send();
    await client.invalidateQueries({ queryKey: ANNOUNCEMENTS });
    if (!answer) return;
    setAsked(false);
    setDone(
      answer.municipalities === 0
        ? 'お願いする自治体は、もうありませんでした。'
        : `${answer.municipalities}自治体に、もう一度お願いしました（メール ${answer.mails}通）。`,
    );
    backToHeading();
  };
  return (
    <div className="mt-6">
      {done && (
        <Notice tone="ok" className="mb-6" live key={done}>
          <p>{done}</p>
        </Notice>
      )}
      {state !== 'published' && <p className="quiet">掲載が終わったので、再度のお願いはできません。</p>}
      {state === 'published' && askable === 0 && (
        <p className="quiet">
          {recipients - acknowledged > waitingForDigest
            ? 'ほかの未確認の自治体には、すべて、もう一度お願いしてあります。'
            : waitingForDigest === 0 && '未確認の自治体はありません。'}
        </p>
      )}
      {state === 'published' && askable > 0 && (
        <Button id="follow-up" size="m" aria-expanded={asked} onClick={() => setAsked(!asked)}>
          未確認の自治体にもう一度お願いする
        </Button>
      )}
      {state === 'published' && waitingForDigest > 0 && (
        <p className="hint mt-2">
          {waitingForDigest}自治体には、まだ「まとめて」のメールが届いていないので、送りません。
        </p>
      )}
      {state === 'published' && askable > 0 && <JustOut announcement={announcement} />}
      {asked && askable > 0 && (
        <Ask
          sure={`${askable}自治体にお願いする`}
          pending={pending}
          onSure={() => void run()}
          onNo={() => {
            setAsked(false);
            document.getElementById('follow-up')?.focus();
          }}
        >
          <p>
            まだ再度のお願いをしていない<b>{askable}自治体</b>
            に、メールを送ります。1つの自治体にお願いするのは、1回だけです。
          </p>
        </Ask>
      )}
      <Failed problem={problem} />
    </div>
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Nobody has had time to read what came out this morning. */
function JustOut({
  announcement: { publishedAt, correctedAt },
}: {
  readonly announcement: AnnouncementResponse;
}): ReactNode {
  const at = correctedAt ?? publishedAt;
  if (at === null || Date.now() - new Date(at).getTime() > DAY_MS) return null;
  return (
    <p className="hint mt-2">
      <When at={at} as="time" />に{correctedAt === null ? '公開' : '訂正'}
      したばかりです。まだお読みでない自治体も多いと思われます。
    </p>
  );
}
