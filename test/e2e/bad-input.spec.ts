import { request } from 'node:http';
import { Database } from '../../src/platform/database/database.service.js';
import { PROBLEMS } from '../../src/platform/http/problem-catalogue.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let registration: TestRegistration;
let clerk: SignedIn;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  registration = await createRegistration(portal, CODES.otofuke);
  clerk = await signInMember(portal, registration);
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

/** Nothing of it may have been written. */
afterEach(async () => {
  const [row] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ n: number }>(
        'SELECT (SELECT count(*) FROM change_request)::int + (SELECT count(*) FROM outbox_message)::int AS n',
      ),
    );
  expect(row?.n).toBe(0);
});

const submitPath = (): string => `/registrations/${registration.id}/change-requests`;
const department = (): Record<string, unknown> => ({ ...registration.document.departments[0] });
const contact = (): Record<string, unknown> => ({ ...registration.document.contacts[0] });

/** A proposal that is right but for one thing. */
const proposal = (changes: Record<string, unknown>): unknown => ({
  proposed: { ...registration.document, mainPhone: '0155-00-7777', ...changes },
});

type Case = [what: string, changes: () => Record<string, unknown>, pointer: string, code: string];

const cases: Case[] = [
  [
    'NUL',
    () => ({ departments: [{ ...department(), name: '企画\u0000課' }] }),
    '/proposed/departments/0/name',
    'control-character',
  ],
  [
    'a lone surrogate',
    () => ({ departments: [{ ...department(), name: '企画\uD800課' }] }),
    '/proposed/departments/0/name',
    'not-well-formed',
  ],
  [
    '1 MB of text',
    () => ({ departments: [{ ...department(), name: '課'.repeat(350_000) }] }),
    '/proposed/departments/0/name',
    'too-long',
  ],
  ['an array for a string', () => ({ mainPhone: ['0155-00-7777'] }), '/proposed/mainPhone', 'type'],
  [
    'an object for a string',
    () => ({ contacts: [{ ...contact(), name: { text: 'x' } }] }),
    '/proposed/contacts/0/name',
    'type',
  ],
  [
    'a number for a string',
    () => ({ contacts: [{ ...contact(), name: 12 }] }),
    '/proposed/contacts/0/name',
    'type',
  ],
  ['an unknown field', () => ({ approvedBy: 'me' }), '/proposed/approvedBy', 'unknown-field'],
  [
    'an unknown nested field',
    () => ({ contacts: [{ ...contact(), status: 'active' }] }),
    '/proposed/contacts/0/status',
    'unknown-field',
  ],
  [
    'two addresses',
    () => ({ departments: [{ ...department(), email: 'a@x.example,b@y.example' }] }),
    '/proposed/departments/0/email',
    'email',
  ],
  [
    'an address with a name',
    () => ({ departments: [{ ...department(), email: 'x <b@y.example>' }] }),
    '/proposed/departments/0/email',
    'email',
  ],
  [
    'CRLF in an address',
    () => ({ departments: [{ ...department(), email: 'a@x.example\r\nBcc: b@y.example' }] }),
    '/proposed/departments/0/email',
    'email',
  ],
  [
    'CRLF in a name',
    () => ({ contacts: [{ ...contact(), name: '佐藤\r\nBcc: b@y.example' }] }),
    '/proposed/contacts/0/name',
    'control-character',
  ],
  [
    'a line end after a name',
    () => ({ contacts: [{ ...contact(), name: '佐藤\n' }] }),
    '/proposed/contacts/0/name',
    'control-character',
  ],
  [
    'an address outside ASCII',
    () => ({ departments: [{ ...department(), email: '企画@x.example' }] }),
    '/proposed/departments/0/email',
    'email',
  ],
  [
    'a look-alike address',
    () => ({ departments: [{ ...department(), email: 'kıkaku@x.example' }] }),
    '/proposed/departments/0/email',
    'email',
  ],
  [
    'a department without a mailbox',
    () => ({ departments: [{ ...department(), email: undefined }] }),
    '/proposed/departments/0/email',
    'required',
  ],
  [
    'a department with an empty mailbox',
    () => ({ departments: [{ ...department(), email: null }] }),
    '/proposed/departments/0/email',
    'required',
  ],
  ['no department', () => ({ departments: [], contacts: [] }), '/proposed/departments', 'too-few'],
  ['null for the departments', () => ({ departments: null }), '/proposed/departments', 'required'],
  ['a string for a department', () => ({ departments: ['企画課'] }), '/proposed/departments', 'type'],
  ['null for a contact', () => ({ contacts: [null] }), '/proposed/contacts', 'type'],
  [
    'an unknown role',
    () => ({ contacts: [{ ...contact(), role: 'admin' }] }),
    '/proposed/contacts/0/role',
    'not-allowed',
  ],
  [
    'a department that is not in the list',
    () => ({ contacts: [{ ...contact(), departmentId: 'new-9' }] }),
    '/proposed/contacts/0/departmentId',
    'unknown-department',
  ],
  [
    'a primary department that is not in the list',
    () => ({ primaryDepartmentId: 'new-9' }),
    '/proposed/primaryDepartmentId',
    'unknown-department',
  ],
  [
    'the same department twice',
    () => ({ departments: [department(), department()] }),
    '/proposed/departments/1/id',
    'duplicate',
  ],
  ['words for a telephone number', () => ({ mainPhone: 'お電話ください' }), '/proposed/mainPhone', 'format'],
  [
    'words for a postal code',
    () => ({ departments: [{ ...department(), postalCode: '〒' }] }),
    '/proposed/departments/0/postalCode',
    'format',
  ],
  [
    'a right-to-left override',
    () => ({ contacts: [{ ...contact(), name: '佐藤\u202Eolleh' }] }),
    '/proposed/contacts/0/name',
    'control-character',
  ],
];

