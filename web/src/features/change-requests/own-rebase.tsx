import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { ChangeRequestResponse, ThreeWayResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { ErrorSummary, Failed, type Mistake, Notice } from '../../ui/notice';
import { useSend } from '../../ui/use-send';
import { requestQuery } from './queries';
import { choiceId, type Side, ThreeWays } from './three-ways';

interface Props {
  readonly request: ChangeRequestResponse;
  readonly onDone: (request: ChangeRequestResponse) => void;
}

/** The registration moved while the change request waited: the municipality says what holds. */
export function Rebase({ request, onDone }: Props): ReactNode {
  const query = useQuery({
    queryKey: ['change-requests', request.id, 'three-way', request.registrationVersion],
    queryFn: () =>
      ok(api.GET('/api/v1/change-requests/{id}/three-way', { params: { path: { id: request.id } } })),
  });
  return (
    <section className="mt-8">
      <Notice tone="warn" title="届出のあとに、登録が変わりました">
        <p>
          この変更届は第{request.baseVersion}版をもとにしています。いまの登録は第{request.registrationVersion}
          版です。重なった項目があれば、どちらにするかを選んでください。
        </p>
      </Notice>
      <Loaded query={query}>{(ways) => <Choosing request={request} ways={ways} onDone={onDone} />}</Loaded>
    </section>
  );
}

function Choosing({ request, ways, onDone }: Props & { readonly ways: ThreeWayResponse }): ReactNode {
  const queries = useQueryClient();
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const conflicts = ways.fields.filter(({ state }) => state === 'conflict');
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/change-requests/{id}/rebase', {
        params: { path: { id: request.id }, header: ifMatch(request.version) },
        body: {
          registrationVersion: ways.registrationVersion,
          choices: [...choices].map(([pointer, take]) => ({ pointer, take, reason: null })),
        },
      }),
    ),
  );
  const go = async (): Promise<void> => {
    const missing = conflicts.filter(({ pointer }) => !choices.has(pointer));
    setMistakes(
      missing.map(({ pointer, label }) => ({
        field: choiceId(pointer),
        message: `どちらにするかを選んでください：${label}`,
      })),
    );
    if (missing.length > 0) return;
    const next = await send();
    if (next) onDone(next);
    else await queries.invalidateQueries({ queryKey: requestQuery(request.id).queryKey });
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      {conflicts.length > 0 && (
        <ThreeWays
          fields={conflicts}
          baseVersion={ways.baseVersion}
          currentVersion={ways.registrationVersion}
          proposed="変更届"
          choices={choices}
          onChoose={(pointer, side) => setChoices((map) => new Map(map).set(pointer, side))}
          words={{ current: 'このまま残す', proposed: '変更届の内容にする' }}
        />
      )}
      <div className="btns mt-6">
        <Button main pending={pending} onClick={() => void go()}>
          いまの登録に合わせて、届出を続ける
        </Button>
      </div>
      <Failed problem={problem} />
    </>
  );
}
