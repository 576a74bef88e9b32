import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementResponse } from '../../api/schema';
import { Button, TextField } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { useEdited } from '../../ui/use-edited';
import { useStep } from './editor-step';
import { endOf, valuesOf } from './editor-values';

const shownOf = (
  announcement: AnnouncementResponse,
): { readonly pinned: boolean; readonly lastDay: string } => {
  const { pinned, lastDay } = valuesOf(announcement);
  return { pinned, lastDay };
};

/** Of one that is out, what changes without a correction: it says nothing to anybody. */
export function Showing({
  announcement,
  onDone,
}: {
  readonly announcement: AnnouncementResponse;
  readonly onDone: (text: string | null) => void;
}): ReactNode {
  const { id } = announcement;
  const edited = useEdited(shownOf(announcement), announcement.version);
  const { values } = edited;
  // What a colleague has changed meanwhile isn't sent back to what it was.
  const { base } = edited.held;
  const [tried, setTried] = useState(0);
  const { run, pending, problem } = useStep(
    id,
    () =>
      ok(
        api.PATCH('/api/v1/announcements/{id}', {
          params: { path: { id }, header: ifMatch(announcement.version) },
          body: {
            ...(values.pinned !== base.pinned && { pinned: values.pinned }),
            ...(values.lastDay !== base.lastDay && { expiresAt: endOf(values.lastDay) }),
          },
        }),
      ),
    (answer) => {
      edited.saved(answer, shownOf(answer));
      onDone('掲載のしかたを変えました。');
    },
  );
  const mistakes = useMistakes(problem, { '/expiresAt': 'lastDay' }, tried, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(tried + 1);
    onDone(null);
    if (values.pinned === base.pinned && values.lastDay === base.lastDay)
      onDone('掲載のしかたは、いまのままです。');
    else void run();
  };
  return (
    <section className="mt-12" aria-labelledby="showing">
      <h2 id="showing">掲載のしかた</h2>
      <p className="mt-2">訂正にはならず、メールも送られません。</p>
      <form onSubmit={submit} noValidate>
        <label className="check mt-3">
          <input
            type="checkbox"
            checked={values.pinned}
            onChange={() => edited.set({ ...values, pinned: !values.pinned })}
          />
          一覧の先頭に固定し、ホームにも出す
        </label>
        <TextField
          id="lastDay"
          label="掲載の終わり"
          need="optional"
          hint="この日の終わりまで載ります。入れなければ、終わりを決めずに載せます。"
          type="date"
          width="short"
          value={values.lastDay}
          error={messageFor(mistakes, 'lastDay')}
          onChange={(event) => edited.set({ ...values, lastDay: event.target.value })}
        />
        <Button size="m" type="submit" className="mt-4" pending={pending} pendingText="保存しています">
          掲載のしかたを保存する
        </Button>
      </form>
      <Failed problem={mistakes.length > 0 ? null : problem} />
    </section>
  );
}