describe('a change request with', () => {
  it.each(cases)('%s is answered by 422 with a pointer', async (_what, changes, pointer, code) => {
    const answer = await clerk.client.post(submitPath(), { ifMatch: 1, body: proposal(changes()) });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.errors).toContainEqual({ pointer, code, message: expect.stringMatching(/。/) });
  });

  it.each([
    ['', 400],
    ['{', 400],
    ['nonsense', 400],
    ['{"proposed": {"__proto__": {"status": "approved"}}}', 400],
    ['{"constructor": {"prototype": {"x": 1}}}', 400],
    ['{"comment": {"constructor": 1}}', 400],
    ['{"proposed": {"mainPhone": {"toString": "x"}}}', 400],
    ['{"comment": "x", "prototype": {"status": "approved"}}', 400],
    ['null', 422],
    ['[]', 422],
    ['"text"', 422],
    ['17', 422],
    ['{"proposed": null}', 422],
    ['{"proposed": []}', 422],
    [`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`, 400],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400],
    [`{"proposed": "${'x'.repeat(3_000_000)}"}`, 413],
  ])('the body %.40s is answered by %d', async (raw, status) => {
    const answer = await clerk.client.post(submitPath(), { ifMatch: 1, raw });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(answer.body.title).toBe(PROBLEMS[answer.body.code as keyof typeof PROBLEMS].title);
  });

  it.each([
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('the media type %s is answered by 415', async (type) => {
    const answer = await clerk.client.post(submitPath(), {
      ifMatch: 1,
      raw: 'proposed=x',
      headers: { 'content-type': type },
    });
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported-media-type']);
  });
});

