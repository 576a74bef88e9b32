import type { RegistrationDocument } from '../registry/registration-document.js';
import { diffRegistrations } from '../registry/registration-diff.js';
import { handOver, judgeHandoverDate, removes } from './handover.policy.js';

describe('the date of a handover', () => {
  it.each([
    ['2026-03-31', '2026-04-01', null],
    ['2026-04-01', '2026-04-01', null],
    ['2026-04-02', '2026-04-01', 'in-the-past'],
    ['2026-12-31', '2027-01-01', null],
    ['2027-01-01', '2026-12-31', 'in-the-past'],
    ['2028-02-28', '2028-02-29', null],
    ['2028-02-29', '2028-02-28', 'in-the-past'],
    ['2028-02-29', '2029-03-01', null],
    ['2027-04-01', '2028-04-01', null],
    ['2027-04-01', '2028-04-02', 'too-far-ahead'],
    ['2027-04-01', '9999-12-31', 'too-far-ahead'],
  ])('today %s, on %s', (today, effectiveOn, code) => {
    expect(judgeHandoverDate(effectiveOn, today)?.code ?? null).toBe(code);
  });
});

it('puts one person in the place of another', () => {
  const ono = {
    id: 'ono',
    departmentId: 'kikaku',
    name: '小野寺 真理',
    kana: 'おのでら まり',
    title: '係長',
    email: 'ono@town.example',
    extension: '521',
    role: 'deputy',
  } as const;
  const document: RegistrationDocument = {
    mainPhone: '0155-00-2110',
    primaryDepartmentId: 'kikaku',
    departments: [],
    contacts: [ono, { ...ono, id: 'abe' }],
  };
  const incoming = { name: '三枝 千紘', kana: null, title: null, email: null, extension: '530' };
  const after = handOver(document, ono, incoming);
  expect(after.contacts).toMatchObject([
    { ...incoming, departmentId: 'kikaku', role: 'deputy' },
    { id: 'abe' },
  ]);
  const changes = diffRegistrations(document, after);
  expect([
    removes(changes, 'ono'),
    removes(changes, 'abe'),
    removes(changes, after.contacts[0]?.id ?? ''),
  ]).toEqual([true, false, false]);
});
