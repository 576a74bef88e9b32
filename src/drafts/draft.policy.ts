import type { Actor, MemberActor } from '../platform/access/viewer.js';
import { DomainError, type FieldError } from '../platform/http/domain-error.js';
import { escapePointer } from '../platform/http/validation.js';

/** Bytes of UTF-8, as JSON. */
export const MAX_CONTENT_BYTES = 64 * 1024;
/** The content itself is the first level. */
export const MAX_CONTENT_LEVELS = 10;

export const isClerkOf = (actor: Actor, registrationId: string): actor is MemberActor =>
  actor.kind === 'member' && actor.registrationId === registrationId;

/**
 * A form half filled in may hold anything but what the database can't.
 *
 * @throws DomainError `too-large` (413), or `invalid` (422) with the first thing that is wrong
 */
export function assertCanBeKept(content: Readonly<Record<string, unknown>>): void {
  if (Buffer.byteLength(JSON.stringify(content)) > MAX_CONTENT_BYTES) throw new DomainError('too-large');
  const flaw = flawOf(content, '/content', MAX_CONTENT_LEVELS);
  if (flaw) throw new DomainError('invalid', { errors: [flaw] });
}

function flawOf(value: unknown, pointer: string, levels: number): FieldError | null {
  if (typeof value === 'string') return flawOfText(value, pointer);
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return { pointer, code: 'too-deep', message: '入れ子が深すぎます。' };
  for (const [name, member] of Object.entries(value)) {
    // A name that can't be kept can't be pointed at either.
    const flaw = flawOfText(name, pointer) ?? flawOf(member, `${pointer}/${escapePointer(name)}`, levels - 1);
    if (flaw) return flaw;
  }
  return null;
}

/** PostgreSQL holds neither half a character nor NUL. */
function flawOfText(text: string, pointer: string): FieldError | null {
  if (!text.isWellFormed())
    return { pointer, code: 'not-well-formed', message: '読み取れない文字が含まれています。' };
  if (text.includes('\0'))
    return { pointer, code: 'control-character', message: '使えない文字が含まれています。' };
  return null;
}
