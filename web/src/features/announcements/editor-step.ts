import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { AnnouncementResponse } from '../../api/schema';
import type { Problem } from '../../api/problem';
import { useSend } from '../../ui/use-send';
import { ANNOUNCEMENTS, editorOneQuery } from './editor-queries';

interface Step<A extends unknown[]> {
  readonly run: (...args: A) => Promise<AnnouncementResponse | undefined>;
  readonly pending: boolean;
  readonly problem: Problem | null;
}

/**
 * One step in an announcement's life, against the version that is shown. Where that isn't the newest, the newest is
 * read and shown, and nothing is done.
 */
export function useStep<A extends unknown[]>(
  id: string,
  request: (...args: A) => Promise<AnnouncementResponse>,
  onDone: (answer: AnnouncementResponse) => void,
): Step<A> {
  const client = useQueryClient();
  const { send, pending, problem } = useSend(request);
  const latest = useRef(onDone);
  latest.current = onDone;
  const run = async (...args: A): Promise<AnnouncementResponse | undefined> => {
    const answer = await send(...args);
    const { queryKey } = editorOneQuery(id);
    if (answer) client.setQueryData(queryKey, answer);
    else await client.invalidateQueries({ queryKey });
    void client.invalidateQueries({ queryKey: [...ANNOUNCEMENTS, 'editor-list'] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    if (answer) latest.current(answer);
    return answer;
  };
  return { run, pending, problem };
}
