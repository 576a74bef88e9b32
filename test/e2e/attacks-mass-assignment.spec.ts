import { withConnection } from '../../src/platform/database/database-roles.js';
import { bodyOf, call, pathOf } from '../factories/calls.js';
import {
  createStaff,
  PASSWORD,
  signInAs,
  signInMember,
  type StaffPerson,
  totpOf,
} from '../factories/people.js';
import {
  buildDocument,
  CODES,
  createRegistration,
  type TestRegistration,
} from '../factories/registrations.js';
import { callRow } from '../setup/access-matrix.js';
import { Client, type Problem } from '../setup/client.js';
import { isList, namesIn, type Operation, OPERATIONS, schemaNamed } from '../setup/openapi.js';
import { queuedMails } from '../setup/outbox.js';
import { rowsOf } from '../setup/rows.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';
import { STAFF_ROLES } from '../../src/platform/access/permission.js';

/** Fields that nobody asked for, wrong types, and addresses that only look like somebody's. */
let portal: TestPortal;
let registration: TestRegistration;
let person: StaffPerson;
let clerk: Client;
let staff: Client;
let before: Record<string, string[]>;

/** Letters that others are folded into: k (Kelvin sign), i (dotless ı), fi (ﬁ), a (Cyrillic а). */
const MAILBOX = 'kikaku.fi@town.example';
const STAFF_MAILBOX = 'kikaku.fi@council.example';

beforeAll(async () => {
  portal = await startTestPortal();
  const document = buildDocument('town.example');
  registration = await createRegistration(portal, CODES.otofuke, {
    ...document,
    departments: document.departments.map((department) => ({ ...department, email: MAILBOX })),
  });
  person = await createStaff(portal, STAFF_ROLES);
  await withConnection(portal.database.adminUrl, (admin) =>
    admin.query('UPDATE account SET email = $1, email_key = $1 WHERE id = $2', [
      STAFF_MAILBOX,
      person.accountId,
    ]),
  );
  clerk = (await signInMember(portal, registration)).client;
  staff = (await signInAs(portal, person, STAFF_ROLES)).client;
  before = await rowsOf(portal);
});
afterAll(() => portal.close());
afterEach(async () => expect(await rowsOf(portal)).toEqual(before));

const withBody = OPERATIONS.filter(({ body }) => body !== null);

/** Whoever may call it, so that it is the field that is refused. */
function callerOf({ id }: Operation): Client {
  const { marks } = callRow(id);
  if (marks.public !== '–') return new Client(portal);
  return marks.member === '–' ? staff : clerk;
}

const UNASKED: Readonly<Record<string, unknown>> = {
  role: 'admin',
  roles: ['admin'],
  status: 'approved',
  version: 99,
  id: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e',
  approvedBy: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e',
  registrationId: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e',
  accountId: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e',
  isAdmin: true,
};

/** What every object has already. */
const INHERITED = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];

/** An object within a body: where it stands, and the fields that it takes; null where it takes anything. */
interface Place {
  readonly pointer: string;
  readonly fields: readonly string[] | null;
}

/** Every object within a body of this schema, the body itself included. */
function placesIn(schema: string, pointer = ''): Place[] {
  const properties = Object.entries(schemaNamed(schema).properties ?? {});
  return [
    { pointer, fields: properties.map(([name]) => name) },
    ...properties.flatMap(([name, property]): Place[] => {
      const at = `${pointer}/${name}${isList(property) ? '/0' : ''}`;
      if (property.additionalProperties === true) return [{ pointer: at, fields: null }];
      return namesIn(property).flatMap((inner) => placesIn(inner, at));
    }),
  ];
}

/** @returns the body as text, with one more field in the object at the pointer */
function withField(body: unknown, pointer: string, name: string, value: unknown): string {
  const copy = structuredClone(body) as Record<string, unknown>;
  const place = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((holder, key) => (holder as Record<string, unknown>)[key], copy);
  // Not by assignment: `__proto__` has to arrive as a field.
  Object.defineProperty(place, name, { value, enumerable: true, configurable: true });
  return JSON.stringify(copy);
}

