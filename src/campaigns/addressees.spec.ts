import type { ContactDocument, RegistrationDocument } from '../registry/registration-document.js';
import { addresseesOf } from './addressees.js';
import { STEP_RECIPIENTS } from './ladder.js';

const department = (id: string, email: string, name = `部署${id}`) => ({
  id,
  name,
  kana: null,
  email,
  phone: null,
  fax: null,
  postalCode: null,
  address: null,
});

const contact = (
  name: string,
  role: ContactDocument['role'],
  email: string | null,
  departmentId = 'a',
): ContactDocument => ({
  id: name,
  departmentId,
  name,
  kana: null,
  title: null,
  email,
  extension: null,
  role,
});

const document = (changes: Partial<RegistrationDocument> = {}): RegistrationDocument => ({
  mainPhone: '0155-00-2110',
  primaryDepartmentId: 'a',
  departments: [department('b', 'soumu@t.example'), department('a', 'kikaku@t.example')],
  contacts: [contact('佐藤', 'primary', 'sato@t.example'), contact('髙﨑', 'deputy', 'takasaki@t.example')],
  ...changes,
});

const to = (...args: Parameters<typeof addresseesOf>): string[] =>
  addresseesOf(...args).map(({ mailbox, person, as }) => `${mailbox} ${person ?? '-'} ${as}`);

it('writes to the person where they have a mailbox of their own', () => {
  expect(addresseesOf(document(), 'primary')).toEqual([
    { mailbox: 'sato@t.example', department: '部署a', person: '佐藤', as: 'primary' },
  ]);
  expect(to(document(), 'deputy')).toEqual(['takasaki@t.example 髙﨑 deputy']);
});

it('writes to the person at the department’s mailbox where they have none, at the department that is theirs', () => {
  const contacts = [contact('佐藤', 'primary', null, 'b')];
  expect(addresseesOf(document({ contacts }), 'primary')).toEqual([
    { mailbox: 'soumu@t.example', department: '部署b', person: '佐藤', as: 'primary' },
  ]);
});

it('writes to the primary department where there is no such person', () => {
  const contacts = [contact('佐藤', 'primary', 'sato@t.example')];
  expect(to(document({ contacts }), 'deputy')).toEqual(['kikaku@t.example - department']);
  expect(to(document({ contacts: [] }), 'primary')).toEqual(['kikaku@t.example - department']);
});

it('writes to the primary department alone where a step is for the department', () => {
  expect(to(document(), 'department')).toEqual(['kikaku@t.example - department']);
});

it('writes to every mailbox where a step is for everyone', () => {
  expect(to(document(), 'everyone')).toEqual([
    'soumu@t.example - department',
    'kikaku@t.example - department',
    'sato@t.example 佐藤 primary',
    'takasaki@t.example 髙﨑 deputy',
  ]);
});

it('writes to a mailbox once, also where it is written in capitals elsewhere', () => {
  const contacts = [
    contact('佐藤', 'primary', 'Kikaku@T.example'),
    contact('髙﨑', 'deputy', null),
    contact('三枝', 'deputy', 'SOUMU@t.example'),
  ];
  expect(to(document({ contacts }), 'everyone')).toEqual([
    'soumu@t.example - department',
    'kikaku@t.example - department',
  ]);
  const two = [contact('佐藤', 'primary', 'a@t.example'), contact('三枝', 'primary', 'A@T.EXAMPLE')];
  expect(to(document({ contacts: two }), 'primary')).toEqual(['a@t.example 佐藤 primary']);
});

it.each(STEP_RECIPIENTS)('always finds somebody to write to: %s', (recipients) => {
  expect(addresseesOf(document({ contacts: [] }), recipients)).not.toEqual([]);
  const astray = document({
    primaryDepartmentId: 'gone',
    contacts: [contact('佐藤', 'primary', null, 'gone')],
  });
  expect(addresseesOf(astray, recipients)).not.toEqual([]);
});

it('takes a registration without any department for what it is: broken', () => {
  expect(() => addresseesOf(document({ departments: [] }), 'department')).toThrow('without a department');
});
