import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem } from '../../api/problem';
import type {
  AnnouncementResponse,
  AnnouncementSettingsResponse,
  AttachmentResponse,
} from '../../api/schema';
import { announce } from '../../ui/announce';
import { sizeOf } from './attachment-words';
import { upload } from './editor-attachments-api';
import { editorOneQuery, revisionsQuery } from './editor-queries';

/** A file on its way, or one that couldn't be taken. */
export interface Sending {
  readonly key: number;
  readonly file: File;
  readonly state: 'waiting' | 'sending' | 'failed';
  /** Of 1. */
  readonly part: number;
  readonly why: string | null;
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
        change(key, { state: 'failed', why: problem.message });
        announce(`${file.name}は添付できませんでした。${problem.message}`);
      }
    };
    void finish();
  }, [waiting, busy, id]);
  // Whoever goes elsewhere leaves nothing half sent behind.
  useEffect(() => () => running.current?.cancel(), []);

  const judge = (file: File, place: number): string | null => {
    if (file.size > attachmentMaxBytes) {
      return `ファイルが大きすぎます（${sizeOf(file.size)}）。1つのファイルは${sizeOf(attachmentMaxBytes)}までです。小さくするか、分けてから選んでください。`;
    }
    if (file.size === 0) return 'ファイルの中身が空です。もう一度選んでください。';
    if (place >= attachmentMaxCount) {
      return `添付できるのは${attachmentMaxCount}件までです。要らないファイルを外してから、もう一度選んでください。`;
    }
    return null;
  };
  const add = (files: readonly File[]): void => {
    const open = sendings.filter(({ state }) => state !== 'failed').length;
    let place = attachments.length + open;
    const fresh = files.map((file): Sending => {
      const why = judge(file, place);
      if (why === null) place += 1;
      next.current += 1;
      return { key: next.current, file, state: why === null ? 'waiting' : 'failed', part: 0, why };
    });
    setSendings((all) => [...all, ...fresh]);
    const refused = fresh.filter(({ why }) => why !== null);
    if (refused.length > 0) announce(refused.map(({ file, why }) => `${file.name}：${why}`).join(' '));
  };
  const again = (key: number): void => {
    const one = sendings.find((sending) => sending.key === key);
    if (!one) return;
    const others = sendings.filter(({ state }) => state !== 'failed').length;
    const why = judge(one.file, attachments.length + others);
    change(key, why === null ? { state: 'waiting', part: 0, why } : { why });
  };
  return { sendings, add, again, drop };
}

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
