import type { AnnouncementPage, AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import type { AudienceCountResponse } from '../../src/announcements/audience.dto.js';
import type { ReachPage } from '../../src/announcements/reach.dto.js';
import { ALL, categoryId, correctionOf, draft, picked, publish } from '../factories/announcements.js';
import { proposalOf } from '../factories/applications.js';
import { runJobs } from '../factories/clock.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** 北海道音更町, 高知県檮原町, 奈良県十津川村 (of 奈良県町村会) and 群馬県高崎市 (of 群馬県市長会). */
let portal: TestPortal;
let registrations: Record<keyof typeof CODES, TestRegistration>;
let editor: SignedIn;
let reviewer: SignedIn;
let otofuke: SignedIn;
let totsukawa: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  const created = await Promise.all(
    Object.entries(CODES).map(async ([name, code]) => [name, await createRegistration(portal, code)]),
  );
  registrations = Object.fromEntries(created) as typeof registrations;
  editor = await signInStaff(portal, ['editor']);
  reviewer = await signInStaff(portal, ['reviewer', 'admin']);
  otofuke = await signInMember(portal, registrations.otofuke);
  totsukawa = await signInMember(portal, registrations.totsukawa);
});
afterAll(() => portal.close());

const list = async (someone: SignedIn, query = ''): Promise<AnnouncementPage> =>
  (await someone.client.get<AnnouncementPage>(`/announcements${query}`)).body;
const statusFor = async (someone: SignedIn, id: string): Promise<number> =>
  (await someone.client.get(`/announcements/${id}`)).status;
const reached = async (id: string): Promise<string[]> =>
  (await editor.client.get<ReachPage>(`/announcements/${id}/reach`)).body.items.map(
    ({ municipality }) => municipality,
  );

describe('an audience', () => {
  const chosen = (filters: Record<string, unknown>): Record<string, unknown> => ({
    kind: 'chosen',
    ...filters,
  });
  it.each<[string, Record<string, unknown>, string[]]>([
    ['all', ALL, ['群馬県高崎市', '北海道音更町', '奈良県十津川村', '高知県檮原町']],
    ['one prefecture', chosen({ prefectures: ['010006'] }), ['北海道音更町']],
    ['two prefectures', chosen({ prefectures: ['010006', '390003'] }), ['北海道音更町', '高知県檮原町']],
    ['types', chosen({ types: ['village', 'city'] }), ['群馬県高崎市', '奈良県十津川村']],
    ['an association', chosen({ associations: ['nara-choson'] }), ['奈良県十津川村']],
    [
      'filters that narrow each other',
      chosen({ prefectures: ['010006', '290009'], types: ['village'] }),
      ['奈良県十津川村'],
    ],
    [
      'filters, and one picked by hand',
      chosen({ prefectures: ['290009'], municipalities: [CODES.takasaki] }),
      ['群馬県高崎市', '奈良県十津川村'],
    ],
    ['picked by hand alone', picked(CODES.yusuhara), ['高知県檮原町']],
    ['one that is not registered', picked('131130'), []],
  ])('of %s is those and no others, and was counted so before', async (_name, audience, expected) => {
    const counted = await editor.client.post<AudienceCountResponse>('/announcements/audience-counts', {
      body: audience,
    });
    const { id, reach } = await publish(editor, { title: '対象のお知らせ', audience });
    expect(counted.body).toEqual({
      municipalities: expected.length,
      mailboxes: 2 * expected.length,
      digest: 0,
    });
    expect(reach?.recipients).toBe(expected.length);
    expect((await reached(id)).toSorted()).toEqual(expected.toSorted());
  });

  it('is who is registered when it goes out, not when it was written', async () => {
    const written = await draft(editor, { audience: picked('131130') });
    const counted = await editor.client.post<AudienceCountResponse>('/announcements/audience-counts', {
      body: picked('131130'),
    });
    expect(counted.body.municipalities).toBe(0);
    await createRegistration(portal, '131130');
    const out = await editor.client.post<AnnouncementResponse>(`/announcements/${written.id}/publish`, {
      ifMatch: written.version,
    });
    expect(out.body.reach?.recipients).toBe(1);
  });

  it('takes in a municipality that registers later, without a mail', async () => {
    const { id } = await publish(editor, { title: '後から登録した自治体にも', audience: ALL });
    const { id: elsewhere } = await publish(editor, { audience: picked(CODES.otofuke) });
    const late = await createRegistration(portal, '131041');
    await runJobs(portal);
    const clerk = await signInMember(portal, late);
    expect(await statusFor(clerk, id)).toBe(200);
    expect(await statusFor(clerk, elsewhere)).toBe(404);
    const mails = await queuedMails(portal);
    expect(mails.filter(({ recipient }) => recipient === late.mailbox)).toEqual([]);
    expect(await reached(id)).toContain('東京都新宿区');
  });
});

