import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import { useAccount } from '../../api/hooks';
import type { ReviewPolicyProposalResponse, ReviewPolicyResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Failed } from '../../ui/notice';
import { When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { Rules } from './policy-rules';

const WAYS = {
  agree: { path: '/api/v1/review-policy/agree', said: '同意しました。新しい規則に変わりました。' },
  decline: { path: '/api/v1/review-policy/decline', said: '提案を取り下げました。いまの規則のままです。' },
} as const;

/** What one admin proposed: another agrees, or either drops it. */
export function PolicyProposal({
  policy,
  proposal,
  admin,
}: {
  readonly policy: ReviewPolicyResponse;
  readonly proposal: ReviewPolicyProposalResponse;
  readonly admin: boolean;
}): ReactNode {
  const client = useQueryClient();
  const { accountId } = useAccount();
  const { send, pending, problem } = useSend((way: keyof typeof WAYS) =>
    ok(api.POST(WAYS[way].path, { params: { header: ifMatch(policy.version) } })),
  );
  const run = async (way: keyof typeof WAYS): Promise<void> => {
    const answer = await send(way);
    await client.invalidateQueries({ queryKey: ['review-policy'] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    if (!answer) return;
    announce(WAYS[way].said);
    document.getElementById('policy')?.focus();
  };
  const own = proposal.proposedByAccountId === accountId;
  return (
    <section className="notice warn mt-6" aria-labelledby="proposal">
      <h3 id="proposal">同意を待っている変更</h3>
      <p>
        <When at={proposal.proposedAt} as="time" />　{proposal.proposedByName}
      </p>
      {proposal.reason && <p className="whitespace-pre-line">{proposal.reason}</p>}
      <Rules rules={proposal.rules} caption="提案された規則" />
      {admin && (
        <div className="btns mt-4">
          {!own && (
            <Button size="m" main pending={pending} onClick={() => void run('agree')}>
              同意する
            </Button>
          )}
          <Button size="m" pending={pending} onClick={() => void run('decline')}>
            {own ? '提案を取り下げる' : '同意しない'}
          </Button>
        </div>
      )}
      {admin && own && <p className="hint mt-2">あなたの提案です。ほかの管理者が同意すると、変わります。</p>}
      <Failed problem={problem} />
    </section>
  );
}