describe('a question with', () => {
  it.each([
    ['/municipalities?q=%00', '/q'],
    ['/municipalities?q=a&q=b', '/q'],
    ['/municipalities?limit=0', '/limit'],
    ['/municipalities?limit=-1', '/limit'],
    ['/municipalities?limit=1e9', '/limit'],
    ['/municipalities?limit=ten', '/limit'],
    ['/municipalities?sort=search_text', '/sort'],
    ['/municipalities?cursor=nonsense', '/cursor'],
    [`/municipalities?cursor=${Buffer.from('["a\\u0000","b"]').toString('base64url')}`, '/cursor'],
    ['/municipalities?type=prefecture', '/type'],
    ['/municipalities?asOf=2026-02-30', '/asOf'],
    ['/municipalities?asOf=yesterday', '/asOf'],
    ['/municipalities?deleted=true', '/deleted'],
    ['/municipalities/016315', '/code'],
    ['/municipalities/abc', '/code'],
    ['/change-requests?from=2026-02-30', '/from'],
    ['/change-requests?from=2026-04-02&to=2026-04-01', '/to'],
    ['/change-requests?registrationId=1', '/registrationId'],
    ['/registrations?freshness=old', '/freshness'],
  ])('%s is answered by 422 with a pointer', async (path, pointer) => {
    const answer = await reviewer.client.get(path);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it.each(['/registrations/1', '/change-requests/abc', '/registrations/019aa0c8-7a5e-7cc0-8e5c'])(
    '%s is answered by 400',
    async (path) => {
      expect((await reviewer.client.get(path)).status).toBe(400);
    },
  );

  it.each([
    '/nowhere',
    '/municipalities/016314/secrets',
    '/registrations/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f',
  ])('%s is answered by 404', async (path) => {
    expect((await reviewer.client.get(path)).body.code).toBe('not-found');
  });

  it('a path that cannot be decoded is answered by 400 as a problem, not by a crash', async () => {
    const { status, type } = await rawGet('/api/v1/municipalities/%E0%A4%A');
    expect([status, type]).toEqual([400, 'application/problem+json']);
  });

  it('headers without end are answered as a problem', async () => {
    const { status, type } = await rawGet('/', { 'x-long': 'x'.repeat(40_000) });
    expect([status, type]).toEqual([431, 'application/problem+json']);
  });

  it('the words of a LIKE pattern finds nothing more', async () => {
    for (const q of ['%', '_', '\\', '%25', "' OR 1=1 --"]) {
      const answer = await reviewer.client.get<{ total: number }>(
        `/municipalities?q=${encodeURIComponent(q)}`,
      );
      expect([q, answer.body.total]).toEqual([q, 0]);
    }
  });
});

describe('registering with a wrong code', () => {
  it.each(['016315', '999999', '01631', '', '０１６３１５'])('%s is refused', async (municipalityCode) => {
    const answer = await reviewer.client.post('/registrations', {
      body: {
        ...registration.document,
        primaryDepartmentId: 'new-1',
        departments: [{ ...department(), id: 'new-1' }],
        contacts: [],
        municipalityCode,
      },
    });
    // 音更町 without its check digit is a right code, of a municipality that is registered already.
    const expected = municipalityCode === '01631' ? [409, undefined] : [422, '/municipalityCode'];
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual(expected);
  });
});

describe('signing in with', () => {
  it.each([
    [{ email: ['a@x.example', 'b@y.example'] }, 422],
    [{ email: { address: 'a@x.example' } }, 422],
    [{ email: 'a@x.example', role: 'admin' }, 422],
    [{ email: 'a@x.example\nb@y.example' }, 422],
    [{}, 422],
  ])('%j is answered by %d', async (body, status) => {
    expect((await new Client(portal).post('/auth/challenges', { body })).status).toBe(status);
  });
});

function rawGet(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; type: string | undefined }> {
  return new Promise((resolve, reject) => {
    request(portal.origin, { path, headers }, (response) => {
      response.resume();
      const [type] = (response.headers['content-type'] ?? '').split(';');
      resolve({ status: response.statusCode, type });
    })
      .on('error', reject)
      .end();
  });
}
