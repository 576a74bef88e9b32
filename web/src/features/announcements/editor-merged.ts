import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnnouncementResponse } from '../../api/schema';
import type { Held } from '../../ui/use-edited';
import { type Kept, useKept } from './editor-kept';
import { type FieldName, type Merge, mergeOf } from './editor-merge';
import { editorOneQuery } from './editor-queries';
import type { TextValues } from './editor-values';

/** What somebody else changed, and when. */
export interface Taken {
  readonly fields: readonly FieldName[];
  readonly at: string;
  readonly byName: string | null;
}

interface Merged<V> extends Kept<V> {
  /** Both changed the same: what is to be asked. Null where there is nothing to ask. */
  readonly merge: Merge<V> | null;
  /** What was taken over by itself from somebody else since this page was opened. */
  readonly taken: Taken | null;
  /**
   * Reads what is there now, after a version was refused.
   *
   * @returns what can be sent in its place without asking anybody, or null
   */
  readonly afterRefusal: (sent: Held<V>) => Promise<Next<V> | null>;
}

interface Next<V> {
  readonly held: Held<V>;
  readonly taken: readonly FieldName[];
}

/**
 * A form on an announcement that somebody else may change at the same time: what only they changed is taken over, and
 * where both changed the same, it has to be asked.
 *
 * @param form under which name what is typed is kept
 * @param read an announcement's values in this form
 */
export function useMerged<V extends TextValues>(
  form: string,
  announcement: AnnouncementResponse,
  read: (announcement: AnnouncementResponse) => V,
): Merged<V> {
  const client = useQueryClient();
  const edited = useKept(form, read(announcement), announcement.version);
  const [taken, setTaken] = useState<Taken | null>(null);
  const merge = edited.newer && mergeOf(edited.held.base, edited.newer, edited.values);
  if (merge && merge.asked.length === 0) {
    edited.rebase(merge.values);
    if (edited.dirty && merge.taken.length > 0) setTaken(takenOf(announcement, merge.taken));
  }
  const afterRefusal = async (sent: Held<V>): Promise<Next<V> | null> => {
    const { queryKey } = editorOneQuery(announcement.id);
    await client.invalidateQueries({ queryKey });
    const newest = client.getQueryData(queryKey);
    if (!newest || newest.version <= sent.version || newest.state !== announcement.state) return null;
    const { values, taken, asked } = mergeOf(sent.base, read(newest), sent.values);
    if (asked.length > 0) return null;
    return { held: { version: newest.version, base: read(newest), values }, taken };
  };
  return { ...edited, merge: merge && merge.asked.length > 0 ? merge : null, taken, afterRefusal };
}

const takenOf = (
  { changedAt, changedByName }: AnnouncementResponse,
  fields: readonly FieldName[],
): Taken => ({
  fields,
  at: changedAt,
  byName: changedByName,
});
