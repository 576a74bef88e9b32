import * as fc from 'fast-check';
import { type Change, diffRegistrations, touchedPointers } from './registration-diff.js';
import {
  type ContactDocument,
  type DepartmentDocument,
  pointersOf,
  type RegistrationDocument,
} from './registration-document.js';

const kikaku: DepartmentDocument = {
  id: 'kikaku',
  name: '企画課',
  kana: 'きかくか',
  email: 'kikaku@town-yusuhara.example',
  phone: '0889-00-1111',
  fax: null,
  postalCode: '785-0695',
  address: '高知県高岡郡檮原町檮原1444-1',
};

const somu: DepartmentDocument = {
  ...kikaku,
  id: 'somu',
  name: '総務課',
  email: 'somu@town-yusuhara.example',
};

const takasaki: ContactDocument = {
  id: 'takasaki',
  departmentId: 'kikaku',
  name: '髙﨑 澪里',
  kana: 'たかさき みおり',
  title: '主査',
  email: null,
  extension: '210',
  role: 'primary',
};

const base: RegistrationDocument = {
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'kikaku',
  departments: [kikaku, somu],
  contacts: [takasaki],
};

const withDepartment = (change: Partial<DepartmentDocument>): RegistrationDocument => ({
  ...base,
  departments: [{ ...kikaku, ...change }, somu],
});

const withContact = (change: Partial<ContactDocument>): RegistrationDocument => ({
  ...base,
  contacts: [{ ...takasaki, ...change }],
});

const diff = (after: RegistrationDocument): Change[] => diffRegistrations(base, after);

describe('one changed field', () => {
  it('of the registration has its plain name', () => {
    expect(diff({ ...base, mainPhone: '0889-00-2220' })).toEqual([
      {
        pointer: '/mainPhone',
        kind: 'changed',
        label: '代表電話',
        before: '0889-00-1110',
        after: '0889-00-2220',
        beforeText: '0889-00-1110',
        afterText: '0889-00-2220',
      },
    ]);
  });

  it('of a department is labelled with the name that the department has today', () => {
    expect(diff(withDepartment({ name: '企画観光課' }))).toEqual([
      {
        pointer: '/departments/kikaku/name',
        kind: 'changed',
        label: '企画課　部署名',
        before: '企画課',
        after: '企画観光課',
        beforeText: '企画課',
        afterText: '企画観光課',
      },
    ]);
  });

  it.each([
    ['kana', 'きかくかんこうか', '企画課　部署名のふりがな'],
    ['email', 'chosei@town-yusuhara.example', '企画課　所属アドレス'],
    ['phone', '0889-00-2222', '企画課　電話'],
    ['fax', '0889-00-2223', '企画課　ファクス'],
    ['postalCode', '785-0610', '企画課　郵便番号'],
    ['address', '高知県高岡郡檮原町川西路2320', '企画課　所在地'],
  ] as const)('%s of a department', (field, after, label) => {
    expect(diff(withDepartment({ [field]: after }))).toEqual([
      expect.objectContaining({ pointer: `/departments/kikaku/${field}`, label, afterText: after }),
    ]);
  });

  it.each([
    ['name', '髙﨑 みおり', '担当者（正）髙﨑 澪里　氏名'],
    ['kana', 'こうさき みおり', '担当者（正）髙﨑 澪里　ふりがな'],
    ['title', '係長', '担当者（正）髙﨑 澪里　職名'],
    ['email', 'takasaki@town-yusuhara.example', '担当者（正）髙﨑 澪里　メールアドレス'],
    ['extension', '211', '担当者（正）髙﨑 澪里　内線'],
  ] as const)('%s of a contact', (field, after, label) => {
    expect(diff(withContact({ [field]: after }))).toEqual([
      expect.objectContaining({ pointer: `/contacts/takasaki/${field}`, label, afterText: after }),
    ]);
  });

  it('shows 正 and 副 for the role', () => {
    expect(diff(withContact({ role: 'deputy' }))).toEqual([
      {
        pointer: '/contacts/takasaki/role',
        kind: 'changed',
        label: '担当者（正）髙﨑 澪里　正・副',
        before: 'primary',
        after: 'deputy',
        beforeText: '正',
        afterText: '副',
      },
    ]);
  });

  it('shows the names of departments in place of their ids', () => {
    const moved = { ...base, primaryDepartmentId: 'somu', contacts: [{ ...takasaki, departmentId: 'somu' }] };
    expect(diff(moved)).toEqual([
      {
        pointer: '/primaryDepartmentId',
        kind: 'changed',
        label: '主な担当部署',
        before: 'kikaku',
        after: 'somu',
        beforeText: '企画課',
        afterText: '総務課',
      },
      {
        pointer: '/contacts/takasaki/departmentId',
        kind: 'changed',
        label: '担当者（正）髙﨑 澪里　所属する部署',
        before: 'kikaku',
        after: 'somu',
        beforeText: '企画課',
        afterText: '総務課',
      },
    ]);
  });

  it('that was empty or becomes empty has no text on that side', () => {
    expect(diff(withDepartment({ fax: '0889-00-1117', phone: null }))).toEqual([
      expect.objectContaining({ pointer: '/departments/kikaku/phone', after: null, afterText: null }),
      expect.objectContaining({ pointer: '/departments/kikaku/fax', before: null, beforeText: null }),
    ]);
  });
});

