import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { api, ok } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { CallListItemResponse, RegistrationResponse } from '../../api/schema';
import { Button, TextArea, TextField } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { ErrorSummary, Failed, Notice } from '../../ui/notice';
import { orNull } from '../../ui/or-null';
import { Radios } from '../../ui/radios';
import { formatDateJa, today } from '../../ui/text';
import { useKept } from '../../ui/use-kept';
import { useSend } from '../../ui/use-send';
import { fieldsOf } from './call-fields';
import { PartFields } from './call-parts';
import type { SheetOf } from './calls';
import { CAMPAIGNS } from './queries';
import { groupedNumber, type Outcome, OUTCOMES, outcomeText, type Way } from './words';

/** What was written down, and what follows. */
export interface Recorded {
  readonly text: string;
  /** It is off the list. */
  readonly ended: boolean;
  readonly hasChanges: boolean;
}

interface FormProps {
  readonly campaignId: string;
  readonly item: CallListItemResponse;
  readonly way: Way;
  readonly sheet: SheetOf;
  readonly onRecorded: (what: Recorded) => void;
  readonly onClose: () => void;
}

/** What is registered, to be read out, and beside it what the town hall says. */
export function CallForm(props: FormProps): ReactNode {
  const { registrationId, municipality } = props.item;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const query = useQuery({
    queryKey: ['registrations', registrationId],
    queryFn: () => ok(api.GET('/api/v1/registrations/{id}', { params: { path: { id: registrationId } } })),
    refetchOnWindowFocus: false,
  });
  return (
    <section className="call-form" aria-labelledby="call-heading">
      <h2 id="call-heading" tabIndex={-1} ref={heading}>
        {municipality}の結果を書く
      </h2>
      <Loaded query={query}>{(registration) => <Fields {...props} registration={registration} />}</Loaded>
    </section>
  );
}

interface Values {
  readonly outcome: Outcome | null;
  readonly note: string;
  readonly nextOn: string;
  readonly pointers: readonly string[];
}

const EMPTY: Values = { outcome: null, note: '', nextOn: '', pointers: [] };
const FIELDS = {
  '/outcome': 'outcome',
  '/note': 'call-note',
  '/nextOn': 'next-on',
  '/pointers': 'parts',
  '/version': 'outcome',
};
/** With these there is a next time. */
const calledAgain = (way: Way, outcome: Outcome | null): boolean =>
  way === 'phone' && outcome !== null && outcome !== 'confirmed';

