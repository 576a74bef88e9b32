import { v7 as uuidv7 } from 'uuid';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { signInStaff } from '../factories/people.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.close());

it('what falls due and fails holds up nothing else, is tried again, and somebody is told once', async () => {
  const jobs = portal.app.get(Jobs);
  const [broken, whole] = [uuidv7(), uuidv7()];
  const tried: string[] = [];
  jobs.register({ name: 'broken-altogether', run: () => Promise.reject(new Error('no list today')) });
  jobs.registerEach({
    name: 'half-broken',
    list: () => Promise.resolve([broken, whole]),
    work: (tx, id) => {
      tried.push(id);
      return id === broken ? tx.execute('SELECT 1 / 0').then(() => undefined) : Promise.resolve();
    },
  });
  await jobs.runDue();
  await jobs.runDue();
  expect(tried).toEqual([broken, whole, broken, whole]);
  const admin = await signInStaff(portal, ['admin']);
  const { body } = await admin.client.get<TaskPage>('/tasks');
  expect(body.items.map(({ kind, subjectId, title, byHand }) => [kind, subjectId, title, byHand])).toEqual([
    ['jobs.failed', broken, 'half-broken', true],
  ]);
  expect((await admin.client.post(`/tasks/${body.items[0]?.id}/done`)).status).toBe(200);
  expect((await admin.client.get<TaskPage>('/tasks')).body.total).toBe(0);
});
