import { DomainError } from '../platform/http/domain-error.js';
import {
  assertMayChange,
  isAcknowledged,
  judgeBody,
  judgeComplete,
  judgeTimes,
  nextOrRefuse,
} from './announcement.policy.js';
import type { AnnouncementEvent, AnnouncementState } from './announcement.state.js';

const NOW = new Date('2026-11-22T01:00:00Z');
const BEFORE = new Date('2026-11-22T00:59:59Z');
const SOON = new Date('2026-11-23T00:00:00Z');
const LATER = new Date('2026-11-24T00:00:00Z');
const codeOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
};
const codes = (errors: readonly { pointer: string; code: string }[]): string[] =>
  errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe('what can happen to an announcement', () => {
  it.each<[AnnouncementState, AnnouncementEvent, string]>([
    ['published', 'publish', 'announcement-published'],
    ['published', 'schedule', 'announcement-published'],
    ['archived', 'publish', 'announcement-published'],
    ['draft', 'unschedule', 'announcement-not-scheduled'],
    ['published', 'unschedule', 'announcement-not-scheduled'],
    ['draft', 'archive', 'announcement-not-published'],
    ['archived', 'archive', 'announcement-not-published'],
  ])('from %s not %s: %s', (state, event, code) => {
    expect(codeOf(() => nextOrRefuse(state, event))).toBe(code);
  });

  it('once out, only its end and its place change without a correction', () => {
    expect(codeOf(() => assertMayChange('published', ['pinned', 'expiresAt']))).toBeNull();
    expect(codeOf(() => assertMayChange('published', ['pinned', 'title']))).toBe('announcement-published');
    expect(codeOf(() => assertMayChange('archived', ['pinned']))).toBe('announcement-ended');
    expect(codeOf(() => assertMayChange('scheduled', ['title']))).toBeNull();
  });
});

describe('an announcement that is to go out', () => {
  it('has a summary, a text and somebody to read it', () => {
    const nobody = {
      kind: 'chosen',
      prefectures: [],
      associations: [],
      types: [],
      municipalities: [],
    } as const;
    expect(codes(judgeComplete({ summary: '', body: '', audience: nobody }))).toEqual([
      '/summary required',
      '/body required',
      '/audience required',
    ]);
    expect(judgeComplete({ summary: 'あ', body: 'い', audience: { kind: 'all' } })).toEqual([]);
  });

  it('has times that are to come, and in order', () => {
    expect(codes(judgeTimes({ publishAt: BEFORE, expiresAt: null }, NOW))).toEqual(['/publishAt past']);
    expect(codes(judgeTimes({ publishAt: NOW, expiresAt: null }, NOW))).toEqual(['/publishAt past']);
    expect(codes(judgeTimes({ publishAt: null, expiresAt: BEFORE }, NOW))).toEqual(['/expiresAt past']);
    expect(codes(judgeTimes({ publishAt: LATER, expiresAt: SOON }, NOW))).toEqual(['/expiresAt period']);
    expect(codes(judgeTimes({ publishAt: SOON, expiresAt: SOON }, NOW))).toEqual(['/expiresAt period']);
    expect(judgeTimes({ publishAt: SOON, expiresAt: LATER }, NOW)).toEqual([]);
  });

  it('is refused links and pictures by name', () => {
    expect(codes(judgeBody('[a](javascript:x)'))).toEqual(['/body markdown-link']);
    expect(judgeBody('[a](javascript:x)')[0]?.message).toContain('javascript:x');
    expect(codes(judgeBody('![a](https://b.example/c.png)'))).toEqual(['/body markdown-image']);
    expect(judgeBody('[a](https://b.example)')).toEqual([]);
  });

  it('is refused a text that is all structure, and told what there is too much of', () => {
    const [error] = judgeBody('>'.repeat(20_000));
    expect(error).toMatchObject({ pointer: '/body', code: 'markdown-limit' });
    expect(error?.message).toContain('6段まで');
  });
});

it('an acknowledgement stands until a correction asks anew', () => {
  expect(isAcknowledged(null, { acknowledgeFrom: 1 })).toBe(false);
  expect(isAcknowledged(1, { acknowledgeFrom: 1 })).toBe(true);
  expect(isAcknowledged(1, { acknowledgeFrom: 2 })).toBe(false);
  expect(isAcknowledged(3, { acknowledgeFrom: 2 })).toBe(true);
});
