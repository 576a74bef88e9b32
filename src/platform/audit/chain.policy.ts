import { type Head, linkHash } from './chain.js';

/** A seal with what it is about, as the database has it now. */
export interface Link extends Head {
  readonly previousHash: Buffer;
  readonly eventId: string;
  /** null: there is no such event. */
  readonly event: {
    /** ISO 8601 in UTC, to the microsecond. */
    readonly occurredAt: string;
    readonly type: string;
    readonly text: string;
    readonly personalDigest: Buffer | null;
  } | null;
  /** null: there is no row of personal values. */
  readonly personal: {
    /** What the digest of its values is now; null once they are erased. */
    readonly digest: Buffer | null;
    /** Whether the trail has an event of the moment at which they were erased. */
    readonly erasureIsOnRecord: boolean;
  } | null;
}

/** The first place where the trail isn't what was sealed. */
export interface BrokenLink {
  /** null where it isn't about one link. */
  readonly seq: number | null;
  readonly eventId: string | null;
  readonly occurredAt: string | null;
  readonly type: string | null;
  /** What is wrong, in words. */
  readonly fault: string;
}

/** @returns what is wrong with a link, given the one before it, or null */
export function faultOf(before: Head, link: Link): string | null {
  if (link.seq !== before.seq + 1) return `the seal ${missing(before.seq, link.seq)} missing before it`;
  if (!link.previousHash.equals(before.hash)) {
    return 'its predecessor is not the seal before it: one of the two was altered';
  }
  if (link.event === null) return 'the event is missing';
  if (!linkHash(link.previousHash, link.event.text).equals(link.hash)) {
    return 'the event or its seal was altered: it is not what was sealed';
  }
  return personalFaultOf(link.event.personalDigest, link.personal);
}

function personalFaultOf(sealed: Buffer | null, personal: Link['personal']): string | null {
  if (sealed === null) return personal === null ? null : 'personal values were added to it';
  if (personal === null) return 'its personal values are missing without having been erased';
  if (personal.digest === null) {
    return personal.erasureIsOnRecord
      ? null
      : 'its personal values were erased, and the trail does not say by whom';
  }
  return personal.digest.equals(sealed)
    ? null
    : 'its personal values were altered: they are not what was sealed';
}

const missing = (before: number, after: number): string =>
  after - before === 2 ? `${before + 1} is` : `${before + 1} and others up to ${after - 1} are`;

/** @param link null when the chain ends before it @returns what is wrong with a head that went out, or null */
export function headFaultOf(told: Head, link: Head | null, from: string): string | null {
  if (link === null)
    return `the chain ends before it, yet ${from} has the seal ${told.seq}: later events were removed`;
  return link.hash.equals(told.hash) ? null : `${from} has another hash for it: the chain was written anew`;
}

/** One sentence for whoever checks. */
export function inWords({ seq, eventId, occurredAt, type, fault }: BrokenLink): string {
  const event = eventId && `event ${[eventId, type, occurredAt].filter(Boolean).join(', ')}`;
  const where = [seq === null ? null : `seal ${seq}`, event].filter(Boolean).join(', ');
  return `The chain is broken at ${where}: ${fault}.`;
}
