import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { Problem } from '../../api/problem';
import type { ChangeRequestResponse } from '../../api/schema';
import { useMistakes } from '../../ui/mistakes';
import type { Mistake } from '../../ui/notice';
import { useSend } from '../../ui/use-send';
import type { Bundle } from './review-bundles';
import { requestQuery } from './review-queries';

export interface Refusal {
  readonly bundle: Bundle;
  /** Id of the field. */
  readonly field: string;
  readonly reason: string;
}

/** All that a reviewer has chosen and typed; it outlives a newer version of what is decided on. */
export interface Choice {
  readonly off: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly reasons: Readonly<Record<string, string>>;
  readonly setReason: (id: string, reason: string) => void;
  readonly word: string;
  readonly setWord: (word: string) => void;
  readonly giveBack: string;
  readonly setGiveBack: (reason: string) => void;
}

export function useChoice(bundles: readonly Bundle[]): Choice {
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [word, setWord] = useState('');
  const [giveBack, setGiveBack] = useState('');
  const toggle = (id: string): void => {
    const next = new Set(off);
    if (!next.delete(id)) {
      next.add(id);
      // Several that are left out are often left out for one reason.
      const before = bundles
        .slice(
          0,
          bundles.findIndex((bundle) => bundle.id === id),
        )
        .toReversed();
      const same = before.find((bundle) => off.has(bundle.id) && reasons[bundle.id])?.id;
      if (same !== undefined && !reasons[id]) setReasons({ ...reasons, [id]: reasons[same] ?? '' });
    }
    setOff(next);
  };
  return {
    off,
    toggle,
    reasons,
    setReason: (id, reason) => setReasons((all) => ({ ...all, [id]: reason })),
    word,
    setWord,
    giveBack,
    setGiveBack,
  };
}

export const GIVE_BACK_FIELD = 'give-back-reason';

/** Newer than what the reviewer saw, so that nothing was decided; it is fetched anew. */
export const OUTDATED = [
  'stale-version',
  'registration-moved',
  'already-decided',
  'not-under-review',
] as const;

interface Decision {
  readonly refusals: readonly Refusal[];
  readonly approve: Sending;
  readonly giveBack: Sending;
  readonly mistakes: readonly Mistake[];
  readonly outdated: Problem | null;
}

interface Sending {
  readonly send: () => Promise<void>;
  readonly pending: boolean;
  readonly problem: Problem | null;
}

/** Both ways to decide, with what has to be mended before. */
export function useDecision(
  request: ChangeRequestResponse,
  bundles: readonly Bundle[],
  choice: Choice,
  onDone: (text: string) => void,
): Decision {
  const client = useQueryClient();
  const [tried, setTried] = useState<{ readonly what: 'approve' | 'return'; readonly times: number }>({
    what: 'approve',
    times: 0,
  });
  const refusals = refusalsOf(bundles, choice);
  const taken = bundles.length - refusals.length;
  const approve = useSend(() => postApproval(request, bundles, choice, refusals));
  const giveBack = useSend(() =>
    ok(
      api.POST('/api/v1/change-requests/{id}/return', {
        params: { path: { id: request.id }, header: ifMatch(request.version) },
        body: { reason: choice.giveBack },
      }),
    ),
  );
  const current = tried.what === 'approve' ? approve : giveBack;
  const outdated = current.problem?.is(...OUTDATED) ? current.problem : null;
  const mistakes = useMistakes(
    outdated ? null : current.problem,
    { '/reason': tried.what === 'approve' ? 'word' : GIVE_BACK_FIELD, ...fieldsOf(refusals) },
    tried.times,
    tried.what === 'return'
      ? [[choice.giveBack.trim() === '', GIVE_BACK_FIELD, '差し戻す理由を入力してください。']]
      : refusals.map(({ bundle, field, reason }) => [
          reason.trim() === '',
          field,
          `「${bundle.label}」を採用しない理由を入力してください。`,
        ]),
  );

  const run = async (what: 'approve' | 'return'): Promise<void> => {
    setTried({ what, times: tried.times + 1 });
    const incomplete =
      what === 'return'
        ? choice.giveBack.trim() === ''
        : taken === 0 || refusals.some(({ reason }) => reason.trim() === '');
    if (incomplete) return;
    const answer = await (what === 'approve' ? approve.send() : giveBack.send());
    if (answer) {
      client.setQueryData(requestQuery(request.id).queryKey, answer);
      onDone(doneText(what, answer, taken));
    } else {
      await client.invalidateQueries({ queryKey: requestQuery(request.id).queryKey });
    }
    void client.invalidateQueries({ queryKey: ['review', 'queue'] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    void client.invalidateQueries({ queryKey: ['registrations'] });
  };
  const failed = (problem: Problem | null): Problem | null =>
    outdated || mistakes.length > 0 ? null : problem;
  return {
    refusals,
    approve: {
      send: () => run('approve'),
      pending: approve.pending,
      problem: failed(approve.problem),
    },
    giveBack: {
      send: () => run('return'),
      pending: giveBack.pending,
      problem: failed(giveBack.problem),
    },
    mistakes,
    outdated,
  };
}

const refusalsOf = (bundles: readonly Bundle[], choice: Choice): Refusal[] =>
  bundles
    .map((bundle, index) => ({ bundle, field: `refusal-${index}`, reason: choice.reasons[bundle.id] ?? '' }))
    .filter(({ bundle }) => choice.off.has(bundle.id));

/** A refusal of several changes is sent as several with the same reason. */
const flat = (refusals: readonly Refusal[]): { pointer: string; reason: string; field: string }[] =>
  refusals.flatMap(({ bundle, reason, field }) =>
    bundle.pointers.map((pointer) => ({ pointer, reason, field })),
  );

const fieldsOf = (refusals: readonly Refusal[]): Record<string, string> =>
  Object.fromEntries(flat(refusals).map(({ field }, index) => [`/refusals/${index}/reason`, field]));

const postApproval = (
  request: ChangeRequestResponse,
  bundles: readonly Bundle[],
  choice: Choice,
  refusals: readonly Refusal[],
): Promise<ChangeRequestResponse> =>
  ok(
    api.POST('/api/v1/change-requests/{id}/approve', {
      params: { path: { id: request.id }, header: ifMatch(request.version) },
      body: {
        reason: choice.word.trim() === '' ? null : choice.word,
        accept: bundles.filter(({ id }) => !choice.off.has(id)).flatMap(({ pointers }) => pointers),
        refusals: flat(refusals).map(({ pointer, reason }) => ({ pointer, reason })),
      },
    }),
  );

function doneText(what: 'approve' | 'return', { status }: ChangeRequestResponse, taken: number): string {
  if (what === 'return') return '差し戻しました。理由を添えて、届け出た方にメールでお知らせします。';
  if (status === 'scheduled') return '引継ぎの日に反映します。結果をメールでお知らせします。';
  return `${taken}件を反映しました。結果を、この自治体のアドレスにメールでお知らせします。`;
}