describe('a municipality that leaves and comes back', () => {
  it('is not counted meanwhile, and then finds what went out while it was away', async () => {
    const town = await createRegistration(portal, '016322');
    const before = await publish(editor, { audience: picked(town.code) });
    await reviewer.client.post(`/registrations/${town.id}/withdraw`, {
      ifMatch: 1,
      body: { reason: '町の方針により、退会します。' },
    });
    expect((await editor.client.get<ReachPage>(`/announcements/${before.id}/reach`)).body).toMatchObject({
      recipients: 0,
      total: 0,
    });
    const away = await publish(editor, { title: '不在中のお知らせ' });
    expect(await reached(away.id)).not.toContain('北海道士幌町');
    await runJobs(portal);
    const back = await reviewer.client.post<{ id: string }>('/registrations', {
      body: { municipalityCode: town.code, ...proposalOf('back.example') },
    });
    expect([back.status, back.body.id]).toEqual([201, town.id]);
    await runJobs(portal);
    expect(await reached(away.id)).toContain('北海道士幌町');
    expect(await reached(before.id)).toEqual(['北海道士幌町']);
    const told = (await queuedMails(portal)).filter(({ subject }) => subject.includes('不在中のお知らせ'));
    expect(told.filter(({ recipient }) => recipient.endsWith('@back.example'))).toEqual([]);
  });
});

describe('what is meant for another municipality', () => {
  let theirs: AnnouncementResponse;
  beforeAll(async () => {
    theirs = await publish(editor, {
      title: '十津川村だけの秘密の催し',
      body: '合言葉は、吊り橋です。',
      audience: picked(CODES.totsukawa),
    });
  });

  it('does not exist for a member: not by id, list, search, count or category', async () => {
    const before = await list(otofuke);
    expect(await statusFor(otofuke, theirs.id)).toBe(404);
    expect(await statusFor(totsukawa, theirs.id)).toBe(200);
    const category = await categoryId(otofuke, '講演会');
    for (const query of [
      '?q=秘密',
      '?q=吊り橋',
      '?q=催し',
      `?categoryId=${category}&q=秘密`,
      '?unread=true&q=秘密',
    ]) {
      expect(await list(otofuke, query)).toMatchObject({ items: [], total: 0 });
      expect((await list(totsukawa, query)).total).toBe(1);
    }
    await publish(editor, { audience: picked(CODES.totsukawa) });
    expect((await list(otofuke)).total).toBe(before.total);
  });

  it('can be neither marked nor acknowledged', async () => {
    const path = `/announcements/${theirs.id}`;
    expect((await otofuke.client.put(`${path}/reading`)).status).toBe(404);
    const body = { revision: 1 };
    expect((await otofuke.client.post(`${path}/acknowledgements`, { body })).status).toBe(404);
    expect(await reached(theirs.id)).toEqual(['奈良県十津川村']);
  });

  it('is mailed to nobody there', async () => {
    const told = (await queuedMails(portal)).filter(({ subject }) => subject.includes('秘密の催し'));
    expect(told.map(({ recipient }) => recipient)).toEqual(
      expect.arrayContaining([registrations.totsukawa.mailbox]),
    );
    expect(told.filter(({ recipient }) => !recipient.endsWith(`@t${CODES.totsukawa}.example`))).toEqual([]);
  });

  it('is gone for those whom a correction takes out, and new for those it takes in', async () => {
    const out = await publish(editor, { title: '対象を改めたお知らせ', audience: picked(CODES.otofuke) });
    const { status } = await editor.client.post(`/announcements/${out.id}/corrections`, {
      ifMatch: out.version,
      body: correctionOf(out, { audience: picked(CODES.totsukawa) }),
    });
    expect(status).toBe(201);
    expect(await statusFor(otofuke, out.id)).toBe(404);
    expect((await list(otofuke, '?q=対象を改めた')).total).toBe(0);
    expect(await statusFor(totsukawa, out.id)).toBe(200);
    const told = (await queuedMails(portal)).filter(({ subject }) => subject.includes('対象を改めた'));
    expect(new Set(told.map(({ recipient }) => recipient.split('@')[1]))).toEqual(
      new Set([`t${CODES.otofuke}.example`, `t${CODES.totsukawa}.example`]),
    );
  });

  it('tells a member neither whom it is for, nor how far it got, nor who wrote it', async () => {
    const { body } = await totsukawa.client.get<AnnouncementResponse>(`/announcements/${theirs.id}`);
    expect(body).toMatchObject({ audience: null, reach: null, changedByName: null });
    for (const path of ['reach', 'revisions', 'mail-preview']) {
      expect((await totsukawa.client.get(`/announcements/${theirs.id}/${path}`)).status).toBe(403);
    }
  });
});

