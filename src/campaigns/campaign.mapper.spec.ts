import { standardOpenings } from './campaign.mapper.js';
import { isList, STEP_TEMPLATES } from './ladder.js';

it('tells how each kind of mail begins, and of nothing that isn’t mailed', () => {
  const openings = standardOpenings();
  expect(openings.map(({ template }) => template)).toEqual(STEP_TEMPLATES.filter((one) => !isList(one)));
  for (const { text } of openings) expect(text).toMatch(/[。）]$/);
});
