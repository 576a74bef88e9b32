import { diffRegistrations } from '../registry/registration-diff.js';
import { mailboxesOf, type RegistrationDocument } from '../registry/registration-document.js';
import { type Claim, recoveredDocument } from './recovery-document.js';

const CURRENT: RegistrationDocument = {
  mainPhone: '0155-00-2110',
  primaryDepartmentId: 'kikaku',
  departments: [
    {
      id: 'kikaku',
      name: '企画課',
      kana: 'きかくか',
      email: 'old@town.example',
      phone: '0155-00-2111',
      fax: '0155-00-2117',
      postalCode: null,
      address: '元町2',
    },
    {
      id: 'kanko',
      name: '観光課',
      kana: null,
      email: 'kanko@town.example',
      phone: null,
      fax: null,
      postalCode: null,
      address: null,
    },
  ],
  contacts: [
    {
      id: 'sato',
      departmentId: 'kikaku',
      name: '佐藤 健一',
      kana: 'さとう けんいち',
      title: '係長',
      email: 'sato@town.example',
      extension: '521',
      role: 'primary',
    },
    {
      id: 'takasaki',
      departmentId: 'kanko',
      name: '髙﨑 由美',
      kana: null,
      title: null,
      email: null,
      extension: null,
      role: 'primary',
    },
  ],
};

const CLAIM: Claim = {
  kind: 'lost-address',
  department: {
    name: '企画財政課',
    kana: null,
    email: 'new@town.example',
    phone: '0155-00-3333',
    fax: null,
    postalCode: '080-0198',
    address: null,
  },
  contact: { name: '小野寺 真理', kana: null, title: '主査', extension: null },
};

const recovered = (changes: Partial<Claim> = {}): RegistrationDocument =>
  recoveredDocument(CURRENT, { ...CLAIM, ...changes }, 'claimed');

describe.each(['lost-address', 'everyone-left'] as const)('%s', (kind) => {
  it('gives the primary department the mailbox and what the claim fills in, and leaves the others alone', () => {
    const { departments, mainPhone, primaryDepartmentId } = recovered({ kind });
    expect([mainPhone, primaryDepartmentId]).toEqual([CURRENT.mainPhone, 'kikaku']);
    expect(departments).toEqual([
      {
        id: 'kikaku',
        name: '企画財政課',
        kana: 'きかくか',
        email: 'new@town.example',
        phone: '0155-00-3333',
        fax: '0155-00-2117',
        postalCode: '080-0198',
        address: '元町2',
      },
      CURRENT.departments[1],
    ]);
  });

  it('makes the claimed person 正 of the primary department, without a mailbox of their own', () => {
    expect(recovered({ kind }).contacts[0]).toEqual({
      id: 'claimed',
      departmentId: 'kikaku',
      name: '小野寺 真理',
      kana: null,
      title: '主査',
      email: null,
      extension: null,
      role: 'primary',
    });
  });

  it('changes nothing of what it was given', () => {
    const before = structuredClone(CURRENT);
    recovered({ kind });
    expect(CURRENT).toEqual(before);
  });
});

describe('lost-address', () => {
  it('keeps everybody with their own mailboxes; who was 正 there becomes 副', () => {
    const { contacts } = recovered();
    expect(contacts.map(({ id, role }) => [id, role])).toEqual([
      ['claimed', 'primary'],
      ['sato', 'deputy'],
      ['takasaki', 'primary'],
    ]);
    expect(contacts[1]).toEqual({ ...CURRENT.contacts[0], role: 'deputy' });
    expect(mailboxesOf(recovered())).toEqual(['new@town.example', 'kanko@town.example', 'sato@town.example']);
  });

  it.each(['佐藤 健一', '佐藤健一', '佐藤　健一'])('knows %s again instead of adding them twice', (name) => {
    const contact = { name, kana: null, title: '課長', extension: null };
    const { contacts } = recovered({ contact });
    expect(contacts).toEqual([{ ...CURRENT.contacts[0], title: '課長' }, CURRENT.contacts[1]]);
  });

  it('takes somebody of the same name elsewhere for somebody else', () => {
    const contact = { ...CLAIM.contact, name: '髙﨑 由美' };
    expect(recovered({ contact }).contacts.map(({ id }) => id)).toEqual(['claimed', 'sato', 'takasaki']);
  });
});

describe('everyone-left', () => {
  it('leaves the claimed person alone, even of the same name', () => {
    const contact = { ...CLAIM.contact, name: '佐藤 健一' };
    const next = recovered({ kind: 'everyone-left', contact });
    expect(next.contacts.map(({ id, name }) => [id, name])).toEqual([['claimed', '佐藤 健一']]);
    expect(mailboxesOf(next)).toEqual(['new@town.example', 'kanko@town.example']);
    const kinds = diffRegistrations(CURRENT, next)
      .filter(({ pointer }) => pointer.startsWith('/contacts/'))
      .map(({ pointer, kind }) => [pointer, kind]);
    expect(kinds).toEqual([
      ['/contacts/sato', 'removed'],
      ['/contacts/takasaki', 'removed'],
      ['/contacts/claimed', 'added'],
    ]);
  });
});
