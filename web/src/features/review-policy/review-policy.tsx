import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { ReviewPolicyResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button, TextArea } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { dateWithEra } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { PolicyProposal } from './policy-proposal';
import { Rules } from './policy-rules';

type Rule = ReviewPolicyResponse['rules'][number];

export const policyQuery = () => ({
  queryKey: ['review-policy'],
  queryFn: () => ok(api.GET('/api/v1/review-policy')),
});

/** Which small changes count at once, and how two admins change that. */
export function ReviewPolicy({ admin }: { readonly admin: boolean }): ReactNode {
  const query = useQuery(policyQuery());
  return (
    <section className="mt-8" aria-labelledby="policy">
      <h2 id="policy" tabIndex={-1}>
        軽微な変更の規則
      </h2>
      <p className="mt-2">
        変更届のすべての項目が「すぐに反映」のときだけ、内容確認の前に登録に反映します。反映したことはメールでお知らせし、「事後確認待ちの変更」に並びます。ここにない項目は、いつも内容確認を待ちます。
      </p>
      <Loaded query={query}>
        {(policy) => (
          <>
            <Rules rules={policy.rules} caption={`${dateWithEra(policy.inForceSince)}からの規則`} />
            {policy.proposal && <PolicyProposal policy={policy} proposal={policy.proposal} admin={admin} />}
            {admin && !policy.proposal && <Propose policy={policy} key={policy.version} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Propose({ policy }: { readonly policy: ReviewPolicyResponse }): ReactNode {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [atOnce, setAtOnce] = useState<readonly Rule['field'][]>(
    policy.rules.filter(({ rule }) => rule === 'at-once').map(({ field }) => field),
  );
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() =>
    ok(
      api.PUT('/api/v1/review-policy', {
        params: { header: ifMatch(policy.version) },
        body: { atOnce: [...atOnce], reason },
      }),
    ),
  );
  const mistakes = useMistakes(problem, { '/reason': 'policy-reason' }, tried, [
    [reason.trim() === '', 'policy-reason', '変える理由を入力してください。'],
  ]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    if (reason.trim() === '') {
      document.getElementById('policy-reason')?.focus();
      return;
    }
    const answer = await send();
    void client.invalidateQueries({ queryKey: ['review-policy'] });
    if (!answer) return;
    announce('規則の変更を提案しました。ほかの管理者が同意すると、変わります。');
    document.getElementById('policy')?.focus();
  };
  if (!open) {
    return (
      <Button size="m" className="mt-4" onClick={() => setOpen(true)}>
        規則の変更を提案する
      </Button>
    );
  }
  return (
    <form className="mt-6" onSubmit={(event) => void submit(event)} noValidate>
      <fieldset className="field">
        <legend>すぐに反映する項目</legend>
        {policy.rules.map(({ field, label }) => (
          <div key={field}>
            <label className="check">
              <input
                type="checkbox"
                checked={atOnce.includes(field)}
                onChange={() =>
                  setAtOnce(
                    atOnce.includes(field) ? atOnce.filter((one) => one !== field) : [...atOnce, field],
                  )
                }
              />
              <span>{label}</span>
            </label>
          </div>
        ))}
      </fieldset>
      <TextArea
        id="policy-reason"
        label="変える理由"
        hint="同意する管理者が読みます。監査ログにも残ります。"
        need="required"
        value={reason}
        error={messageFor(mistakes, 'policy-reason')}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="btns mt-4">
        <Button size="m" main type="submit" pending={pending}>
          提案する
        </Button>
        <Button size="m" onClick={() => setOpen(false)}>
          やめる
        </Button>
      </div>
      <p className="hint mt-2">ほかの管理者が同意するまで、いまの規則のままです。</p>
      <Failed problem={mistakes.length === 0 ? problem : null} />
    </form>
  );
}
