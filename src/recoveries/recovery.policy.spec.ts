import type { Actor } from '../platform/access/viewer.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { isNumberOfClaim, isRegisteredMailbox, isSecondPerson, nextOrRefuse } from './recovery.policy.js';

const staff = (accountId: string): Actor => ({
  kind: 'staff',
  accountId,
  sessionId: 's',
  mailbox: 'x@council.example',
  name: '中邨 彩葉',
  roles: ['reviewer'],
  steppedUp: true,
});

it('the second person is another member of staff than whoever called', () => {
  expect(isSecondPerson(staff('two'), { confirmedByAccountId: 'one' })).toBe(true);
  expect(isSecondPerson(staff('one'), { confirmedByAccountId: 'one' })).toBe(false);
});

it('without a call that confirmed it there is no second person', () => {
  expect(isSecondPerson(staff('two'), { confirmedByAccountId: null })).toBe(false);
});

it('the portal itself and a member are nobody’s second person', () => {
  expect(isSecondPerson({ kind: 'system', name: 'x' }, { confirmedByAccountId: 'one' })).toBe(false);
  const member: Actor = {
    kind: 'member',
    sessionId: 's',
    registrationId: 'r',
    mailbox: 'x@town.example',
    name: '小野寺 真理',
    roles: ['member'],
  };
  expect(isSecondPerson(member, { confirmedByAccountId: 'one' })).toBe(false);
});

describe("a number is the claim's", () => {
  const department = {
    name: '企画課',
    kana: null,
    email: 'new@town.example',
    phone: '0155-00-3333',
    fax: '0155-00-3337',
    postalCode: null,
    address: null,
  };

  it.each([
    '0155-00-3333',
    '0155003333',
    '(0155)00-3333',
    '0155 00 3333',
    '+81-155-00-3333',
    '+81 0155003333',
  ])('written as %s', (number) => {
    expect(isNumberOfClaim(number, department)).toBe(true);
  });

  it('also where it is the fax', () => {
    expect(isNumberOfClaim('0155-00-3337', department)).toBe(true);
  });

  it.each(['0155-00-3334', '0155-00-2110', '155-00-3333'])('but %s is not', (number) => {
    expect(isNumberOfClaim(number, department)).toBe(false);
  });

  it('and none is where the claim has none', () => {
    expect(isNumberOfClaim('0155-00-3333', { ...department, phone: null, fax: null })).toBe(false);
  });
});

it('a mailbox is registered whatever its case, of a department or a person', () => {
  const document = {
    departments: [{ email: 'Kikaku@town.example' }],
    contacts: [{ email: null }, { email: 'sato@town.example' }],
  } as unknown as RegistrationDocument;
  expect(isRegisteredMailbox('kikaku@TOWN.example', document)).toBe(true);
  expect(isRegisteredMailbox('SATO@town.example', document)).toBe(true);
  expect(isRegisteredMailbox('new@town.example', document)).toBe(false);
});

describe('what cannot happen', () => {
  it.each(['done', 'declined', 'expired'] as const)('to one that is %s: its procedure is over', (status) => {
    for (const event of ['agree', 'decline', 'confirmed'] as const) {
      expect(() => nextOrRefuse(status, event)).toThrow('recovery-decided');
    }
  });

  it('yet: it is not ready', () => {
    expect(() => nextOrRefuse('awaiting_verification', 'confirmed')).toThrow('recovery-not-ready');
    expect(() => nextOrRefuse('awaiting_call', 'agree')).toThrow('recovery-not-ready');
    expect(() => nextOrRefuse('awaiting_agreement', 'confirmed')).toThrow('recovery-not-ready');
  });

  it('and what can, goes on', () => {
    expect(nextOrRefuse('awaiting_agreement', 'agree')).toBe('done');
  });
});
