import * as fc from 'fast-check';
import { joinVerdict, splitVerdict } from './verdict.js';

it('a code and a message come back as they went in', () => {
  const code = fc.stringMatching(/^[a-z-]+$/);
  fc.assert(
    fc.property(code, fc.string(), (code, message) => {
      expect(splitVerdict(joinVerdict({ code, message }))).toEqual({ code, message });
    }),
  );
});

it('a text of class-validator itself is no verdict', () => {
  expect(splitVerdict('limit must be an integer number')).toBeNull();
});
