import * as fc from 'fast-check';
import { diffRegistrations } from './registration-diff.js';
import type { ContactDocument, DepartmentDocument, RegistrationDocument } from './registration-document.js';
import {
  applyChanges,
  placeAsProposed,
  compareThreeWay,
  flawsOf,
  mergeThreeWay,
} from './registration-merge.js';

const department = (id: string, change: Partial<DepartmentDocument> = {}): DepartmentDocument => ({
  id,
  name: `${id}課`,
  kana: null,
  email: `${id}@town.example`,
  phone: null,
  fax: null,
  postalCode: null,
  address: null,
  ...change,
});
const contact = (id: string, change: Partial<ContactDocument> = {}): ContactDocument => ({
  id,
  departmentId: 'kikaku',
  name: `担当 ${id}`,
  kana: null,
  title: null,
  email: null,
  extension: null,
  role: 'primary',
  ...change,
});
const BASE: RegistrationDocument = {
  mainPhone: '0155-00-2110',
  primaryDepartmentId: 'kikaku',
  departments: [department('kikaku'), department('somu')],
  contacts: [contact('ono'), contact('sato', { departmentId: 'somu' })],
};
const states = (current: RegistrationDocument, proposed: RegistrationDocument): [string, string][] =>
  compareThreeWay(BASE, current, proposed).map(({ pointer, state }) => [pointer, state]);
const withContact = (id: string, change: Partial<ContactDocument>, base = BASE): RegistrationDocument => ({
  ...base,
  contacts: base.contacts.map((person) => (person.id === id ? { ...person, ...change } : person)),
});
const withoutContact = (id: string, base = BASE): RegistrationDocument => ({
  ...base,
  contacts: base.contacts.filter((person) => person.id !== id),
});
const withoutDepartment = (id: string): RegistrationDocument => ({
  ...BASE,
  departments: BASE.departments.filter((item) => item.id !== id),
  contacts: BASE.contacts.filter(({ departmentId }) => departmentId !== id),
});

describe('what changed on either side', () => {
  it('is no conflict where only one side changed it, or both alike', () => {
    const current = withContact(
      'ono',
      { extension: '1', title: '主査' },
      { ...BASE, mainPhone: '0155-00-9999' },
    );
    const proposed = withContact('ono', { kana: 'おの', title: '主査' });
    expect(states(current, proposed)).toEqual([
      ['/contacts/ono/kana', 'proposed'],
      ['/contacts/ono/title', 'same'],
      ['/mainPhone', 'current'],
      ['/contacts/ono/extension', 'current'],
    ]);
    const merge = mergeThreeWay(BASE, current, proposed);
    expect(merge).toMatchObject({ unresolved: [], dropped: [] });
    expect(merge.document).toEqual(withContact('ono', { kana: 'おの' }, current));
  });

  it('is a conflict where both changed it otherwise, with the three values in words', () => {
    const current = withContact('ono', { role: 'deputy', extension: '1' });
    const proposed = withContact('ono', { extension: '2' });
    expect(compareThreeWay(BASE, current, proposed)[0]).toEqual({
      pointer: '/contacts/ono/extension',
      label: '担当者（正）担当 ono　内線',
      state: 'conflict',
      baseText: null,
      currentText: '1',
      proposedText: '2',
    });
    const open = mergeThreeWay(BASE, current, proposed);
    expect(open.unresolved).toEqual(['/contacts/ono/extension']);
    expect(open.document).toEqual(current);
    const chosen = mergeThreeWay(BASE, current, proposed, new Map([['/contacts/ono/extension', 'proposed']]));
    expect(chosen.unresolved).toEqual([]);
    expect(chosen.document.contacts[0]).toMatchObject({ extension: '2', role: 'deputy' });
  });

  it('tells what was proposed and given up', () => {
    const proposed = withContact('ono', { extension: '2', title: '主査' });
    const choices = new Map([['/contacts/ono/title', 'current']] as const);
    const { document, dropped } = mergeThreeWay(BASE, BASE, proposed, choices);
    expect(document).toEqual(withContact('ono', { extension: '2' }));
    expect(dropped.map(({ pointer }) => pointer)).toEqual(['/contacts/ono/title']);
  });
});

it('puts whoever comes in the place of whoever leaves', () => {
  const successor = contact('abe');
  const proposed = { ...BASE, contacts: [successor, ...BASE.contacts.slice(1)] };
  const current = { ...BASE, contacts: [...BASE.contacts, contact('third')] };
  expect(mergeThreeWay(BASE, current, proposed).document.contacts.map(({ id }) => id)).toEqual([
    'abe',
    'sato',
    'third',
  ]);
});

describe('somebody who was removed on one side and changed on the other', () => {
  it('is one conflict about the whole person', () => {
    const changed = withContact('ono', { extension: '2', title: '主査' });
    const removed = withoutContact('ono');
    const pointer = '/contacts/ono';
    for (const [current, proposed] of [
      [changed, removed],
      [removed, changed],
    ] as const) {
      expect(states(current, proposed)).toEqual([[pointer, 'conflict']]);
      expect(mergeThreeWay(BASE, current, proposed, new Map([[pointer, 'current']])).document).toEqual(
        current,
      );
      const taken = mergeThreeWay(BASE, current, proposed, new Map([[pointer, 'proposed']])).document;
      expect(diffRegistrations(taken, proposed)).toEqual([]);
    }
    const [field] = compareThreeWay(BASE, removed, changed);
    expect(field?.currentText).toBeNull();
    expect(field?.proposedText).toContain('職名　主査');
  });

  it('is no conflict where both removed them', () => {
    expect(states(withoutContact('ono'), withoutContact('ono'))).toEqual([['/contacts/ono', 'same']]);
  });
});

