import { findFlaw } from '../announcements/markdown.js';
import { DEMO_ANNOUNCEMENTS } from './demo-announcements.js';

it.each(DEMO_ANNOUNCEMENTS.map(({ title, body }) => [title, body]))(
  'the demo writes what the portal would take: %s',
  (_title, body) => expect(findFlaw(body)).toBeNull(),
);