function Fields({
  campaignId,
  item,
  way,
  sheet,
  onRecorded,
  onClose,
  registration,
}: FormProps & { readonly registration: RegistrationResponse }): ReactNode {
  const { registrationId, municipality } = item;
  const client = useQueryClient();
  const edited = useKept(`call-${campaignId}-${registrationId}-${way}`, EMPTY, 0);
  const { values } = edited;
  const { outcome } = values;
  const set = (changes: Partial<Values>): void => edited.set({ ...values, ...changes });
  const [tried, setTried] = useState(0);
  const groups = fieldsOf(registration);
  const known = new Set(groups.flatMap(({ fields }) => fields.map(({ pointer }) => pointer)));
  const pointers = values.pointers.filter((pointer) => known.has(pointer));
  const { send, pending, problem } = useSend((chosen: Outcome) =>
    ok(
      api.POST('/api/v1/campaigns/{id}/targets/{registrationId}/calls', {
        params: { path: { id: campaignId, registrationId } },
        body: {
          way,
          outcome: chosen,
          note: orNull(values.note),
          nextOn: calledAgain(way, chosen) ? orNull(values.nextOn) : null,
          ...((chosen === 'confirmed' || chosen === 'partly-confirmed') && { version: registration.version }),
          ...(chosen === 'partly-confirmed' && { pointers }),
        },
      }),
    ).then(() => true),
  );
  const checks = [
    [outcome === null, 'outcome', '結果を選んでください。'],
    [
      outcome === 'partly-confirmed' && pointers.length === 0,
      'parts',
      '正しいと確かめた項目を、1つ以上選んでください。',
    ],
    [
      calledAgain(way, outcome) && values.nextOn !== '' && values.nextOn < today(),
      'next-on',
      '次にかける日は、きょうかそれより後の日付を入れてください。',
    ],
  ] as const;
  const mistakes = useMistakes(problem, FIELDS, tried, checks);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(tried + 1);
    if (outcome === null || checks.some(([fails]) => fails)) return;
    const answer = await send(outcome);
    if (!answer) {
      // What is registered may be another by now: it is shown, and has to be read out anew.
      await client.invalidateQueries({ queryKey: ['registrations', registrationId] });
      return;
    }
    edited.takeNewer();
    edited.forget();
    for (const part of ['calls', 'one', 'progress', 'targets']) {
      void client.invalidateQueries({ queryKey: [...CAMPAIGNS, part, campaignId] });
    }
    void client.invalidateQueries({ queryKey: ['registrations'] });
    onRecorded(toldOf(municipality, way, outcome, values.nextOn));
  };
  return (
    <div className="call-pair">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <ErrorSummary mistakes={mistakes} />
        {edited.found && edited.dirty && <p className="small quiet mt-2">入力の続きを開きました。</p>}
        <Radios
          id="outcome"
          legend={way === 'phone' ? '電話の結果' : '郵送の結果'}
          required
          options={OUTCOMES[way]}
          chosen={outcome}
          error={messageFor(mistakes, 'outcome')}
          onChange={(chosen) => set({ outcome: chosen })}
        />
        {outcome === 'partly-confirmed' && (
          <PartFields
            groups={groups}
            chosen={pointers}
            error={messageFor(mistakes, 'parts')}
            onChange={(next) => set({ pointers: next })}
          />
        )}
        {calledAgain(way, outcome) && (
          <TextField
            id="next-on"
            label="次にかける日"
            need="optional"
            type="date"
            className="m"
            width="short"
            hint="空欄のときは、きょうかけるところのままです。"
            value={values.nextOn}
            error={messageFor(mistakes, 'next-on')}
            onChange={(event) => set({ nextOn: event.target.value })}
          />
        )}
        <TextArea
          id="call-note"
          label="メモ"
          need="optional"
          hint="事務局の中だけで使います。例　午後に、もう一度"
          rows={2}
          value={values.note}
          error={messageFor(mistakes, 'call-note')}
          onChange={(event) => set({ note: event.target.value })}
        />
        <div className="btns mt-4">
          <Button size="m" main type="submit" pending={pending} pendingText="記録しています">
            結果を記録する
          </Button>
          <Button size="m" onClick={onClose}>
            閉じる
          </Button>
        </div>
        {mistakes.length === 0 && <NotRecorded problem={problem} />}
      </form>
      <div className="call-sheet-now">
        <h3>いまの登録</h3>
        <p className="small quiet">
          {way === 'phone' ? '読み上げて、正しいかどうかを確かめます。' : '返事と見比べます。'}番号
          {'　'}
          {groupedNumber(item.number)}
        </p>
        {sheet(registration)}
      </div>
    </div>
  );
}

/** Why nothing was written down, and how to go on. What was typed is still there. */
function NotRecorded({ problem }: { readonly problem: Problem | null }): ReactNode {
  if (problem?.is('stale-version')) {
    return (
      <Notice tone="warn" className="mt-4" live title="読み上げているあいだに、登録の内容が変わりました">
        <p>
          まだ記録していません。「いまの登録」を新しい内容にしました。もう一度確かめてから、記録してください。入力は残っています。
        </p>
      </Notice>
    );
  }
  if (problem?.is('target-ended')) {
    return (
      <Notice tone="warn" className="mt-4" live title="この自治体への確認は、すでに終わっています">
        <p>
          そのあいだに自治体から回答があったか、対象外になりました。電話の結果は記録していません。画面を読み込み直すと、リストから外れます。
        </p>
      </Notice>
    );
  }
  return <Failed problem={problem} />;
}

function toldOf(municipality: string, way: Way, outcome: Outcome, nextOn: string): Recorded {
  if (outcome === 'confirmed') {
    return { text: `${municipality}の登録を、すべて確認済みにしました。`, ended: true, hasChanges: false };
  }
  const next = calledAgain(way, outcome) && nextOn !== '' ? `次は${formatDateJa(nextOn)}です。` : '';
  return {
    text: `${municipality}の結果を記録しました（${outcomeText(way, outcome)}）。${next}`,
    ended: false,
    hasChanges: outcome === 'has-changes',
  };
}
