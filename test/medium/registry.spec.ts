import type {
  AssociationList,
  MunicipalityPage,
  MunicipalityResponse,
} from '../../src/registry/municipality.dto.js';
import type {
  HistoryPage,
  RegistrationPage,
  RegistrationResponse,
} from '../../src/registry/registration.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import {
  buildDocument,
  CODES,
  createRegistration,
  type TestRegistration,
} from '../factories/registrations.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let reviewer: SignedIn;
let member: SignedIn;
let otofuke: TestRegistration;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  otofuke = await createRegistration(portal, CODES.otofuke);
  await createRegistration(portal, CODES.takasaki);
  member = await signInMember(portal, otofuke);
});
afterAll(() => portal.close());

const search = async (query: string): Promise<MunicipalityPage> =>
  (await member.client.get<MunicipalityPage>(`/municipalities?${query}`)).body;

describe('the master', () => {
  it('holds the 1,741 municipalities of the country', async () => {
    const { total, items } = await search('limit=2000');
    expect([total, items.length]).toEqual([1741, 1741]);

    const count = (type: string): number => items.filter((item) => item.type === type).length;
    expect(['city', 'town', 'village', 'special-ward'].map(count)).toEqual([792, 743, 183, 23]);
  });

  it.each([
    ['檮原', '394050'],
    ['梼原', '394050'],
    ['ゆすはら', '394050'],
    ['ユスハラ', '394050'],
    ['ﾕｽﾊﾗ', '394050'],
    ['39405', '394050'],
    ['394050', '394050'],
    ['３９４０５０', '394050'],
    ['高知県 檮原', '394050'],
    ['高知県檮原町', '394050'],
    ['ほっかいどう　おとふけ', '016314'],
  ])('is found by %s', async (q, code) => {
    const { items, total } = await search(`q=${encodeURIComponent(q)}`);
    expect([total, items[0]?.code]).toEqual([1, code]);
  });

  it('gives one by 5 or 6 digits, with what it was called', async () => {
    for (const code of ['394050', '39405']) {
      const answer = await member.client.get<MunicipalityResponse>(`/municipalities/${code}`);
      expect(answer.body).toMatchObject({
        code: '394050',
        name: '檮原町',
        prefecture: '高知県',
        registered: false,
      });
    }
    const registered = await member.client.get<MunicipalityResponse>('/municipalities/016314');
    expect(registered.body).toMatchObject({ registered: true, associationId: 'hokkaido-choson' });
  });

  it('narrows by prefecture and type, and pages to the end by its cursor in either order', async () => {
    for (const sort of ['code', 'kana'] as const) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await search(
          `prefecture=010006&type=town&limit=50&sort=${sort}${cursor && `&cursor=${cursor}`}`,
        );
        expect(page.total).toBe(129);
        seen.push(...page.items.map((item) => item[sort] + item.code));
        cursor = page.nextCursor ?? '';
      } while (cursor);
      expect(new Set(seen).size).toBe(129);
      expect(seen).toEqual(seen.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }
  });

  it('keeps a municipality that ended for the dates on which it existed', async () => {
    const { DataSource } = await import('typeorm');
    const owner = new DataSource({ type: 'postgres', url: portal.database.ownerUrl });
    await owner.initialize();
    await owner.query(
      `INSERT INTO municipality (code, prefecture_code, name, kana, type, valid_to, search_text)
       VALUES ('403059', '400009', '那珂川町', 'なかがわまち', 'town', '2018-10-01', '那珂川町')`,
    );
    await owner.query(
      `INSERT INTO municipality_successor VALUES ('403059', '402311', '2018-10-01', '市制施行')`,
    );
    await owner.destroy();
    expect((await member.client.get('/municipalities/403059')).status).toBe(404);
    const then = await member.client.get<MunicipalityResponse>('/municipalities/403059?asOf=2018-09-30');
    expect(then.body).toMatchObject({ validTo: '2018-10-01', successors: ['402311'] });
    expect((await member.client.get('/municipalities/403059?asOf=2018-10-01')).status).toBe(404);
  });

  it('knows the 13 associations and whom they cover', async () => {
    const { body } = await member.client.get<AssociationList>('/associations');
    expect(body.total).toBe(13);
    expect(body.items.reduce((sum, { municipalities }) => sum + municipalities, 0)).toBe(372);
    expect(body.items.find(({ id }) => id === 'gunma-shicho')).toMatchObject({
      municipalities: 12,
      registered: 1,
    });
  });
});

