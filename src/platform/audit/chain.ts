import { createHash } from 'node:crypto';

/** The end of a chain, or of a part of it. */
export interface Head {
  /** 0 before the first link. */
  readonly seq: number;
  /** 32 bytes. */
  readonly hash: Buffer;
}

/** What the first link follows. */
export const GENESIS: Head = { seq: 0, hash: Buffer.alloc(32) };

/** @param text an event as {@link EVENT_TEXT} gives it @returns 32 bytes */
export const linkHash = (previousHash: Buffer, text: string): Buffer =>
  createHash('sha256').update(previousHash).update(text, 'utf8').digest();

/**
 * An event `e` as one text, made by PostgreSQL and the same for ever: jsonb sorts the members of `details`, and the
 * time is a number of microseconds, so that no setting of a session changes it. What is sealed must not be computed
 * in another way later: a new column of the event would need a second form beside this one.
 */
export const EVENT_TEXT = `jsonb_build_array(
  e.id, (extract(epoch FROM e.occurred_at) * 1000000)::bigint, e.type, e.actor_kind, e.actor_account_id, e.session_id,
  e.subject_type, e.subject_id, e.registration_id, e.details, encode(e.personal_digest, 'hex'))::text`;

const HEAD = /^([1-9]\d{0,14}):([0-9a-f]{64})$/;

/** @param typed `1234:` and 64 hexadecimal digits, with blanks wherever they help reading @returns null for anything else */
export function parseHead(typed: string): Head | null {
  const [, seq, hash] = HEAD.exec(typed.replaceAll(/[\s\u3000]/g, '').toLowerCase()) ?? [];
  return seq === undefined || hash === undefined
    ? null
    : { seq: Number(seq), hash: Buffer.from(hash, 'hex') };
}

/** @returns eight groups of eight hexadecimal digits, which a person can compare */
export const hashGroups = (hash: Buffer): string[] => hash.toString('hex').match(/.{1,8}/g) ?? [];
