import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { messageFor, useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { useEdited } from '../../ui/use-edited';
import { ShowingFields, type ShownValues } from './editor-showing-fields';
import { useStep } from './editor-step';
import { endOf, valuesOf } from './editor-values';

const shownOf = (announcement: AnnouncementResponse): ShownValues => {
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
        <ShowingFields values={values} set={edited.set} error={messageFor(mistakes, 'lastDay')} />
        <Button size="m" type="submit" className="mt-4" pending={pending} pendingText="保存しています">
          掲載のしかたを保存する
        </Button>
      </form>
      <Failed problem={mistakes.length > 0 ? null : problem} />
    </section>
  );
}
