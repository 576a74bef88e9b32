import { mailboxesOf, pointersOf, type RegistrationDocument } from './registration-document.js';

const department = {
  id: 'kikaku',
  name: '企画課',
  kana: null,
  email: 'Kikaku@town-yusuhara.example',
  phone: null,
  fax: null,
  postalCode: null,
  address: null,
};
const contact = {
  id: 'takasaki',
  departmentId: 'kikaku',
  name: '髙﨑 澪里',
  kana: null,
  title: null,
  email: null,
  extension: null,
  role: 'primary' as const,
};
const document: RegistrationDocument = {
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'kikaku',
  departments: [department],
  contacts: [contact],
};

describe('mailboxesOf', () => {
  it('has those of departments first and leaves out people without their own', () => {
    const contacts = [contact, { ...contact, id: 'kawasaki', email: 'kawasaki@town-yusuhara.example' }];
    expect(mailboxesOf({ ...document, contacts })).toEqual([
      'Kikaku@town-yusuhara.example',
      'kawasaki@town-yusuhara.example',
    ]);
  });

  it('counts a mailbox once however it is spelt, and keeps the first spelling', () => {
    const departments = [department, { ...department, id: 'somu', email: 'KIKAKU@town-yusuhara.example' }];
    const contacts = [{ ...contact, email: 'kikaku@TOWN-yusuhara.example' }];
    expect(mailboxesOf({ departments, contacts })).toEqual(['Kikaku@town-yusuhara.example']);
  });
});

describe('pointersOf', () => {
  it('names every field whose freshness is kept, by ids', () => {
    expect(pointersOf(document)).toEqual([
      '/mainPhone',
      '/departments/kikaku/name',
      '/departments/kikaku/kana',
      '/departments/kikaku/email',
      '/departments/kikaku/phone',
      '/departments/kikaku/fax',
      '/departments/kikaku/postalCode',
      '/departments/kikaku/address',
      '/contacts/takasaki/role',
      '/contacts/takasaki/name',
      '/contacts/takasaki/kana',
      '/contacts/takasaki/title',
      '/contacts/takasaki/email',
      '/contacts/takasaki/extension',
    ]);
  });
});
