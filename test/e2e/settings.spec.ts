import { addDays } from '../../src/platform/calendar/business-calendar.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { SettingsResponse } from '../../src/settings/settings.dto.js';
import { OfficeSettingsService } from '../../src/settings/settings.service.js';
import { newRegistration } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { rowsOf } from '../factories/trail.js';
import type { Answer, Problem } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let admin: SignedIn;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await signInStaff(portal, ['admin'], '堀越 直央');
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

const read = (who: SignedIn): Promise<Answer<SettingsResponse>> => who.client.get('/settings');
const put = (
  who: SignedIn,
  body: unknown,
  ifMatch?: number,
): Promise<Answer<SettingsResponse & Partial<Problem>>> =>
  who.client.put('/settings', { body, ...(ifMatch !== undefined && { ifMatch }) });

const SET = {
  returnReasons: ['部署名が略称のようです。\n正式な名称をお知らせください。'],
  refusalReasons: [],
  reviewBusinessDays: 5,
  freshMonths: 18,
  closedDays: [
    { date: '2027-05-06', note: '事務所の移転' },
    { date: '2027-08-13', note: null },
  ],
};

/** So many days, each a week after the one before. */
const days = (count: number): { date: string }[] =>
  Array.from({ length: count }, (_, index) => ({ date: addDays('2027-01-06', index * 7) }));

