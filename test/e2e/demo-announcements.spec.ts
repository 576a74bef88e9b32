import type { AnnouncementPage } from '../../src/announcements/announcement.dto.js';
import { DemoSeed } from '../../src/demo/demo.seed.js';
import { signInStaff } from '../factories/people.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal({ mode: 'demo' });
  await portal.app.get(DemoSeed).fill();
});
afterAll(() => portal.close());

it('what is out in the demo was last changed when it went out, or was corrected', async () => {
  const { client } = await signInStaff(portal, ['editor']);
  const { body } = await client.get<AnnouncementPage>('/announcements?state=published');
  expect(body.items.filter(({ correctedAt }) => correctedAt !== null)).not.toEqual([]);
  expect(body.items.map(({ title, changedAt }) => [title, changedAt])).toEqual(
    body.items.map(({ title, publishedAt, correctedAt }) => [title, correctedAt ?? publishedAt]),
  );
});
