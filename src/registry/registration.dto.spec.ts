import type { DomainError } from '../platform/http/domain-error.js';
import { createValidationPipe } from '../platform/http/validation.js';
import { CreateRegistrationDto, ProposedRegistrationDto } from './registration.dto.js';

const pipe = createValidationPipe();

const department = { id: 'new-1', name: '企画課', email: 'kikaku@town-yusuhara.example' };
const contact = { id: 'new-1', departmentId: 'new-1', name: '髙﨑 澪里', role: 'primary' };
const smallest = {
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'new-1',
  departments: [department],
  contacts: [contact],
};

const read = (body: unknown, metatype: typeof ProposedRegistrationDto = ProposedRegistrationDto) =>
  pipe.transform(body, { type: 'body', metatype }) as Promise<unknown>;

async function errorsOf(body: unknown): Promise<string[]> {
  const outcome: unknown = await read(body).catch((error: unknown) => error);
  return ((outcome as DomainError).details?.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

it('a proposal needs a name and a mailbox of a department, and a name and a role of a person', async () => {
  expect(await read(smallest)).toEqual({
    ...smallest,
    departments: [{ ...department, kana: null, phone: null, fax: null, postalCode: null, address: null }],
    contacts: [{ ...contact, kana: null, title: null, email: null, extension: null }],
  });
});

it('a new registration is a proposal with its municipality', async () => {
  const created = await read({ ...smallest, municipalityCode: '394050' }, CreateRegistrationDto);
  expect(created).toMatchObject({ municipalityCode: '394050', mainPhone: '0889-00-1110' });
});

it.each([
  ['no department', { departments: [] }, '/departments too-few'],
  ['departments that are no list', { departments: { 0: department } }, '/departments type'],
  ['people who are no list', { contacts: { 0: contact } }, '/contacts type'],
  ['a person in no role', { contacts: [{ ...contact, role: 'boss' }] }, '/contacts/0/role not-allowed'],
  ['an id of another kind', { departments: [{ ...department, id: '1' }] }, '/departments/0/id format'],
  ['an id in capitals', { primaryDepartmentId: 'NEW-1' }, '/primaryDepartmentId format'],
  ['a label that is a path', { primaryDepartmentId: 'new-../x' }, '/primaryDepartmentId format'],
  [
    'two mailboxes in one',
    { departments: [{ ...department, email: 'a@x.example,b@y.example' }] },
    '/departments/0/email email',
  ],
  [
    'an extension with an address in it',
    { contacts: [{ ...contact, extension: 'a@b' }] },
    '/contacts/0/extension format',
  ],
  ['a status of its own', { status: 'active' }, '/status unknown-field'],
])('a proposal with %s is refused by name', async (_, change, error) => {
  expect(await errorsOf({ ...smallest, ...change })).toEqual([error]);
});