describe('registrations', () => {
  it('are listed for staff only, by words, prefecture, type, association and freshness', async () => {
    expect((await member.client.get('/registrations')).body.code).toBe('forbidden');
    const list = async (query: string): Promise<string[]> =>
      (await reviewer.client.get<RegistrationPage>(`/registrations?${query}`)).body.items.map(
        ({ municipalityCode }) => municipalityCode,
      );
    expect(await list('')).toEqual(['016314', '102024']);
    expect(await list(`q=${encodeURIComponent('タカサキ')}`)).toEqual(['102024']);
    expect(await list('prefecture=010006')).toEqual(['016314']);
    expect(await list('type=city')).toEqual(['102024']);
    expect(await list('association=hokkaido-choson')).toEqual(['016314']);
    expect(await list('freshness=unknown')).toEqual(['016314', '102024']);
    await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.execute(`UPDATE registration SET last_confirmed_at = now() - interval '13 months' WHERE id = $1`, [
          otofuke.id,
        ]),
      );
    expect(await list('freshness=stale')).toEqual(['016314']);
    expect(await list('freshness=fresh')).toEqual([]);
    expect(await list('sort=lastConfirmedAt')).toEqual(['102024', '016314']);
  });

  it('are made by a reviewer, who invites every mailbox', async () => {
    const document = buildDocument('yusuhara.example');
    const body = {
      municipalityCode: '39405',
      mainPhone: '０８８９－００－１１１１',
      primaryDepartmentId: 'new-1',
      departments: [
        { id: 'new-1', name: 'まちづくり推進課', email: 'ｋikaku@yusuhara.example', postalCode: '7850695' },
      ],
      contacts: [{ ...document.contacts[1], id: 'new-2', departmentId: 'new-1' }],
    };
    const made = await reviewer.client.post<RegistrationResponse>('/registrations', { body });
    expect(made.status).toBe(201);
    expect(made.etag).toBe('"1"');
    expect(made.body).toMatchObject({
      municipality: '檮原町',
      version: 1,
      mainPhone: '0889-00-1111',
      lastConfirmedAt: null,
      freshness: {},
      departments: [{ name: 'まちづくり推進課', email: 'kikaku@yusuhara.example', postalCode: '785-0695' }],
    });
    const invited = (await queuedMails(portal)).filter(({ kind }) => kind === 'registry.registered');
    expect(invited.map(({ recipient }) => recipient)).toEqual([
      'kikaku@yusuhara.example',
      'takasaki@yusuhara.example',
    ]);
    const again = await reviewer.client.post('/registrations', { body });
    expect([again.status, again.body.code]).toEqual([409, 'already-registered']);
    const editor = await signInStaff(portal, ['editor']);
    expect((await editor.client.post('/registrations', { body })).status).toBe(403);
  });

  it('have a history that answers for any date', async () => {
    const path = `/registrations/${otofuke.id}/history`;
    const { body } = await member.client.get<HistoryPage>(path);
    expect(body.items.map(({ version, cause }) => [version, cause])).toEqual([[1, 'import']]);
    expect(body.items[0]?.document.departments[0]?.name).toBe('企画課');
    const before = await member.client.get<HistoryPage>(`${path}?asOf=2020-02-29`);
    expect([before.body.items, before.body.total]).toEqual([[], 0]);
    const today = await member.client.get<HistoryPage>(`${path}?asOf=2999-12-31`);
    expect(today.body.items).toHaveLength(1);
  });
});
