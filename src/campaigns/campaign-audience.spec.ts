import { isNobody } from './campaign-audience.js';

const nothing = {
  kind: 'chosen',
  prefectures: [],
  associations: [],
  types: [],
  freshness: [],
  municipalities: [],
} as const;

it('is nobody only where nothing is chosen', () => {
  expect(isNobody({ kind: 'all' })).toBe(false);
  expect(isNobody(nothing)).toBe(true);
  expect(isNobody({ ...nothing, prefectures: ['010006'] })).toBe(false);
  expect(isNobody({ ...nothing, associations: ['hokkaido-towns'] })).toBe(false);
  expect(isNobody({ ...nothing, types: ['village'] })).toBe(false);
  expect(isNobody({ ...nothing, freshness: ['stale'] })).toBe(false);
  expect(isNobody({ ...nothing, municipalities: ['016314'] })).toBe(false);
});
