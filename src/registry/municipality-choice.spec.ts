import { choosesNobody } from './municipality-choice.js';

const nothing = {
  kind: 'chosen',
  prefectures: [],
  associations: [],
  types: [],
  municipalities: [],
} as const;

it('is nobody only where nothing is chosen, of what a room adds either', () => {
  const more = { ...nothing, freshness: ['stale'] };
  expect(choosesNobody({ kind: 'all' })).toBe(false);
  expect(choosesNobody(nothing)).toBe(true);
  expect(choosesNobody({ ...nothing, prefectures: ['010006'] })).toBe(false);
  expect(choosesNobody({ ...nothing, associations: ['hokkaido-towns'] })).toBe(false);
  expect(choosesNobody({ ...nothing, types: ['village'] })).toBe(false);
  expect(choosesNobody({ ...nothing, municipalities: ['016314'] })).toBe(false);
  expect(choosesNobody(more)).toBe(false);
});
