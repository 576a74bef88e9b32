import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { ChangeRequestResponse, ThreeWayResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { messageFor } from '../../ui/mistakes';
import { ErrorSummary, Failed, type Mistake, Notice } from '../../ui/notice';
import { useSend } from '../../ui/use-send';
import { requestQuery } from './queries';
import { conflictId, Conflicts, missingChoices, type Side } from './three-ways';

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
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const conflicts = ways.fields.filter(({ state }) => state === 'conflict');
  const { send, pending, problem } = useSend(() =>
    ok(
      api.POST('/api/v1/change-requests/{id}/rebase', {
        params: { path: { id: request.id }, header: ifMatch(request.version) },
        body: {
          registrationVersion: ways.registrationVersion,
          choices: Object.entries(sides).map(([pointer, take]) => ({ pointer, take, reason: null })),
        },
      }),
    ),
  );
  const go = async (): Promise<void> => {
    const missing = missingChoices(conflicts, sides);
    setMistakes(missing);
    if (missing.length > 0) return;
    const next = await send();
    if (next) onDone(next);
    else await queries.invalidateQueries({ queryKey: requestQuery(request.id).queryKey });
  };
  return (
    <>
      <ErrorSummary mistakes={mistakes} />
      {conflicts.length > 0 && (
        <Conflicts
          view={ways}
          conflicts={conflicts}
          sides={sides}
          errorOf={(index) => messageFor(mistakes, conflictId(index))}
          onTake={(pointer, side) => setSides({ ...sides, [pointer]: side })}
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
