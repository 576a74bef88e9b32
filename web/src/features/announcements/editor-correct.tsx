import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { useMistakes } from '../../ui/mistakes';
import { leadToNewer } from '../../ui/newer';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import type { Held } from '../../ui/use-edited';
import { useSend } from '../../ui/use-send';
import { fails, useBodyChecks } from './editor-body-checks';
import { Both, TakenOver } from './editor-both';
import { CorrectCheck } from './editor-correct-check';
import { CorrectForm } from './editor-correct-form';
import {
  correctionChecks,
  correctionForm,
  correctionOf,
  type CorrectionValues,
} from './editor-correction-values';
import { useMerged } from './editor-merged';
import { Overtaken } from './editor-overtaken';
import { ANNOUNCEMENTS, announcementSettingsQuery, editorOneQuery } from './editor-queries';
import { audienceOf, FIELDS } from './editor-values';

/** 訂正: what is out changes in the open, with a note for its readers, once somebody has looked at what changes. */
export default function Correct(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({ ...editorOneQuery(id), refetchOnWindowFocus: false });
  const settings = useQuery({ ...announcementSettingsQuery(), refetchOnWindowFocus: false });
  return (
    <LoadedPage query={query}>
      {(announcement) =>
        announcement.state === 'published' ? (
          <Loaded query={settings}>
            {(found) => <Steps announcement={announcement} settings={found} key={id} />}
          </Loaded>
        ) : (
          <Overtaken announcement={announcement} form={correctionForm(id)} />
        )
      }
    </LoadedPage>
  );
}

interface StepsProps {
  readonly announcement: AnnouncementResponse;
  readonly settings: AnnouncementSettingsResponse;
}

const CHECK = { step: 'check' };

function Steps({ announcement, settings }: StepsProps): ReactNode {
  const { id } = announcement;
  const [params, setParams] = useSearchParams();
  const edited = useMerged(correctionForm(id), announcement, correctionOf);
  const { values, merge } = edited;
  const [tried, setTried] = useState(0);
  const { correct, sent, pending, problem, clear } = useCorrection(id, edited);
  const own = correctionChecks(values);
  const text = useBodyChecks();
  const mistakes = useMistakes(problem, FIELDS, tried, [...own, ...text.checks]);
  // Whoever comes here by its address without having typed all, or is told by the API what to mend, goes on typing.
  const checking = sent !== null || (params.get('step') === 'check' && !fails(own) && mistakes.length === 0);
  useHeadingAtEachStep(checking, mistakes.length > 0);

  const goOn = async (typed: CorrectionValues): Promise<void> => {
    clear();
    const found = await text.judge(typed.body);
    setTried(tried + 1);
    if (!fails(correctionChecks(typed), found)) setParams(CHECK);
  };
  const both = merge && edited.newer && (
    <Both
      announcement={announcement}
      categories={settings.categories}
      merge={merge}
      base={edited.held.base}
      theirs={edited.newer}
      pressed={problem !== null}
      pending={pending}
      action="この内容で確認へ進む"
      onChosen={(chosen) => {
        edited.rebase(chosen);
        void goOn(chosen);
        backToHeading();
      }}
      onTake={() => {
        edited.takeNewer();
        clear();
        setParams({}, { replace: true });
        announce('いまの内容を読み込みました。');
        backToHeading();
      }}
    />
  );
  const failed = <Failed problem={mistakes.length > 0 || merge ? null : problem} />;
  const meanwhile = <TakenOver taken={edited.taken} />;
  return checking ? (
    <CorrectCheck
      announcement={sent?.announcement ?? announcement}
      values={sent?.values ?? values}
      categories={settings.categories}
      pending={pending}
      both={both}
      meanwhile={meanwhile}
      failed={failed}
      onSend={() => void correct(announcement, edited.held)}
      onBack={() => setParams({}, { replace: true })}
    />
  ) : (
    <CorrectForm
      announcement={announcement}
      settings={settings}
      values={values}
      set={edited.set}
      mistakes={mistakes}
      found={edited.found && edited.dirty}
      both={both}
      meanwhile={meanwhile}
      failed={failed}
      onForget={edited.dirty && !merge ? edited.takeNewer : null}
      onSubmit={() => (merge ? leadToNewer() : void goOn(values))}
    />
  );
}

/** What comes in place of another at the same address takes the focus, unless there is something to mend. */
function useHeadingAtEachStep(checking: boolean, mistaken: boolean): void {
  const shown = useRef(checking);
  useEffect(() => {
    if (shown.current === checking) return;
    shown.current = checking;
    if (!mistaken) backToHeading();
  }, [checking, mistaken]);
}

interface Sent {
  readonly announcement: AnnouncementResponse;
  readonly values: CorrectionValues;
}

function useCorrection(
  id: string,
  edited: Pick<ReturnType<typeof useMerged<CorrectionValues>>, 'afterRefusal' | 'saved' | 'forget'>,
) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [sent, setSent] = useState<Sent | null>(null);
  const { send, pending, problem, clear } = useSend(({ version, values }: Held<CorrectionValues>) =>
    ok(
      api.POST('/api/v1/announcements/{id}/corrections', {
        params: { path: { id }, header: ifMatch(version) },
        body: { ...values, audience: audienceOf(values.audience) },
      }),
    ),
  );
  /** A colleague's change of what a correction doesn't say is none of its business; any other is looked at first. */
  const correct = async (announcement: AnnouncementResponse, held: Held<CorrectionValues>): Promise<void> => {
    let answer = await send(held);
    if (!answer) {
      const next = await edited.afterRefusal(held);
      if (!next) return;
      if (next.taken.length > 0) {
        clear();
        backToHeading();
        return;
      }
      answer = await send(next.held);
      if (!answer) return;
    }
    // The step stays as it was until the next page has come.
    setSent({ announcement, values: held.values });
    edited.saved(answer, correctionOf(answer));
    edited.forget();
    client.setQueryData(editorOneQuery(id).queryKey, answer);
    announce('訂正しました。');
    const corrected = held.values.notify ? 'told' : 'silently';
    await navigate(`/staff/announcements/${id}/history`, { replace: true, state: { corrected } });
    void client.invalidateQueries({ queryKey: ANNOUNCEMENTS });
  };
  return { correct, sent, pending, problem, clear };
}
