import { type FieldError, DomainError } from '../platform/http/domain-error.js';
import { choosesNobody } from '../registry/municipality-choice.js';
import { findFlaw, flawMessage } from './markdown.js';
import type { Audience } from './audience.js';
import { type AnnouncementEvent, type AnnouncementState, nextState } from './announcement.state.js';

/** What has to be there before anybody reads it. */
interface Publishable {
  readonly summary: string;
  readonly body: string;
  readonly audience: Audience;
}

interface Times {
  readonly publishAt: Date | null;
  readonly expiresAt: Date | null;
}

/** Fields of one that is out which may change without a correction: they say nothing to anybody. */
const FREE_WHEN_OUT: ReadonlySet<string> = new Set(['pinned', 'expiresAt']);

/** @throws DomainError `announcement-ended`, `announcement-published`, `announcement-not-scheduled` or `announcement-not-published` */
export function nextOrRefuse(state: AnnouncementState, event: AnnouncementEvent): AnnouncementState {
  const next = nextState(state, event);
  if (next !== null) return next;
  if (event === 'unschedule') throw new DomainError('announcement-not-scheduled');
  if (event === 'archive' || event === 'expire') throw new DomainError('announcement-not-published');
  throw new DomainError('announcement-published');
}

/** @throws DomainError where these fields can't be changed in this state */
export function assertMayChange(state: AnnouncementState, fields: readonly string[]): void {
  if (state === 'archived') throw new DomainError('announcement-ended');
  if (state === 'published' && fields.some((field) => !FREE_WHEN_OUT.has(field))) {
    throw new DomainError('announcement-published');
  }
}

/**
 * Whether members see it. Between its end and the moment when it is archived, they don't any more.
 *
 * @throws DomainError `announcement-ended`, `announcement-not-published`
 */
export function assertOut(
  { state, expiresAt }: { readonly state: AnnouncementState; readonly expiresAt: Date | null },
  now: Date,
): void {
  const ended = state === 'archived' || (state === 'published' && expiresAt !== null && expiresAt <= now);
  if (ended) throw new DomainError('announcement-ended');
  if (state !== 'published') throw new DomainError('announcement-not-published');
}

/** Only what is out, or is going to be, has to be complete. */
export const mustBeComplete = (state: AnnouncementState): boolean => state !== 'draft';

/** @returns what is wrong with a text's structure, links and pictures; none for a text without */
export function judgeBody(body: string): FieldError[] {
  const flaw = findFlaw(body);
  return flaw === null
    ? []
    : [{ pointer: '/body', code: `markdown-${flaw.kind}`, message: flawMessage(flaw) }];
}

/** @returns what is still missing before it can go out */
export function judgeComplete({ summary, body, audience }: Publishable): FieldError[] {
  const required = 'required';
  return [
    ...(summary === '' ? [{ pointer: '/summary', code: required, message: '要約を入力してください。' }] : []),
    ...(body === '' ? [{ pointer: '/body', code: required, message: '本文を入力してください。' }] : []),
    ...(choosesNobody(audience)
      ? [{ pointer: '/audience', code: required, message: '対象の自治体を選んでください。' }]
      : []),
  ];
}

/** @returns what is wrong with when it goes out and ends */
export function judgeTimes({ publishAt, expiresAt }: Times, now: Date): FieldError[] {
  const errors: FieldError[] = [];
  if (publishAt !== null && publishAt <= now) {
    errors.push({
      pointer: '/publishAt',
      code: 'past',
      message: '公開の日時は、いまよりあとにしてください。',
    });
  }
  if (expiresAt !== null && expiresAt <= now) {
    errors.push({
      pointer: '/expiresAt',
      code: 'past',
      message: '掲載の終わりは、いまよりあとにしてください。',
    });
  } else if (expiresAt !== null && publishAt !== null && expiresAt <= publishAt) {
    errors.push({
      pointer: '/expiresAt',
      code: 'period',
      message: '掲載の終わりは、公開の日時よりあとにしてください。',
    });
  }
  return errors;
}

/** @throws DomainError `invalid` where there are any */
export function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new DomainError('invalid', { errors });
}

/** Whether an acknowledgement of a revision still stands. */
export const isAcknowledged = (
  acknowledgedRevision: number | null,
  { acknowledgeFrom }: { readonly acknowledgeFrom: number },
): boolean => acknowledgedRevision !== null && acknowledgedRevision >= acknowledgeFrom;
