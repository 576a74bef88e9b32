import { DemoSeed } from '../../src/demo/demo.seed.js';
import type { FreshnessCourseResponse, FreshnessSummaryResponse } from '../../src/freshness/freshness.dto.js';
import { runJobs } from '../factories/clock.js';
import { type SignedIn, signInStaff } from '../factories/people.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let staff: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal({ mode: 'demo' });
  await portal.app.get(DemoSeed).fill();
  await runJobs(portal);
  staff = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

const course = async (query: string): Promise<FreshnessCourseResponse> =>
  (await staff.client.get<FreshnessCourseResponse>(`/freshness/course?${query}`)).body;

it('the demo has a course of a year, without a day missing, that leads up to what is there today', async () => {
  const summary = (await staff.client.get<FreshnessSummaryResponse>('/freshness/summary')).body;
  const year = await course('');
  expect(year.points).toHaveLength(53);
  expect(year.missedDays).toBe(0);
  expect(year.points.at(-1)).toMatchObject(summary.registrations);
  // No leap on the last day: yesterday was made up, today is counted.
  const [yesterday, today] = (await course(`from=${year.points.at(-2)?.on}`)).points.slice(-2);
  expect(Math.abs((today?.fresh ?? 0) - (yesterday?.fresh ?? 0))).toBeLessThan(25);
  expect(yesterday?.total).toBe(372);
});

it.each(['prefecture=010006', 'association=nara-choson', 'field=contact.email'])(
  'so it has of %s',
  async (query) => {
    const { points } = await course(query);
    expect(points).toHaveLength(53);
    expect(new Set(points.map(({ total }) => total)).size).toBe(1);
    expect(new Set(points.map(({ fresh }) => fresh)).size).toBeGreaterThan(5);
  },
);
