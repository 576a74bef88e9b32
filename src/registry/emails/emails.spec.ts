import { flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import type { RegistrationDocument } from '../registration-document.js';
import { type ConfirmedParams, renderConfirmed } from './confirmed.js';
import { type RegisteredParams, renderRegistered } from './registered.js';

const MUNICIPALITY = '高知県檮原町';
const DOCUMENT: RegistrationDocument = {
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'kikaku',
  departments: [
    {
      id: 'kikaku',
      name: '企画財政課',
      kana: 'きかくざいせいか',
      email: 'kikaku@town-yusuhara.example',
      phone: '0889-00-1111',
      fax: '0889-00-1117',
      postalCode: '785-0695',
      address: '高知県高岡郡檮原町檮原1444-1',
    },
    {
      id: 'kanko',
      name: '観光推進課',
      kana: null,
      email: 'kanko@town-yusuhara.example',
      phone: null,
      fax: null,
      postalCode: null,
      address: null,
    },
  ],
  contacts: [
    {
      id: 'takasaki',
      departmentId: 'kikaku',
      name: '髙﨑 澪里',
      kana: 'たかさき みおり',
      title: '主査',
      email: 'takasaki@town-yusuhara.example',
      extension: '210',
      role: 'primary',
    },
  ],
};

/** As long as the forms allow, with nowhere to break. */
const LONGEST: RegistrationDocument = {
  ...DOCUMENT,
  departments: DOCUMENT.departments.map((department) => ({
    ...department,
    name: '檮'.repeat(100),
    kana: 'ゆ'.repeat(200),
    email: `${'a'.repeat(64)}@${'b'.repeat(60)}.example`,
    address: '町'.repeat(200),
  })),
  contacts: DOCUMENT.contacts.map((contact) => ({
    ...contact,
    name: '﨑'.repeat(100),
    kana: 'さ'.repeat(200),
    title: '長'.repeat(100),
  })),
};

const confirmed = (change: Partial<ConfirmedParams> = {}) =>
  renderConfirmed(
    {
      municipality: MUNICIPALITY,
      name: '髙﨑 澪里',
      at: new Date('2026-04-15T01:44:00Z'),
      method: 'confirmation',
      document: DOCUMENT,
      ...change,
    },
    MAIL_CONTEXT,
  );
const confirmedByPhone = () => confirmed({ method: 'phone', name: '中村 檮子' });
const registered = (change: Partial<RegisteredParams> = {}) =>
  renderRegistered(
    { municipality: MUNICIPALITY, document: DOCUMENT, receiptNumber: null, returning: false, ...change },
    MAIL_CONTEXT,
  );
const registeredOnApplication = () => registered({ receiptNumber: 'R8-A012' });
const registeredAgain = () => registered({ receiptNumber: 'R8-A012', returning: true });

describe.each([
  ['confirmed', confirmed],
  ['confirmed by telephone', confirmedByPhone],
  ['registered', registered],
  ['registered on application', registeredOnApplication],
  ['registered again after 退会', registeredAgain],
] as const)('%s', (_, render) => {
  it('reads as agreed', () => {
    const { subject, body } = render();
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(render(), 0)).toEqual([]);
  });
});

it.each([
  ['confirmed', confirmed({ document: LONGEST, name: '﨑'.repeat(100) })],
  ['registered', registered({ document: LONGEST })],
])('%s stays within its lines with the longest registration', (_, mail) => {
  expect(flawsOf(mail, 0)).toEqual([]);
});

it('what was confirmed by telephone does not name the member of staff as who answered', () => {
  expect(confirmedByPhone().body).not.toContain('回答された方　中村 檮子');
});