describe('a draft', () => {
  it('is for editors alone, and a scheduled one too', async () => {
    const written = await draft(editor, { title: '書きかけの秘密' });
    const publishAt = new Date(Date.now() + 3_600_000).toISOString();
    const waiting = await draft(editor, { title: '予定の秘密' });
    await editor.client.post(`/announcements/${waiting.id}/schedule`, {
      ifMatch: waiting.version,
      body: { publishAt },
    });
    for (const { id } of [written, waiting]) {
      expect(await statusFor(otofuke, id)).toBe(404);
      expect(await statusFor(reviewer, id)).toBe(404);
      expect(await statusFor(editor, id)).toBe(200);
    }
    for (const someone of [otofuke, reviewer]) {
      expect((await list(someone, '?q=秘密&state=draft')).total).toBe(0);
      expect((await list(someone, '?q=予定の秘密')).total).toBe(0);
    }
    expect((await list(editor, '?q=予定の秘密')).items).toMatchObject([{ state: 'scheduled', publishAt }]);
  });
});

describe('searching', () => {
  it('finds words of two characters, in any width and kana, and needs all of them', async () => {
    const { id } = await publish(editor, {
      title: '能登半島地震の支援について',
      body: '職員派遣230名と、ﾎﾞﾗﾝﾃｨｱ支援金。**髙**岡市でも。',
    });
    for (const q of [
      '地震',
      '支援',
      '派遣',
      'ボランティア',
      'ぼらんてぃあ',
      '２３０',
      '高岡',
      '能登 職員',
      '震',
    ]) {
      const { items } = await list(otofuke, `?q=${encodeURIComponent(q)}`);
      expect(items.map((item) => item.id)).toContain(id);
    }
    for (const q of ['能登 台風', '援支', '%', '_', '震の支援金']) {
      const { items } = await list(otofuke, `?q=${encodeURIComponent(q)}`);
      expect(items.map((item) => item.id)).not.toContain(id);
    }
  });

  it('goes through all of them page by page, pinned ones first, none twice', async () => {
    const pinned = await publish(editor, { title: '先頭のお知らせ', pinned: true });
    const whole = (await list(otofuke, '?limit=100')).items.map(({ id }) => id);
    expect(whole[0]).toBe(pinned.id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: AnnouncementPage = await list(
        otofuke,
        `?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      expect(page.total).toBe(whole.length);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(whole);
  });
});
