import type { ProblemCode } from '../../src/platform/http/problem-catalogue.js';
import type { Attempt } from './attempts.js';
import type { Snapshot, VersionRow } from './snapshot.js';

/** What happened between two pictures. */
export interface Happening {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** None where only the calendar moved. */
  readonly attempts: readonly Attempt[];
  /** How each attempt ended; null: it succeeded. */
  readonly codes: readonly (ProblemCode | null)[];
  /** Whether the portal did what was due. */
  readonly jobs: boolean;
}

/** @returns versions that weren't there before */
export const newVersions = ({ before, after }: Pick<Happening, 'before' | 'after'>): VersionRow[] => {
  const known = new Set(before.versions.map(({ registrationId, version }) => `${registrationId}:${version}`));
  return after.versions.filter(({ registrationId, version }) => !known.has(`${registrationId}:${version}`));
};

export function hold(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new Error(message());
}
