import type { Role } from './permission.js';

/** Who asks, as the request says it. The transaction reads the session row and turns it into an {@link Actor}. */
export interface SessionViewer {
  readonly kind: 'session';
  readonly sessionId: string;
}

/** The portal itself: signing people in, sending mail, seeding. Never made from a request's claims. */
export interface SystemViewer {
  readonly kind: 'system';
  /** What for, in a word; shown in the audit trail. */
  readonly purpose: string;
}

export type Viewer = SessionViewer | SystemViewer;

export const systemViewer = (purpose: string): SystemViewer => ({ kind: 'system', purpose });

/** A clerk who reads a mailbox that is registered today. The name is what the clerk typed, not proved. */
export interface MemberActor {
  readonly kind: 'member';
  readonly sessionId: string;
  readonly registrationId: string;
  readonly mailbox: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface StaffActor {
  readonly kind: 'staff';
  readonly sessionId: string;
  readonly accountId: string;
  readonly mailbox: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Whether a second factor was shown within the last ten minutes. */
  readonly steppedUp: boolean;
}

export interface SystemActor {
  readonly kind: 'system';
  readonly name: string;
}

export type Actor = MemberActor | StaffActor | SystemActor;

/**
 * What a municipality reads of who did something: a clerk by name, staff as the office. Which member of staff it
 * was stands in the trail.
 */
export const publicNameOf = (actor: Actor): string => (actor.kind === 'member' ? actor.name : OFFICE);

export const OFFICE = '事務局';

/** What a request carries after the guard let it pass. */
export interface AccessClaims {
  readonly sid: string;
  readonly roles: readonly string[];
  /** When the token ends, in seconds since 1970. */
  readonly exp: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard on every route that is not public. */
    viewer?: SessionViewer;
  }
}
