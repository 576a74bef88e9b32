import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { api, ok } from '../../api/client';
import { asProblem, Problem } from '../../api/problem';
import type { AnnouncementSummaryResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Failed, Notice } from '../../ui/notice';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { announcementQuery, homeQuery, noteChange } from './reading-queries';

/** What the municipality's acknowledgement is, in one sentence. */
export const ONE_IS_ENOUGH = 'どなたかお一人が押せば、貴自治体として確認済みになります。';

/** Nothing was typed: nothing is said of what was. */
const NOT_SENT = new Problem(
  {
    title:
      '確認済みにできませんでした。通信の状態をお確かめのうえ、もう一度「確認しました」を押してください。',
    code: 'unreachable',
  },
  0,
);

/**
 * Acknowledges what stands on the page, and no other revision of it.
 *
 * @param onCorrected it says something else by now, which has been read in
 */
export function useAcknowledge(
  { id, title, revision }: AnnouncementSummaryResponse,
  onCorrected?: () => void,
): {
  readonly acknowledge: () => Promise<boolean>;
  readonly pending: boolean;
  readonly problem: Problem | null;
} {
  const client = useQueryClient();
  const { send, pending, problem } = useSend(async () => {
    try {
      return await ok(
        api.POST('/api/v1/announcements/{id}/acknowledgements', {
          params: { path: { id } },
          body: { revision },
        }),
      );
    } catch (error) {
      if (asProblem(error).is('announcement-corrected')) {
        await Promise.all(
          [announcementQuery(id), homeQuery()].map(({ queryKey }) => client.invalidateQueries({ queryKey })),
        );
        onCorrected?.();
      }
      throw asProblem(error).is('unreachable') ? NOT_SENT : error;
    }
  });
  const acknowledge = async (): Promise<boolean> => {
    const acknowledgement = await send();
    if (!acknowledgement) return false;
    noteChange(client, id, { acknowledgement, unread: false });
    announce(`「${title}」を確認済みにしました。`);
    return true;
  };
  return { acknowledge, pending, problem };
}

/** At the end of the text: the one button, or who has pressed it. */
export function Acknowledge({
  announcement,
  onCorrected,
}: {
  readonly announcement: AnnouncementSummaryResponse;
  readonly onCorrected: () => void;
}): ReactNode {
  const { acknowledge, pending, problem } = useAcknowledge(announcement, onCorrected);
  const heading = useRef<HTMLHeadingElement>(null);
  const { acknowledgement } = announcement;
  const counts = acknowledgement?.counts === true;
  const pressed = useRef(false);
  useEffect(() => {
    // The button is gone, and with it the focus.
    if (counts && pressed.current) heading.current?.focus();
    pressed.current = false;
  }, [counts]);
  const press = async (): Promise<void> => {
    pressed.current = true;
    if (!(await acknowledge())) pressed.current = false;
  };
  return (
    <section className="mt-12" aria-labelledby="acknowledgement">
      {acknowledgement && counts ? (
        <div className="notice ok">
          <h2 id="acknowledgement" tabIndex={-1} ref={heading}>
            確認済みです
          </h2>
          <p>
            <When at={acknowledgement.at} as="era" />
            に、{acknowledgement.byName}さんが確認しました。
          </p>
        </div>
      ) : (
        <div className="answer !mt-0">
          <h2 id="acknowledgement" tabIndex={-1} ref={heading}>
            {acknowledgement ? '訂正後の内容をもう一度ご確認ください' : 'お読みになりましたか'}
          </h2>
          {acknowledgement && (
            <p>
              <When at={acknowledgement.at} as="era" />に{acknowledgement.byName}
              さんが確認しましたが、そのあとに訂正がありました。
            </p>
          )}
          <p>内容をご確認のうえ、「確認しました」を押してください。{ONE_IS_ENOUGH}</p>
          <div className="btns">
            <Button main pending={pending} onClick={() => void press()}>
              確認しました
            </Button>
          </div>
          <Failed problem={problem?.is('announcement-corrected') ? null : problem} />
        </div>
      )}
    </section>
  );
}

/** Somebody who was reading has another text before them now. */
export const CorrectedMeanwhile = (): ReactNode => (
  <Notice tone="warn" className="mt-6" title="ご覧になっているあいだに、このお知らせが訂正されました" live>
    <p>訂正後の内容を表示しています。お手数ですが、もう一度お読みください。</p>
  </Notice>
);
