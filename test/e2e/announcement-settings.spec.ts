import type { AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import type { AnnouncementSettingsResponse } from '../../src/announcements/announcement-settings.dto.js';
import { categoryId, draft, picked, publish } from '../factories/announcements.js';
import { newRegistration } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import type { Answer, Problem } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let editor: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  editor = await signInStaff(portal, ['editor'], '笹原 涼香');
});
afterAll(() => portal.close());

type Settings = AnnouncementSettingsResponse;
const read = (who: SignedIn): Promise<Answer<Settings>> => who.client.get('/announcement-settings');
const put = (
  who: SignedIn,
  settings: Settings,
  change: Record<string, unknown> = {},
): Promise<Answer<Settings & Partial<Problem>>> => {
  const { version, categories, attachmentMaxBytes, attachmentMaxCount, digestHour } = settings;
  const body = { categories, attachmentMaxBytes, attachmentMaxCount, digestHour, ...change };
  return who.client.put('/announcement-settings', { ifMatch: version, body });
};
const namesOf = ({ body }: Answer<Settings>): string[] => body.categories.map(({ name }) => name);

describe('the settings of announcements', () => {
  it('come with the categories of the project, and 20 MB and ten files for each', async () => {
    const { clerk } = await newRegistration(portal);
    const first = await read(clerk);
    expect(namesOf(first)).toEqual([
      'お知らせ',
      'イベント',
      '講演会',
      '連携協定',
      '被災地支援',
      '登録について',
    ]);
    expect(first.body).toMatchObject({
      attachmentMaxBytes: 20 * 1024 * 1024,
      attachmentMaxCount: 10,
      digestHour: 8,
      changedByName: null,
    });
  });

  it('are changed by editors alone, one at a time', async () => {
    const { clerk } = await newRegistration(portal);
    const { body } = await read(editor);
    for (const roles of [['reviewer'], ['admin']] as const) {
      expect((await put(await signInStaff(portal, roles), body)).status).toBe(403);
    }
    expect((await put(clerk, body)).status).toBe(403);
    const answers = await Promise.all([8, 9, 10].map((digestHour) => put(editor, body, { digestHour })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
    expect((await read(editor)).body.changedByName).toBe('笹原 涼香');
    expect((await read(clerk)).body.changedByName).toBeNull();
  });

  it('take new categories, other names and another order, and two that change names', async () => {
    const { body } = await read(editor);
    const [first, second, ...others] = body.categories;
    const categories = [
      { id: second?.id, name: first?.name },
      { id: first?.id, name: second?.name },
      { name: '視察・研修' },
      ...others,
    ];
    const answer = await put(editor, body, { categories });
    expect(namesOf(answer)).toEqual(categories.map(({ name }) => name));
    expect(answer.body.categories[0]?.id).toBe(second?.id);
  });

  it('retire a category that is left out: what has it keeps it, and nothing new gets it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const old = await categoryId(editor, '連携協定');
    const out = await publish(editor, { categoryId: old, audience: picked(registration.code) });
    const { body } = await read(editor);
    const categories = body.categories.filter(({ id }) => id !== old);
    expect((await put(editor, body, { categories })).status).toBe(200);
    const seen = await clerk.client.get<AnnouncementResponse>(`/announcements/${out.id}`);
    expect(seen.body.category).toEqual({ id: old, name: '連携協定' });
    const written = await draft(editor, { categoryId: await categoryId(editor, 'お知らせ') });
    const { status } = await editor.client.patch(`/announcements/${written.id}`, {
      ifMatch: written.version,
      body: { categoryId: old },
    });
    expect(status).toBe(422);
    // Whoever may see one that has it can look for it.
    const stranger = await newRegistration(portal);
    const told = await Promise.all([editor, clerk, stranger.clerk].map(read));
    expect(told.map(({ body: { retiredCategories } }) => retiredCategories)).toEqual([
      [{ id: old, name: '連携協定' }],
      [{ id: old, name: '連携協定' }],
      [],
    ]);
    // One of the same name may come again.
    const again = [...categories, { name: '連携協定' }];
    expect((await put(editor, (await read(editor)).body, { categories: again })).status).toBe(200);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ categories: [] }, '/categories too-few'],
    [{ categories: [{ name: '' }] }, '/categories/0/name required'],
    [{ categories: [{ name: 'あ' }, { name: 'あ' }] }, '/categories/1/name duplicate'],
    [
      { categories: [{ id: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4dff', name: 'あ' }] },
      '/categories/0/id not-allowed',
    ],
    [{ categories: [{ name: 'あ'.repeat(31) }] }, '/categories/0/name too-long'],
    [{ categories: [{ name: 'a\u0000' }] }, '/categories/0/name control-character'],
    [{ attachmentMaxBytes: 50 * 1024 * 1024 + 1 }, '/attachmentMaxBytes out-of-range'],
    [{ attachmentMaxBytes: '20' }, '/attachmentMaxBytes type'],
    [{ attachmentMaxCount: -1 }, '/attachmentMaxCount out-of-range'],
    [{ digestHour: 24 }, '/digestHour out-of-range'],
    [{ digestHour: 8.5 }, '/digestHour type'],
    [{ more: 1 }, '/more unknown-field'],
  ])('refuse %j', async (change, flaw) => {
    const { body } = await read(editor);
    const answer = await put(editor, body, change);
    expect([
      answer.status,
      ...(answer.body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
    ]).toEqual([422, flaw]);
    expect((await read(editor)).body.version).toBe(body.version);
  });
});
