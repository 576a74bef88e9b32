import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem } from '../../api/problem';
import type {
  AnnouncementResponse,
  AnnouncementSettingsResponse,
  AttachmentResponse,
} from '../../api/schema';
import { announce } from '../../ui/announce';
import { upload } from './editor-attachments-api';
import { judgeFile, nameOf, refusalOf } from './editor-file-checks';
import { editorOneQuery, revisionsQuery } from './editor-queries';

/** A file on its way, one that has to be asked about, or one that couldn't be taken. */
export interface Sending {
  readonly key: number;
  readonly file: File;
  readonly state: 'waiting' | 'sending' | 'asked' | 'failed';
  /** Of 1. */
  readonly part: number;
  readonly why: string | null;
  /** Whether it may be sent all the same, or once more. */
  readonly again: boolean;
}

interface Uploads {
  readonly sendings: readonly Sending[];
  readonly add: (files: readonly File[]) => void;
  readonly again: (key: number) => void;
  readonly drop: (key: number) => void;
}

type Limits = Pick<AnnouncementSettingsResponse, 'attachmentMaxBytes' | 'attachmentMaxCount'>;

/** Sends files one after another; one that fails holds up none of the others. */
export function useUploads(
  { id, attachments }: AnnouncementResponse,
  { attachmentMaxBytes, attachmentMaxCount }: Limits,
): Uploads {
  const [sendings, setSendings] = useState<readonly Sending[]>([]);
  const follow = useFollow(id);
  const next = useRef(0);
  const running = useRef<{ readonly key: number; readonly cancel: () => void } | null>(null);
  const change = useCallback((key: number, values: Partial<Sending>): void => {
    setSendings((all) => all.map((one) => (one.key === key ? { ...one, ...values } : one)));
  }, []);
  const drop = (key: number): void => {
    if (running.current?.key === key) running.current.cancel();
    setSendings((all) => all.filter((one) => one.key !== key));
  };

  const waiting = sendings.find(({ state }) => state === 'waiting');
  const busy = sendings.some(({ state }) => state === 'sending');
  useEffect(() => {
    if (!waiting || busy) return;
    const { key, file } = waiting;
    const { done, cancel } = upload(id, file, (part) => change(key, { part }));
    running.current = { key, cancel };
    change(key, { state: 'sending', part: 0 });
    const finish = async (): Promise<void> => {
      try {
        const { announcementVersion, ...attachment } = await done;
        setSendings((all) => all.filter((one) => one.key !== key));
        follow(announcementVersion, (all) => [...all, attachment]);
        announce(`${attachment.name}を添付しました。`);
      } catch (error) {
        const problem = asProblem(error);
        if (problem.is('cancelled')) return;
        const refusal = refusalOf(problem, file.name);
        change(key, refusal);
        announce(`${file.name}は添付できませんでした。${refusal.why}`);
      }
    };
    void finish();
  }, [waiting, busy, id]);
  // Whoever goes elsewhere leaves nothing half sent behind.
  useEffect(() => () => running.current?.cancel(), []);

  const room = (others: readonly Sending[]) => ({
    maxBytes: attachmentMaxBytes,
    maxCount: attachmentMaxCount,
    names: [
      ...attachments.map(({ name }) => name),
      ...others.filter(isComing).map(({ file }) => nameOf(file)),
    ],
  });
  const add = (files: readonly File[]): void => {
    const fresh: Sending[] = [];
    for (const file of files) {
      const refusal = judgeFile(file, room([...sendings, ...fresh]));
      next.current += 1;
      fresh.push({ ...READY, key: next.current, file, ...refusal });
    }
    setSendings((all) => [...all, ...fresh]);
    const refused = fresh.filter(({ why }) => why !== null);
    if (refused.length > 0) announce(refused.map(({ file, why }) => `${file.name}：${why}`).join(' '));
  };
  const again = (key: number): void => {
    const one = sendings.find((sending) => sending.key === key);
    if (!one) return;
    const refusal = judgeFile(one.file, room(sendings.filter((other) => other !== one)));
    // That there is another of its name was asked already.
    change(key, refusal === null || refusal.state === 'asked' ? READY : refusal);
  };
  return { sendings, add, again, drop };
}

const READY = { state: 'waiting', part: 0, why: null, again: false } as const;

const isComing = ({ state }: Sending): boolean => state === 'waiting' || state === 'sending';

/**
 * What is held of the announcement goes on to the version that a file made, so that a form on it can still be saved.
 * Where it has moved otherwise, too, it is read anew.
 */
export function useFollow(
  id: string,
): (version: number, files: (all: readonly AttachmentResponse[]) => readonly AttachmentResponse[]) => void {
  const client = useQueryClient();
  return (version, files) => {
    const { queryKey } = editorOneQuery(id);
    const held = client.getQueryData(queryKey);
    if (held?.version !== version - 1) {
      void client.invalidateQueries({ queryKey });
      return;
    }
    const attachments = [...files(held.attachments)];
    client.setQueryData(queryKey, { ...held, version, attachments, attachmentCount: attachments.length });
    // Of one that is out, it was a correction: its note and its revision are read anew.
    if (held.revision > 0) {
      void client.invalidateQueries({ queryKey });
      void client.invalidateQueries({ queryKey: revisionsQuery(id).queryKey });
    }
  };
}