describe('what does not fit together any more', () => {
  const newcomer = contact('new', { departmentId: 'somu' });

  it('is a conflict: somebody new in a department that has gone', () => {
    const proposed = { ...BASE, contacts: [...BASE.contacts, newcomer] };
    expect(states(withoutDepartment('somu'), proposed)).toContainEqual(['/contacts/new', 'conflict']);
  });

  it('is a conflict: a department to be removed that somebody new belongs to', () => {
    const current = { ...BASE, contacts: [...BASE.contacts, newcomer] };
    expect(states(current, withoutDepartment('somu'))).toContainEqual(['/departments/somu', 'conflict']);
  });

  it('is a conflict: a primary department that has gone', () => {
    const proposed = { ...BASE, primaryDepartmentId: 'somu' };
    expect(states(withoutDepartment('somu'), proposed)).toContainEqual(['/primaryDepartmentId', 'conflict']);
  });

  it('is named', () => {
    expect(flawsOf(BASE)).toEqual([]);
    expect(flawsOf({ ...BASE, departments: [] }).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/departments', 'no-department'],
      ['/primaryDepartmentId', 'department-missing'],
      ['/contacts/ono', 'department-missing'],
      ['/contacts/sato', 'department-missing'],
    ]);
  });
});

describe('somebody new', () => {
  const ids = ({ contacts }: RegistrationDocument): string[] => contacts.map(({ id }) => id);
  const people = (...names: string[]): RegistrationDocument => ({
    ...BASE,
    contacts: names.map((name) => contact(name)),
  });

  it.each([
    ['in place of the first', ['a', 'b', 'c'], ['a', 'b', 'c'], ['new', 'b', 'c'], ['new', 'b', 'c']],
    [
      'in place of one whose neighbour went',
      ['a', 'b', 'c'],
      ['x', 'b', 'c'],
      ['a', 'new', 'c'],
      ['x', 'new', 'c'],
    ],
    ['in place of the last', ['a', 'b'], ['x', 'b'], ['a', 'new'], ['x', 'new']],
    ['where others came, too', ['a', 'b'], ['a', 'b', 'x'], ['a', 'new', 'b'], ['a', 'new', 'b', 'x']],
    ['two of them', ['a', 'b'], ['b', 'a'], ['new', 'newer', 'a', 'b'], ['b', 'new', 'newer', 'a']],
  ])('stands where they were proposed: %s', (_what, base, current, proposed, expected) => {
    const { document } = mergeThreeWay(people(...base), people(...current), people(...proposed));
    expect(ids(document)).toEqual(expected);
  });

  it('stands there also where a part is refused', () => {
    const proposed = people('new', 'ono', 'sato');
    expect(ids(placeAsProposed(people('ono', 'sato', 'new'), people('ono', 'sato'), proposed))).toEqual(
      ids(proposed),
    );
  });
});

describe('for any documents', () => {
  const someText = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
  const documents = fc
    .record({
      mainPhone: fc.constantFrom('1', '2', '3'),
      departments: fc.uniqueArray(fc.constantFrom('kikaku', 'somu', 'kanko'), { minLength: 1 }),
      people: fc.uniqueArray(
        fc.record({ id: fc.constantFrom('ono', 'sato', 'abe'), title: someText, at: fc.nat() }),
        {
          selector: ({ id }) => id,
        },
      ),
      primary: fc.nat(),
      phone: someText,
    })
    .map(({ mainPhone, departments, people, primary, phone }): RegistrationDocument => {
      const pick = (index: number): string => departments[index % departments.length] as string;
      return {
        mainPhone,
        primaryDepartmentId: pick(primary),
        departments: departments.map((id) => department(id, { phone })),
        contacts: people.map(({ id, title, at }) => contact(id, { title, departmentId: pick(at) })),
      };
    });
  const sorted = ({ departments, contacts, ...rest }: RegistrationDocument): RegistrationDocument => ({
    ...rest,
    departments: departments.toSorted((a, b) => a.id.localeCompare(b.id)),
    contacts: contacts.toSorted((a, b) => a.id.localeCompare(b.id)),
  });

  it('applying the difference gives the other', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        expect(sorted(applyChanges(before, diffRegistrations(before, after)))).toEqual(sorted(after));
      }),
    );
  });

  it('nothing is lost: what one side alone changed stands, and nothing that both left changes', () => {
    fc.assert(
      fc.property(documents, documents, documents, (base, current, proposed) => {
        const { document, unresolved } = mergeThreeWay(base, current, proposed);
        const fields = compareThreeWay(base, current, proposed);
        const conflicts = fields.filter(({ state }) => state === 'conflict').map(({ pointer }) => pointer);
        expect(unresolved.toSorted()).toEqual(conflicts.toSorted());
        const changed = new Set(diffRegistrations(current, document).map(({ pointer }) => pointer));
        const proposals = fields.filter(({ state }) => state === 'proposed').map(({ pointer }) => pointer);
        expect([...changed].toSorted()).toEqual(proposals.toSorted());
        if (conflicts.length === 0) expect(flawsOf(document)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('a side against itself is that side', () => {
    fc.assert(
      fc.property(documents, documents, (base, side) => {
        expect(sorted(mergeThreeWay(base, base, side).document)).toEqual(sorted(side));
        expect(sorted(mergeThreeWay(base, side, base).document)).toEqual(sorted(side));
        expect(sorted(mergeThreeWay(base, side, side).document)).toEqual(sorted(side));
      }),
    );
  });
});
