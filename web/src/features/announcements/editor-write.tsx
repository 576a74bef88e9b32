import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { AnnouncementSettingsResponse } from '../../api/schema';
import { useSendingKey } from '../../api/use-sending-key';
import { announce } from '../../ui/announce';
import { LoadedPage } from '../../ui/loaded-page';
import { useMistakes } from '../../ui/mistakes';
import { Failed } from '../../ui/notice';
import { useSend } from '../../ui/use-send';
import { fails, useBodyChecks } from './editor-body-checks';
import { Continue } from './editor-continue';
import { useKept } from './editor-kept';
import { Overtaken } from './editor-overtaken';
import { ANNOUNCEMENTS, announcementSettingsQuery, editorOneQuery } from './editor-queries';
import { audienceOf, checksOf, EMPTY, endOf, FIELDS, type Values } from './editor-values';
import { placeAfter, type Then, WriteForm } from './editor-write-form';

/** Writes a new announcement, or goes on with a draft or a scheduled one. */
export default function Write(): ReactNode {
  const { id } = useParams();
  const settings = useQuery({ ...announcementSettingsQuery(), refetchOnWindowFocus: false });
  return (
    <LoadedPage query={settings}>
      {(found) => (id === undefined ? <Begin settings={found} /> : <Go id={id} settings={found} key={id} />)}
    </LoadedPage>
  );
}

function Go({
  id,
  settings,
}: {
  readonly id: string;
  readonly settings: AnnouncementSettingsResponse;
}): ReactNode {
  const query = useQuery({ ...editorOneQuery(id), refetchOnWindowFocus: false });
  return (
    <LoadedPage query={query}>
      {(announcement) =>
        announcement.state === 'draft' || announcement.state === 'scheduled' ? (
          <Continue announcement={announcement} settings={settings} />
        ) : (
          <Overtaken announcement={announcement} form={id} />
        )
      }
    </LoadedPage>
  );
}

const toBody = ({ lastDay, audience, ...values }: Values) => ({
  ...values,
  audience: audienceOf(audience),
  expiresAt: endOf(lastDay),
});

/** Nothing is on the server yet; the first time it is saved, it gets its address. */
function Begin({ settings }: { readonly settings: AnnouncementSettingsResponse }): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useSendingKey();
  const edited = useKept('new', EMPTY, 0);
  const { values } = edited;
  const [tried, setTried] = useState(0);
  const { send, pending, problem } = useSend(() => {
    const body = toBody(values);
    const header = { 'Idempotency-Key': key.keyOf(JSON.stringify(body)) };
    return ok(api.POST('/api/v1/announcements', { params: { header }, body }));
  });
  const own = checksOf(values);
  const text = useBodyChecks();
  const mistakes = useMistakes(problem, FIELDS, tried, [...own, ...text.checks]);
  const save = async (then: Then): Promise<void> => {
    const found = await text.judge(values.body);
    setTried(tried + 1);
    if (fails(own, found)) return;
    const answer = await send();
    if (!answer) return;
    key.done();
    edited.saved(answer, EMPTY);
    edited.forget();
    client.setQueryData(editorOneQuery(answer.id).queryKey, answer);
    void client.invalidateQueries({ queryKey: [...ANNOUNCEMENTS, 'editor-list'] });
    announce('下書きを保存しました。');
    void navigate(placeAfter(answer.id, then), { replace: true, state: { saved: true } });
  };
  return (
    <WriteForm
      heading="新しいお知らせ"
      found={edited.found && edited.dirty}
      mistakes={mistakes}
      onSave={(then) => void save(then)}
      values={values}
      set={edited.set}
      settings={settings}
      announcement={null}
      pending={pending}
      onForget={edited.dirty ? edited.takeNewer : null}
    >
      <Failed problem={mistakes.length > 0 ? null : problem} />
    </WriteForm>
  );
}