describe('the settings', () => {
  it('come with texts to begin from, for all of the staff and no member', async () => {
    const { clerk } = await newRegistration(portal);
    const first = await read(reviewer);
    expect(first.etag).toBe('"1"');
    expect(first.body).toMatchObject({ version: 1, reviewBusinessDays: 3, changedByName: null });
    expect(first.body).toMatchObject({ freshMonths: 12, closedDays: [] });
    expect(first.body.returnReasons).toContain('部署名が略称のようです。正式な名称をお知らせください。');
    expect(first.body.refusalReasons).toContain('所在地は、日本郵便の表記のままとします。');
    expect((await read(await signInStaff(portal, ['editor']))).status).toBe(200);
    expect((await read(clerk)).status).toBe(403);
  });

  it('are set by an admin who saw them, with what they were before in the trail', async () => {
    const before = (await read(admin)).body;
    expect((await put(reviewer, SET, before.version)).status).toBe(403);
    expect((await put(admin, SET)).status).toBe(428);
    expect((await put(admin, SET, before.version + 1)).status).toBe(412);
    const set = await put(admin, SET, before.version);
    expect(set.body).toMatchObject({ ...SET, version: before.version + 1, changedByName: '堀越 直央' });
    expect(set.etag).toBe(`"${before.version + 1}"`);
    expect((await read(reviewer)).body).toMatchObject(SET);
    const [event] = await rowsOf<{ details: object }>(
      portal,
      `SELECT details FROM audit_event WHERE type = 'settings.changed' ORDER BY id DESC LIMIT 1`,
    );
    const { returnReasons, refusalReasons, reviewBusinessDays, freshMonths, closedDays } = before;
    expect(event?.details).toMatchObject({
      before: { returnReasons, refusalReasons, reviewBusinessDays, freshMonths, closedDays },
      after: SET,
    });
    const { registration, clerk } = await newRegistration(portal);
    const shown = await clerk.client.post<{ reviewBusinessDays: number }>(
      `/registrations/${registration.id}/change-requests/preview`,
      { body: { proposed: { ...registration.document, mainPhone: '0155-00-9999' } } },
    );
    expect(shown.body.reviewBusinessDays).toBe(5);
  });

  it('are set by one at a time', async () => {
    const { version } = (await read(admin)).body;
    const answers = await Promise.all(Array.from({ length: 6 }, () => put(admin, SET, version)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 412, 412, 412, 412, 412,
    ]);
  });

  it.each([
    [{ reviewBusinessDays: 0 }, '/reviewBusinessDays out-of-range'],
    [{ reviewBusinessDays: 21 }, '/reviewBusinessDays out-of-range'],
    [{ reviewBusinessDays: 1.5 }, '/reviewBusinessDays type'],
    [{ reviewBusinessDays: '3' }, '/reviewBusinessDays type'],
    [{ reviewBusinessDays: null }, '/reviewBusinessDays type'],
    [{ returnReasons: 'x' }, '/returnReasons type'],
    [{ returnReasons: null }, '/returnReasons type'],
    [{ returnReasons: [''] }, '/returnReasons required'],
    [{ returnReasons: ['　 '] }, '/returnReasons required'],
    [{ returnReasons: [1] }, '/returnReasons type'],
    [{ returnReasons: [null] }, '/returnReasons required'],
    [{ returnReasons: [['x']] }, '/returnReasons type'],
    [{ returnReasons: ['同じです。', ' 同じです。'] }, '/returnReasons duplicate'],
    [{ returnReasons: ['あ'.repeat(501)] }, '/returnReasons too-long'],
    [{ refusalReasons: ['\u0000'] }, '/refusalReasons control-character'],
    [{ refusalReasons: ['\ud800'] }, '/refusalReasons not-well-formed'],
    [{ refusalReasons: Array.from({ length: 31 }, (_, n) => `文例${n}`) }, '/refusalReasons too-many'],
    [{ freshMonths: 0 }, '/freshMonths out-of-range'],
    [{ freshMonths: 37 }, '/freshMonths out-of-range'],
    [{ freshMonths: '12' }, '/freshMonths type'],
    [{ freshMonths: undefined }, '/freshMonths type'],
    [{ closedDays: undefined }, '/closedDays required'],
    [{ closedDays: ['2027-05-06'] }, '/closedDays type'],
    [{ closedDays: [{ date: '2027-02-29' }] }, '/closedDays/0/date date'],
    [{ closedDays: [{ date: '' }] }, '/closedDays/0/date required'],
    [{ closedDays: [{ note: 'x' }] }, '/closedDays/0/date required'],
    [{ closedDays: [{ date: 20270506 }] }, '/closedDays/0/date type'],
    [{ closedDays: [{ date: '2027-05-06', note: 'あ'.repeat(61) }] }, '/closedDays/0/note too-long'],
    [{ closedDays: [{ date: '2027-05-06', why: 'x' }] }, '/closedDays/0/why unknown-field'],
    [
      { closedDays: [{ date: '2027-05-06' }, { date: '2027-05-06', note: 'x' }] },
      '/closedDays/1/date duplicate',
    ],
    [{ closedDays: days(101) }, '/closedDays too-many'],
    [{ more: 1 }, '/more unknown-field'],
  ])('refuse %j', async (change, flaw) => {
    const { version } = (await read(admin)).body;
    const answer = await put(admin, { ...SET, ...change }, version);
    expect([
      answer.status,
      ...(answer.body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
    ]).toEqual([422, flaw]);
    expect((await read(admin)).body.version).toBe(version);
  });

  it('keep closed days earliest first, and give other rooms the working days without them', async () => {
    const { version } = (await read(admin)).body;
    const closedDays = [{ date: '2027-08-13', note: '　夏の休業　' }, { date: '2027-05-06' }];
    const set = await put(admin, { ...SET, closedDays }, version);
    expect(set.body.closedDays).toEqual([
      { date: '2027-05-06', note: null },
      { date: '2027-08-13', note: '夏の休業' },
    ]);
    const calendar = await portal.app
      .get(Database)
      .asSystem('test', (tx) => portal.app.get(OfficeSettingsService).calendar(tx));
    // 2 May is a Sunday, the next three days are 祝日, and on the 6th the office moves.
    expect(calendar.add('2027-04-30', 1)).toBe('2027-05-07');
    expect(calendar.isBusinessDay('2027-08-13')).toBe(false);
    expect(calendar.isBusinessDay('2027-08-12')).toBe(true);
  });

  it('take as many and as long ones as they say', async () => {
    const { version } = (await read(admin)).body;
    const returnReasons = Array.from({ length: 30 }, (_, n) => `${n}`.padStart(500, 'あ'));
    const closedDays = days(100).map((day) => ({ ...day, note: '休'.repeat(60) }));
    expect((await put(admin, { ...SET, returnReasons, closedDays }, version)).status).toBe(200);
  });
});
