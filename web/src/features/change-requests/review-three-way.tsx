import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { ChangeRequestResponse, ThreeWayResponse } from '../../api/schema';
import { settingsQuery } from '../../api/settings';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { useSend } from '../../ui/use-send';
import { OUTDATED } from './review-decision';
import { requestQuery, threeWayQuery } from './review-queries';
import { Reason } from './review-reason';
import { Others } from './review-three-way-tables';
import { conflictId, Conflicts, type Side } from './three-ways';

interface ThreeWayProps {
  readonly request: ChangeRequestResponse;
  readonly onDone: (text: string) => void;
  /** The other way to decide. */
  readonly beside: ReactNode;
}

/** The registration moved under a change request: shows three ways, and puts the request on top of it. */
export function ThreeWay({ request, onDone, beside }: ThreeWayProps): ReactNode {
  const query = useQuery(threeWayQuery(request));
  return (
    <Loaded query={query}>
      {(view) => (
        <Choose
          request={request}
          view={view}
          loading={query.isPlaceholderData}
          onDone={onDone}
          beside={beside}
        />
      )}
    </Loaded>
  );
}

const reasonOf = (index: number): string => `conflict-${index}-reason`;

function Choose({
  request,
  view,
  loading,
  onDone,
  beside,
}: ThreeWayProps & {
  readonly view: ThreeWayResponse;
  /** `view` is of before; the newest is on its way. */
  readonly loading: boolean;
}): ReactNode {
  const client = useQueryClient();
  const templates = useQuery(settingsQuery()).data?.refusalReasons ?? [];
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [tried, setTried] = useState(0);
  const conflicts = view.fields.filter(({ state }) => state === 'conflict');
  const needsReason = (pointer: string): boolean => sides[pointer] === 'current';
  const { send, pending, problem } = useSend(() => postRebase(request, view, conflicts, sides, reasons));
  const checks = conflicts.flatMap(({ pointer, label }, index) => [
    [
      sides[pointer] === undefined,
      conflictId(index),
      `「${label}」で、どちらにするかを選んでください。`,
    ] as const,
    [
      needsReason(pointer) && !reasons[pointer]?.trim(),
      reasonOf(index),
      `「${label}」で、いまの登録を残す理由を入力してください。`,
    ] as const,
  ]);
  const fields = Object.fromEntries(
    conflicts.map((_, index) => [`/choices/${index}/reason`, reasonOf(index)]),
  );
  const outdated = !loading && problem?.is(...OUTDATED) ? problem : null;
  const mistakes = useMistakes(outdated ? null : problem, fields, tried, checks);

  const submit = async (): Promise<void> => {
    setTried(tried + 1);
    if (loading || checks.some(([fails]) => fails)) return;
    const answer = await send();
    const { queryKey } = requestQuery(request.id);
    if (!answer) return client.invalidateQueries({ queryKey });
    client.setQueryData(queryKey, answer);
    void client.invalidateQueries({ queryKey: ['review', 'queue'] });
    onDone(rebasedText(answer));
  };

  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      {conflicts.length > 0 && (
        <Conflicts
          view={view}
          conflicts={conflicts}
          sides={sides}
          errorOf={(index) => messageFor(mistakes, conflictId(index))}
          onTake={(pointer, side) => setSides({ ...sides, [pointer]: side })}
        />
      )}
      <Others view={view} />
      <div className="decide">
        <section aria-labelledby="take-over">
          <h2 id="take-over" tabIndex={-1}>
            第{view.registrationVersion}版に取り込む
          </h2>
          <p className="small quiet">
            選んだ内容で、変更届をいまの登録の上に置き直します。登録はまだ変わりません。続けて、反映するか差し戻すかを決めます。
          </p>
          {conflicts.map(
            ({ pointer, label }, index) =>
              needsReason(pointer) && (
                <Reason
                  key={pointer}
                  id={reasonOf(index)}
                  label={`いまの登録を残す理由（${label.replace('　', 'の')}）`}
                  hint="結果のメールにそのまま載ります。"
                  templates={templates}
                  value={reasons[pointer] ?? ''}
                  error={messageFor(mistakes, reasonOf(index))}
                  onChange={(reason) => setReasons({ ...reasons, [pointer]: reason })}
                />
              ),
          )}
          <div className="btns">
            <Button size="m" main pending={pending || loading} onClick={() => void submit()}>
              取り込む
            </Button>
          </div>
          {outdated ? (
            <Notice tone="warn" title="最新の内容を表示しました" className="mt-4" live>
              <p>{outdated.message}選んだ内容は残っています。</p>
            </Notice>
          ) : (
            <Failed problem={mistakes.length === 0 ? problem : null} />
          )}
          {conflicts.length > 0 && (
            <p className="small quiet mt-3">
              重なった項目を選ばずに押すと、何も取り込まれず、その項目に戻ります。
            </p>
          )}
        </section>
        {beside}
      </div>
    </>
  );
}

const postRebase = (
  request: ChangeRequestResponse,
  view: ThreeWayResponse,
  conflicts: ThreeWayResponse['fields'],
  sides: Readonly<Record<string, Side>>,
  reasons: Readonly<Record<string, string>>,
): Promise<ChangeRequestResponse> =>
  ok(
    api.POST('/api/v1/change-requests/{id}/rebase', {
      params: { path: { id: request.id }, header: ifMatch(request.version) },
      body: {
        registrationVersion: view.registrationVersion,
        choices: conflicts.map(({ pointer }) => ({
          pointer,
          take: sides[pointer] ?? 'current',
          reason: sides[pointer] === 'current' ? reasons[pointer]?.trim() || null : null,
        })),
      },
    }),
  );

function rebasedText(answer: ChangeRequestResponse): string {
  const version = `第${answer.baseVersion}版に取り込みました。`;
  if (answer.status === 'awaiting_verification')
    return `${version}新しいアドレスの確認を待っています。確認が済むと、確認待ちに戻ります。`;
  if (answer.status === 'scheduled') return `${version}引継ぎの日に反映します。`;
  return `${version}続けて、反映するか差し戻すかを決めてください。`;
}
