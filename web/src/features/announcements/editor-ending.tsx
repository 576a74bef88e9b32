import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import { ifMatch } from '../../api/etag';
import type { AnnouncementResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Sure } from '../../ui/sure';
import { useSend } from '../../ui/use-send';
import { ANNOUNCEMENTS, editorOneQuery } from './editor-queries';
import { useStep } from './editor-step';

interface EndProps {
  readonly announcement: AnnouncementResponse;
  readonly onDone: (text: string | null) => void;
}

/** Takes one down that is out. */
export function End({ announcement: { id, version }, onDone }: EndProps): ReactNode {
  const { run, pending, problem } = useStep(
    id,
    () =>
      ok(
        api.POST('/api/v1/announcements/{id}/archive', {
          params: { path: { id }, header: ifMatch(version) },
        }),
      ),
    () => onDone('掲載を終えました。自治体の方には、もう見えません。'),
  );
  return (
    <Sure
      id="ending"
      heading="掲載を終える"
      open="掲載を終える"
      what="自治体の方には、すぐに見えなくなります。もう一度公開することはできません。内容と確認の記録は、事務局に残ります。"
      sure="終える"
      pending={pending}
      problem={problem}
      onSure={() => void run()}
    />
  );
}

/** Throws a draft away. */
export function Discard({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const { id, version, state, attachments } = announcement;
  const client = useQueryClient();
  const navigate = useNavigate();
  const { send, pending, problem } = useSend(() =>
    ok(api.DELETE('/api/v1/announcements/{id}', { params: { path: { id }, header: ifMatch(version) } })).then(
      () => true,
    ),
  );
  const remove = async (): Promise<void> => {
    const { queryKey } = editorOneQuery(id);
    if (!(await send())) return client.invalidateQueries({ queryKey });
    announce('お知らせを消しました。');
    await navigate('/staff/announcements', { replace: true });
    client.removeQueries({ queryKey });
    void client.invalidateQueries({ queryKey: [...ANNOUNCEMENTS, 'editor-list'] });
  };
  return (
    <Sure
      id="discarding"
      heading="お知らせを消す"
      open="このお知らせを消す"
      what={`${state === 'scheduled' ? '公開の予定も取り消されます。' : ''}${attachments.length > 0 ? '添付ファイルも消えます。' : ''}もとに戻すことはできません。`}
      sure="消す"
      pending={pending}
      problem={problem}
      onSure={() => void remove()}
    />
  );
}
