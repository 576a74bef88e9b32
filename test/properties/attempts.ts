import type { ProblemCode } from '../../src/platform/http/problem-catalogue.js';
import type { Place } from './operations.js';
import type { RegistrationRow, Snapshot } from './snapshot.js';
import type { Person } from './stage.js';
import { isAlive } from './view.js';

/**
 * By which codes an attempt may be refused: `true`, it has to be refused, and this is one of the reasons; `false`,
 * never for this reason, unless something else happens at the same time; `maybe`, it depends on what isn't modelled.
 */
export type Refusals = Partial<Record<ProblemCode, boolean | 'maybe'>>;

/** Something that somebody is about to do. */
export interface Attempt {
  readonly what: string;
  /** Whose registration it is about; null: nobody's, or everybody's. */
  readonly place: Place | null;
  readonly act: () => Promise<unknown>;
  readonly refusals: Refusals;
  /** Parts of the database that even a refused attempt may change. */
  readonly counted?: readonly (keyof Snapshot)[];
}

/** Why anybody who is signed in may be refused. */
export const refusalsOf = (snapshot: Snapshot, person: Person, ...roles: Person['role'][]): Refusals => ({
  'session-ended': !isAlive(snapshot, person),
  forbidden: !roles.includes(person.role),
});

/** Why somebody may be refused who does something with a registration. */
export const refusalsAt = (
  person: Person,
  place: Place,
  registration: RegistrationRow,
  stale: boolean,
): Refusals => ({
  'not-found': person.place !== null && person.place !== place,
  'registration-withdrawn': registration.status === 'withdrawn',
  'stale-version': stale,
});
