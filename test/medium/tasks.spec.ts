import type { TaskPage, TaskResponse } from '../../src/platform/tasks/task.dto.js';
import { declaredTasks } from '../../src/platform/tasks/task-kind.js';
import { newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { Client } from '../setup/client.js';
import { mailedCode } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

const tasksAbout = async (subjectId: string, who = reviewer): Promise<TaskResponse[]> =>
  (await who.client.get<TaskPage>('/tasks?limit=500')).body.items.filter(
    (task) => task.subjectId === subjectId,
  );

describe('the list of what waits for a person', () => {
  it('has a change request from when it can be looked at until it is decided', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `new@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    expect(await tasksAbout(sent.body.id)).toEqual([]);
    const code = await mailedCode(portal, 'change-request.verify-address', email);
    await new Client(portal).post(`/verifications/${sent.body.verifications[0]?.id}`, { body: { code } });
    expect(await tasksAbout(sent.body.id)).toMatchObject([
      {
        kind: 'change-request.review',
        label: '変更届の内容確認',
        title: `${sent.body.municipality}　変更届 ${sent.body.number}`,
        weight: 2,
        ageDays: 0,
        ownerName: null,
        byHand: false,
      },
    ]);
    await reviewer.client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 2 });
    expect(await tasksAbout(sent.body.id)).toEqual([]);
  });

  it('loses what a clerk takes back', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    expect(await tasksAbout(sent.body.id)).toHaveLength(1);
    await clerk.client.post(`/change-requests/${sent.body.id}/withdraw`, { ifMatch: 1 });
    expect(await tasksAbout(sent.body.id)).toEqual([]);
  });

  it('is taken on, given back, and done only by what happens', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const [task] = await tasksAbout(sent.body.id);
    const path = `/tasks/${task?.id}`;
    const taken = await reviewer.client.post<TaskResponse>(`${path}/take`);
    expect(taken.body.ownerName).toBe('中邨 彩葉');
    const mine = await reviewer.client.get<TaskPage>('/tasks?mine=true');
    expect(mine.body.items.map(({ id }) => id)).toEqual([task?.id]);
    const other = await signInStaff(portal, ['reviewer'], '藤澤 理久');
    expect((await other.client.get<TaskPage>('/tasks?mine=true')).body.total).toBe(0);
    expect((await other.client.post<TaskResponse>(`${path}/take`)).body.ownerName).toBe('藤澤 理久');
    expect((await reviewer.client.post<TaskResponse>(`${path}/release`)).body.ownerName).toBeNull();
    const done = await reviewer.client.post(`${path}/done`);
    expect([done.status, done.body.code]).toEqual([409, 'task-closes-itself']);
  });

  it('is for the office, and shows each what their roles can do', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const sent = await submit(clerk, registration, withPhone(registration.document));
    const editor = await signInStaff(portal, ['editor']);
    expect(await tasksAbout(sent.body.id, editor)).toEqual([]);
    const [task] = await tasksAbout(sent.body.id);
    expect((await editor.client.post(`/tasks/${task?.id}/take`)).status).toBe(404);
    const member = await signInMember(portal, registration);
    expect((await member.client.get('/tasks')).status).toBe(403);
  });

  it('pages to its end, the most pressing first', async () => {
    const seen: TaskResponse[] = [];
    let cursor = '';
    do {
      const { body } = await reviewer.client.get<TaskPage>(`/tasks?limit=1${cursor}`);
      seen.push(...body.items);
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      expect(body.total).toBeGreaterThan(1);
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const order = seen.map(({ weight, openedAt }) => `${9 - weight}${String(openedAt)}`);
    expect(order).toEqual(order.toSorted());
  });
});

it('every kind of task is declared with words for a person', () => {
  expect(declaredTasks().size).toBeGreaterThan(1);
  for (const { kind, label } of declaredTasks().values()) {
    expect([kind, label]).toEqual([
      expect.stringMatching(/^[a-z-]+\.[a-z-]+$/),
      expect.stringMatching(/\S/u),
    ]);
  }
});
