import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementResponse, AnnouncementSettingsResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { useMistakes } from '../../ui/mistakes';
import { leadToNewer } from '../../ui/newer';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { When } from '../../ui/text';
import type { Held } from '../../ui/use-edited';
import { useSend } from '../../ui/use-send';
import { fails, useBodyChecks } from './editor-body-checks';
import { Both, TakenOver } from './editor-both';
import { useMerged } from './editor-merged';
import { ANNOUNCEMENTS, editorOneQuery } from './editor-queries';
import { changesOf, checksOf, completeChecksOf, FIELDS, type Values, valuesOf } from './editor-values';
import { placeAfter, type Then, WriteForm } from './editor-write-form';

/** Goes on with a draft, or with one whose time is to come. */
export function Continue({
  announcement,
  settings,
}: {
  readonly announcement: AnnouncementResponse;
  readonly settings: AnnouncementSettingsResponse;
}): ReactNode {
  const { id } = announcement;
  const scheduled = announcement.state === 'scheduled';
  const navigate = useNavigate();
  const location = useLocation();
  const edited = useMerged(id, announcement, valuesOf);
  const { values, merge } = edited;
  const [tried, setTried] = useState(0);
  const [done, setDone] = useState((location.state as { saved?: boolean } | null)?.saved === true);
  const { save: send, pending, problem, clear } = useSave(id);
  const checksFor = scheduled ? completeChecksOf : checksOf;
  const text = useBodyChecks();
  const mistakes = useMistakes(problem, FIELDS, tried, [...checksFor(values), ...text.checks]);

  /** Where somebody else saved meanwhile and nothing has to be asked, it is saved on top of theirs. */
  const save = async (held: Held<Values>, then: Then): Promise<void> => {
    setDone(false);
    const found = await text.judge(held.values.body);
    setTried(tried + 1);
    if (fails(checksFor(held.values), found)) return;
    let theirs = false;
    if (Object.keys(changesOf(held.values, held.base)).length > 0) {
      let sent = held;
      let answer = await send(sent);
      if (!answer) {
        const next = await edited.afterRefusal(held);
        if (!next) return;
        theirs = next.taken.length > 0;
        sent = next.held;
        answer = await send(sent);
        if (!answer) return;
      }
      edited.saved(answer, valuesOf(answer), sent.values);
    }
    if (then === 'check' && !theirs) {
      edited.forget();
      return navigate(placeAfter(id, then));
    }
    setDone(true);
    announce('保存しました。');
    // What a colleague wrote is looked at before anything goes out. The buttons of the question go with it.
    if (theirs || merge) backToHeading();
  };
  const press = (then: Then): void => {
    if (merge) leadToNewer();
    else void save(edited.held, then);
  };
  const choose = (chosen: Values): void => {
    edited.rebase(chosen);
    void save({ version: announcement.version, base: valuesOf(announcement), values: chosen }, 'stay');
  };
  const take = (): void => {
    edited.takeNewer();
    clear();
    announce('いまの内容を読み込みました。');
    backToHeading();
  };
  return (
    <WriteForm
      heading={scheduled ? '公開予定のお知らせを直す' : 'お知らせの下書き'}
      found={edited.found && edited.dirty}
      mistakes={mistakes}
      onSave={press}
      values={values}
      set={edited.set}
      settings={settings}
      announcement={announcement}
      pending={pending}
      onForget={edited.dirty && !merge ? edited.takeNewer : null}
      meanwhile={<TakenOver taken={edited.taken} />}
    >
      {merge && edited.newer && (
        <Both
          announcement={announcement}
          categories={settings.categories}
          merge={merge}
          base={edited.held.base}
          theirs={edited.newer}
          pressed={problem !== null}
          pending={pending}
          action="この内容で保存する"
          onChosen={choose}
          onTake={take}
        />
      )}
      <Failed problem={mistakes.length > 0 || merge ? null : problem} />
      <Saved announcement={announcement} dirty={edited.dirty} done={done} />
    </WriteForm>
  );
}

/** Sends what differs; the answer is what is shown from then on. */
function useSave(id: string) {
  const client = useQueryClient();
  const { send, pending, problem, clear } = useSend(({ version, base, values }: Held<Values>) =>
    ok(
      api.PATCH('/api/v1/announcements/{id}', {
        params: { path: { id }, header: ifMatch(version) },
        body: changesOf(values, base),
      }),
    ),
  );
  const save = async (held: Held<Values>): Promise<AnnouncementResponse | undefined> => {
    const answer = await send(held);
    if (!answer) return undefined;
    client.setQueryData(editorOneQuery(id).queryKey, answer);
    void client.invalidateQueries({ queryKey: [...ANNOUNCEMENTS, 'editor-list'] });
    return answer;
  };
  return { save, pending, problem, clear };
}

function Saved({
  announcement: { changedAt, changedByName },
  dirty,
  done,
}: {
  readonly announcement: AnnouncementResponse;
  readonly dirty: boolean;
  readonly done: boolean;
}): ReactNode {
  return (
    <p className="small quiet mt-4" role="status">
      {dirty ? 'まだ保存していない変更があります。' : done ? '保存しました。' : ''}
      {!dirty && (
        <>
          {' '}
          最後の保存{'　'}
          <When at={changedAt} as="time" />
          {changedByName && `　${changedByName}さん`}
        </>
      )}
    </p>
  );
}