const send = (operation: Operation, raw: string): ReturnType<typeof call<Problem>> =>
  callerOf(operation).call(operation.method, pathOf(operation, { registration: registration.id }), {
    raw,
    ...(operation.needsIfMatch && { ifMatch: 1 }),
    headers: { 'x-renkei-request': '1' },
  });

describe.each(withBody)('$id', (operation) => {
  const schema = operation.body ?? '';
  const body = (): unknown => bodyOf(schema, registration.document);

  it('refuses every field that it does not take, at whatever depth', async () => {
    for (const { pointer, fields } of placesIn(schema)) {
      for (const [name, value] of Object.entries(UNASKED)) {
        if (fields === null || fields.includes(name)) continue;
        const answer = await send(operation, withField(body(), pointer, name, value));
        expect([answer.status, answer.body.errors?.map((error) => `${error.pointer} ${error.code}`)]).toEqual(
          [422, [`${pointer}/${name} unknown-field`]],
        );
      }
    }
  });

  it('refuses what every object has, at whatever depth', async () => {
    for (const { pointer } of placesIn(schema)) {
      for (const name of INHERITED) {
        const raw = withField(body(), pointer, name, { prototype: { isAdmin: true } });
        expect(raw).toContain(name);
        expect([pointer, name, (await send(operation, raw)).status]).toEqual([pointer, name, 400]);
      }
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe.each(withBody.filter(({ path }) => path.startsWith('/api/v1/auth/')))(
  'signing in by $id',
  (operation) => {
    const { properties = {} } = schemaNamed(operation.body ?? '');
    const texts = Object.entries(properties).filter(([, { type }]) => type === 'string');

    it.each([[['a@x.example', 'b@x.example']], [{ address: 'a@x.example' }], [4821], [true], [null]])(
      'refuses %j for each text',
      async (value) => {
        for (const [name] of texts) {
          const body = { ...(bodyOf(operation.body ?? '') as object), [name]: value };
          const answer = await send(operation, JSON.stringify(body));
          expect([name, answer.status]).toEqual([name, 422]);
          expect(answer.body.errors?.map(({ pointer }) => pointer)).toContain(`/${name}`);
        }
      },
    );
  },
);

describe('an address that looks like', () => {
  const looksLike = (address: string): [string, string][] => [
    ['dotless i', address.replace('i', 'ı')],
    ['a capital I with a dot', address.replace('i', 'İ')],
    ['the Kelvin sign', address.replace('k', '\u212A')],
    ['a ligature', address.replace('fi', 'ﬁ')],
    ['a Cyrillic letter', address.replace('a', 'а')],
    ['a combining accent', address.replace('a', 'a\u0301')],
    ['a zero-width space', address.replace('@', '\u200B@')],
    ['a soft hyphen', address.replace('@', '\u00AD@')],
    ['an ideographic full stop', address.replace('.example', '。example')],
    ['a circled letter', address.replace('a', 'ⓐ')],
  ];

  it.each(looksLike(MAILBOX))("a municipality's, with %s, asks for no code", async (_how, email) => {
    expect(email).not.toBe(MAILBOX);
    const answer = await new Client(portal).post('/auth/challenges', { body: { email } });
    expect([answer.status, answer.body.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['/email']]);
    expect(await queuedMails(portal)).toEqual([]);
  });

  it.each(looksLike(STAFF_MAILBOX))("a member of staff's, with %s, opens nothing", async (_how, email) => {
    const body = { email, password: PASSWORD, totp: await totpOf(portal, person) };
    const answer = await new Client(portal).post('/auth/password', { body });
    expect([answer.status, answer.body.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['/email']]);
  });

  it('the same in full width is the same, and reaches nobody else', async () => {
    const email = MAILBOX.replace('k', 'ｋ').replace('@', '＠');
    expect((await new Client(portal).post('/auth/challenges', { body: { email } })).status).toBe(202);
    expect((await queuedMails(portal)).map(({ recipient }) => recipient)).toEqual([MAILBOX]);
    before = await rowsOf(portal);
  });
});
