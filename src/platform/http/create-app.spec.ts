import * as fc from 'fast-check';
import { isDeeperThan, namesInherited } from './create-app.js';

/** Lists within lists, `depth` of them. */
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('isDeeperThan', () => {
  it.each([
    [1, 0, false],
    ['text', 0, false],
    [null, 0, false],
    [undefined, 0, false],
    [{}, 0, true],
    [{}, 1, false],
    [[], 1, false],
    [{ a: [] }, 1, true],
    [{ a: [] }, 2, false],
    [{ a: 1, b: { c: [{}] } }, 3, true],
    [{ a: 1, b: { c: [{}] } }, 4, false],
  ])('%j, %d: %s', (value, limit, deeper) => {
    expect(isDeeperThan(value, limit)).toBe(deeper);
  });

  it('counts levels', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (depth, limit) => {
        expect(isDeeperThan(nested(depth), limit)).toBe(depth > limit);
      }),
    );
  });

  it('stops at the limit, however deep the rest is', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;
    expect(isDeeperThan(deep, 12)).toBe(true);
  });
});

describe('namesInherited', () => {
  it.each([
    ['{"a": {"constructor": 1}}', true],
    ['{"a": [{"__proto__": {}}]}', true],
    ['{"prototype": null}', true],
    ['[{"toString": 1}]', true],
    ['{"hasOwnProperty": true}', true],
    ['{"name": "constructor", "proto": {"constructors": []}}', false],
    ['"prototype"', false],
    ['null', false],
  ])('%s: %s', (json, named) => {
    expect(namesInherited(JSON.parse(json))).toBe(named);
  });
});