describe('a whole item', () => {
  it('added is one change with everything that is to be registered', () => {
    const added: ContactDocument = {
      ...takasaki,
      id: 'kawasaki',
      name: '川﨑 檮一',
      kana: null,
      role: 'deputy',
    };
    expect(diff({ ...base, contacts: [takasaki, added] })).toEqual([
      {
        pointer: '/contacts/kawasaki',
        kind: 'added',
        label: '担当者（副）川﨑 檮一',
        before: null,
        after: added,
        beforeText: null,
        afterText: expect.stringContaining('　職名　主査\n　内線　210') as string,
      },
    ]);
  });

  it('added says in which department the person is to be', () => {
    const added = { ...takasaki, id: 'kawasaki', name: '川﨑 檮一', departmentId: 'somu' };
    expect(diff({ ...base, contacts: [takasaki, added] })[0]?.afterText).toContain('総務課');
  });

  it('removed is one change with everything that was registered', () => {
    expect(diff({ ...base, departments: [kikaku] })).toEqual([
      {
        pointer: '/departments/somu',
        kind: 'removed',
        label: '担当部署　総務課',
        before: somu,
        after: null,
        beforeText: expect.stringContaining('somu@town-yusuhara.example') as string,
        afterText: null,
      },
    ]);
  });

  it('with another id is removed and added, however alike the two are', () => {
    const replaced = { ...base, contacts: [{ ...takasaki, id: 'somebody-else' }] };
    expect(diff(replaced).map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual([
      'removed /contacts/takasaki',
      'added /contacts/somebody-else',
    ]);
  });
});

/** Few ids and few values, so that two documents share some and differ in others. */
const value = fc.constantFrom('甲', '乙', '丙');
const valueOrNull = fc.option(value, { nil: null });
const departmentWith = (id: string): fc.Arbitrary<DepartmentDocument> =>
  fc.record({
    id: fc.constant(id),
    name: value,
    kana: valueOrNull,
    email: value,
    phone: valueOrNull,
    fax: valueOrNull,
    postalCode: valueOrNull,
    address: valueOrNull,
  });
const contactWith = (id: string): fc.Arbitrary<ContactDocument> =>
  fc.record({
    id: fc.constant(id),
    departmentId: fc.constantFrom('a', 'b', 'c'),
    name: value,
    kana: valueOrNull,
    title: valueOrNull,
    email: valueOrNull,
    extension: valueOrNull,
    role: fc.constantFrom('primary', 'deputy'),
  });
const someOf = <Item>(ids: string[], itemWith: (id: string) => fc.Arbitrary<Item>): fc.Arbitrary<Item[]> =>
  fc.shuffledSubarray(ids).chain((chosen) => fc.tuple(...chosen.map(itemWith)));
const registration: fc.Arbitrary<RegistrationDocument> = fc.record({
  mainPhone: value,
  primaryDepartmentId: fc.constantFrom('a', 'b', 'c'),
  departments: someOf(['a', 'b', 'c'], departmentWith),
  contacts: someOf(['p', 'q', 'r'], contactWith),
});

/** Every field by its pointer, found without the lists of fields that the product uses. */
function fieldsOf({ departments, contacts, ...own }: RegistrationDocument): Map<string, unknown> {
  const fields = new Map<string, unknown>(Object.entries(own).map(([key, it]) => [`/${key}`, it]));
  for (const [root, items] of Object.entries({ departments, contacts })) {
    for (const { id, ...item } of items) {
      for (const [key, it] of Object.entries(item)) fields.set(`/${root}/${id}/${key}`, it);
    }
  }
  return fields;
}

const itemsOf = ({ departments, contacts }: RegistrationDocument): string[] => [
  ...departments.map(({ id }) => `/departments/${id}`),
  ...contacts.map(({ id }) => `/contacts/${id}`),
];

const pointersOfKind = (changes: Change[], wanted: Change['kind']): string[] =>
  changes.filter(({ kind }) => kind === wanted).map(({ pointer }) => pointer);

const sorted = (items: Iterable<string>): string[] => [...items].toSorted();

describe('for any two documents', () => {
  it('a document does not differ from itself, in whatever order its lists are', () => {
    fc.assert(
      fc.property(registration, (document) => {
        const turned = {
          ...document,
          departments: document.departments.toReversed(),
          contacts: document.contacts.toReversed(),
        };
        expect(diffRegistrations(document, structuredClone(turned))).toEqual([]);
      }),
    );
  });

  it('every differing field is reported exactly once, by a pointer by id, with both values', () => {
    fc.assert(
      fc.property(registration, registration, (before, after) => {
        const [old, next] = [fieldsOf(before), fieldsOf(after)];
        const differing = [...old.keys()].filter((key) => next.has(key) && old.get(key) !== next.get(key));
        const changes = diffRegistrations(before, after).filter(({ kind }) => kind === 'changed');
        expect(sorted(changes.map(({ pointer }) => pointer))).toEqual(sorted(differing));
        for (const change of changes) {
          expect([change.before, change.after]).toEqual([old.get(change.pointer), next.get(change.pointer)]);
        }
      }),
    );
  });

  it('every item that is in one of them only is reported exactly once', () => {
    fc.assert(
      fc.property(registration, registration, (before, after) => {
        const changes = diffRegistrations(before, after);
        const [old, next] = [itemsOf(before), itemsOf(after)];
        expect(sorted(pointersOfKind(changes, 'removed'))).toEqual(
          sorted(old.filter((it) => !next.includes(it))),
        );
        expect(sorted(pointersOfKind(changes, 'added'))).toEqual(
          sorted(next.filter((it) => !old.includes(it))),
        );
      }),
    );
  });
});

describe('touchedPointers', () => {
  it('are the fields that changed', () => {
    const changes = diff({ ...withContact({ extension: '211' }), mainPhone: '0889-00-2220' });
    expect(touchedPointers(changes)).toEqual(['/mainPhone', '/contacts/takasaki/extension']);
  });

  it('of an added department and contact are all of their own fields', () => {
    const tosa = { ...somu, id: 'kanko' };
    const added = { ...takasaki, id: 'kawasaki', departmentId: 'kanko' };
    const touched = touchedPointers(
      diff({ ...base, departments: [kikaku, somu, tosa], contacts: [takasaki, added] }),
    );
    expect(touched).toEqual([
      ...['name', 'kana', 'email', 'phone', 'fax', 'postalCode', 'address'].map(
        (field) => `/departments/kanko/${field}`,
      ),
      ...['role', 'name', 'kana', 'title', 'email', 'extension'].map(
        (field) => `/contacts/kawasaki/${field}`,
      ),
    ]);
  });

  it('leave out what is gone and what has no freshness of its own', () => {
    const after = {
      ...base,
      primaryDepartmentId: 'somu',
      departments: [somu],
      contacts: [{ ...takasaki, departmentId: 'somu' }],
    };
    expect(touchedPointers(diff(after))).toEqual([]);
  });

  it('are always fields of the new document whose freshness is kept', () => {
    fc.assert(
      fc.property(registration, registration, (before, after) => {
        const kept = pointersOf(after);
        for (const pointer of touchedPointers(diffRegistrations(before, after))) {
          expect(kept).toContain(pointer);
        }
      }),
    );
  });
});
