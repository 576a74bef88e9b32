import { diffRegistrations } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { acceptedChanges, acceptedDocument, refuse } from './change-request.policy.js';
import { type Choice, divide } from './division.js';

const BASE: RegistrationDocument = {
  mainPhone: '0155-00-2110',
  primaryDepartmentId: 'kikaku',
  departments: [
    {
      id: 'kikaku',
      name: '企画課',
      kana: null,
      email: 'kikaku@town.example',
      phone: null,
      fax: null,
      postalCode: null,
      address: null,
    },
  ],
  contacts: [
    {
      id: 'ono',
      departmentId: 'kikaku',
      name: '小野寺 真理',
      kana: null,
      title: null,
      email: null,
      extension: '521',
      role: 'primary',
    },
  ],
};
const [department, contact] = [BASE.departments[0], BASE.contacts[0]];
if (!department || !contact) throw new Error('the base has one of each');
const PROPOSED: RegistrationDocument = {
  ...BASE,
  mainPhone: '0155-00-9999',
  departments: [department, { ...department, id: 'somu', name: '総務課', email: 'somu@town.example' }],
  contacts: [
    { ...contact, extension: '534' },
    { ...contact, id: 'abe', departmentId: 'somu', name: '阿部 悠' },
  ],
};
const request = {
  base: BASE,
  proposed: PROPOSED,
  changes: diffRegistrations(BASE, PROPOSED),
  refused: [],
};
const ALL = ['/mainPhone', '/departments/somu', '/contacts/ono/extension', '/contacts/abe'];
const refusals = (...pointers: string[]): { pointer: string; reason: string }[] =>
  pointers.map((pointer) => ({ pointer, reason: 'お確かめください。' }));
const errorsOf = (choice: Choice): string[] =>
  divide(request, choice).errors.map(({ pointer, code }) => `${pointer} ${code}`);

it('has the changes that the cases below speak of', () => {
  expect(request.changes.map(({ pointer }) => pointer)).toEqual(ALL);
});

it('takes everything over where nothing is said', () => {
  expect(divide(request, {})).toEqual({ refused: [], errors: [] });
  expect(acceptedDocument({ ...request, refused: [] })).toBe(PROPOSED);
});

it('takes over the rest of what is refused, each with its reason', () => {
  const { refused, errors } = divide(request, { refusals: refusals('/mainPhone') });
  expect(errors).toEqual([]);
  expect(refused).toMatchObject([{ pointer: '/mainPhone', label: '代表電話', reason: 'お確かめください。' }]);
  expect(acceptedChanges({ ...request, refused }).map(({ pointer }) => pointer)).toEqual(ALL.slice(1));
  expect(acceptedDocument({ ...request, refused })).toEqual({ ...PROPOSED, mainPhone: BASE.mainPhone });
});

it('keeps what was given up before', () => {
  const earlier = refuse(request.changes[0] as (typeof request.changes)[0], 'まえに');
  const { refused } = divide(
    { ...request, refused: [earlier] },
    { refusals: refusals('/contacts/ono/extension') },
  );
  expect(refused.map(({ pointer }) => pointer)).toEqual(['/mainPhone', '/contacts/ono/extension']);
});

it.each<[string, Choice, string[]]>([
  ['an unknown change', { accept: [...ALL, '/x'] }, ['/accept/4 unknown-change']],
  ['an unknown refusal', { refusals: refusals('/contacts/0/email') }, ['/refusals/0/pointer unknown-change']],
  ['a change named twice', { accept: [...ALL, '/mainPhone'] }, ['/accept/4 duplicate']],
  ['a change in both', { accept: ALL, refusals: refusals('/mainPhone') }, ['/refusals/0/pointer duplicate']],
  ['a change in neither', { accept: ALL.slice(1) }, ['/refusals reason-required']],
  ['nothing at all', { accept: [], refusals: refusals(...ALL) }, ['/accept nothing-accepted']],
  [
    'somebody without their department',
    { refusals: refusals('/departments/somu') },
    ['/refusals depends-on'],
  ],
])('refuses %s', (_name, choice, errors) => {
  expect(errorsOf(choice)).toEqual(errors);
});

it('says which changes belong together', () => {
  const [error] = divide(request, { refusals: refusals('/departments/somu') }).errors;
  expect(error?.message).toContain('「担当部署　総務課」');
});
