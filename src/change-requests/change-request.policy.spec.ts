import type { Actor, MemberActor, StaffActor } from '../platform/access/viewer.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import {
  isReviewerOtherThanProposer,
  leavingMailboxes,
  mayGoOnWith,
  mayRebase,
  mayTakeBack,
  newMailboxes,
  without,
} from './change-request.policy.js';

const member = (registrationId: string): MemberActor => ({
  kind: 'member',
  sessionId: 's1',
  registrationId,
  mailbox: 'kikaku@town-yusuhara.example',
  name: '髙﨑 澪里',
  roles: ['member'],
});

const staff = (accountId: string): StaffActor => ({
  kind: 'staff',
  sessionId: 's2',
  accountId,
  mailbox: 'nakamura@tokyo23.example',
  name: '中村 檮子',
  roles: ['reviewer'],
  steppedUp: true,
});

const system: Actor = { kind: 'system', name: 'outbox' };
const byClerk = { registrationId: 'yusuhara', proposedByAccountId: null };
const byNakamura = { registrationId: 'yusuhara', proposedByAccountId: 'nakamura' };

describe('who decides', () => {
  it.each([
    ['staff on what a clerk sent', staff('nakamura'), byClerk, true],
    ['staff on what a colleague proposed', staff('kimura'), byNakamura, true],
    ['staff on their own proposal', staff('nakamura'), byNakamura, false],
    ['a clerk', member('yusuhara'), byClerk, false],
    ['the portal itself', system, byClerk, false],
  ])('%s', (_, actor, request, allowed) => {
    expect(isReviewerOtherThanProposer(actor, request)).toBe(allowed);
  });
});

describe('who goes on with a change request', () => {
  it.each([
    ['a clerk of the municipality', member('yusuhara'), byClerk, true],
    ['a clerk, with what staff proposed for the municipality', member('yusuhara'), byNakamura, false],
    ['a clerk of another municipality', member('otofuke'), byClerk, false],
    ['the member of staff who proposed it', staff('nakamura'), byNakamura, true],
    ['another member of staff', staff('kimura'), byNakamura, false],
    ['staff, with what a clerk sent', staff('nakamura'), byClerk, false],
    ['the portal itself', system, byClerk, false],
  ])('%s', (_, actor, request, allowed) => {
    expect(mayGoOnWith(actor, request)).toBe(allowed);
  });
});

describe('who takes a change request back', () => {
  it.each([
    ['a clerk, also what staff proposed', member('yusuhara'), byNakamura, true],
    ['a clerk of another municipality', member('otofuke'), byNakamura, false],
    ['the member of staff who proposed it', staff('nakamura'), byNakamura, true],
    ['staff, what a clerk sent', staff('nakamura'), byClerk, false],
    ['the portal itself', system, byClerk, false],
  ])('%s', (_, actor, request, allowed) => {
    expect(mayTakeBack(actor, { ...request, status: 'under_review' })).toBe(allowed);
  });

  it('staff call off a handover that waits for its date, whoever proposed it', () => {
    expect(mayTakeBack(staff('nakamura'), { ...byClerk, status: 'scheduled' })).toBe(true);
    expect(mayTakeBack(member('otofuke'), { ...byClerk, status: 'scheduled' })).toBe(false);
  });
});

describe('who puts a change request on top of what is registered now', () => {
  it.each([
    ['a clerk, what their municipality sent', member('yusuhara'), byClerk, 'returned', true],
    ['a clerk, what staff proposed', member('yusuhara'), byNakamura, 'under_review', false],
    ['a clerk of another municipality', member('otofuke'), byClerk, 'under_review', false],
    ['staff, what they review', staff('nakamura'), byClerk, 'under_review', true],
    ['staff, a handover that could not be applied', staff('nakamura'), byClerk, 'scheduled', true],
    ['staff, their own handover that is decided', staff('nakamura'), byNakamura, 'scheduled', false],
    ['a clerk, a handover that is decided', member('yusuhara'), byClerk, 'scheduled', false],
    ['staff, what lies with the clerk', staff('nakamura'), byClerk, 'returned', false],
    ['staff, what waits for a mailbox', staff('nakamura'), byClerk, 'awaiting_verification', false],
    ['staff, their own at any time', staff('nakamura'), byNakamura, 'returned', true],
  ] as const)('%s', (_, actor, request, status, allowed) => {
    expect(mayRebase(actor, { ...request, status })).toBe(allowed);
  });
});

const registration = (departmentEmail: string, contactEmail: string | null): RegistrationDocument => ({
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'kikaku',
  departments: [
    {
      id: 'kikaku',
      name: '企画課',
      kana: null,
      email: departmentEmail,
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
      kana: null,
      title: null,
      email: contactEmail,
      extension: null,
      role: 'primary',
    },
  ],
});

describe('mailboxes of a proposal', () => {
  const base = registration('kikaku@town-yusuhara.example', 'takasaki@town-yusuhara.example');

  it('that come and that go are told apart', () => {
    const proposed = registration('chosei@town-yusuhara.example', 'takasaki@town-yusuhara.example');
    expect(newMailboxes(base, proposed)).toEqual(['chosei@town-yusuhara.example']);
    expect(leavingMailboxes(base, proposed)).toEqual(['kikaku@town-yusuhara.example']);
  });

  it('that are only spelt otherwise neither come nor go', () => {
    const proposed = registration('Kikaku@Town-Yusuhara.example', 'TAKASAKI@town-yusuhara.example');
    expect(newMailboxes(base, proposed)).toEqual([]);
    expect(leavingMailboxes(base, proposed)).toEqual([]);
  });

  it('that only change places neither come nor go', () => {
    const proposed = registration('takasaki@town-yusuhara.example', 'kikaku@town-yusuhara.example');
    expect(newMailboxes(base, proposed)).toEqual([]);
    expect(leavingMailboxes(base, proposed)).toEqual([]);
  });

  it("that a person gives up go, though the department's stays", () => {
    const proposed = registration('kikaku@town-yusuhara.example', null);
    expect(newMailboxes(base, proposed)).toEqual([]);
    expect(leavingMailboxes(base, proposed)).toEqual(['takasaki@town-yusuhara.example']);
  });
});

it('without compares in any case and keeps the spelling', () => {
  expect(without(['A@x.example', 'B@x.example'], ['a@X.example'])).toEqual(['B@x.example']);
});
