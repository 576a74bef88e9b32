import type { RegistrationDocument } from '../registry/registration-document.js';
import {
  applicantMailboxOf,
  awaitingMailboxes,
  hasAnswered,
  hindranceOf,
  mayApplyAgain,
  taskOf,
} from './application.policy.js';
import { APPLICATION_STATUSES } from './application.state.js';

const department = (id: string, email: string): RegistrationDocument['departments'][number] => ({
  id,
  name: '企画課',
  kana: null,
  email,
  phone: null,
  fax: null,
  postalCode: null,
  address: null,
});

const proposed: RegistrationDocument = {
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'kikaku',
  departments: [
    department('somu', 'somu@town-yusuhara.example'),
    department('kikaku', 'Kikaku@town-yusuhara.example'),
  ],
  contacts: [],
};

const answered = (email: string, verifiedAt: string | null = '2026-11-22T01:58:00.000Z') => ({
  email,
  verifiedAt,
});

it('the answer goes to the primary department, wherever it stands', () => {
  expect(applicantMailboxOf(proposed)).toBe('Kikaku@town-yusuhara.example');
});

describe('mailboxes that have to answer', () => {
  it('are all of them at first', () => {
    expect(awaitingMailboxes({ proposed, verifications: [] })).toEqual([
      'somu@town-yusuhara.example',
      'Kikaku@town-yusuhara.example',
    ]);
  });

  it('are fewer with each answer, in whatever case it was written', () => {
    const verifications = [answered('kikaku@town-yusuhara.example')];
    expect(awaitingMailboxes({ proposed, verifications })).toEqual(['somu@town-yusuhara.example']);
    expect(hasAnswered({ verifications }, 'KIKAKU@town-yusuhara.example')).toBe(true);
  });

  it('are no fewer for a code that was only mailed', () => {
    const verifications = [answered('somu@town-yusuhara.example', null)];
    expect(awaitingMailboxes({ proposed, verifications })).toHaveLength(2);
  });

  it('are one where departments and people share it', () => {
    const shared = {
      ...proposed,
      departments: [department('kikaku', 'a@b.example'), department('somu', 'A@b.example')],
    };
    expect(awaitingMailboxes({ proposed: shared, verifications: [] })).toEqual(['a@b.example']);
  });
});

it.each([
  [0, true],
  [39, true],
  [40, false],
  [41, false],
])('with %d that nobody verified, another is allowed: %s', (unverified, allowed) => {
  expect(mayApplyAgain(unverified)).toBe(allowed);
});

it('only one under review can be decided on', () => {
  expect(APPLICATION_STATUSES.map((status) => [status, hindranceOf(status)])).toEqual([
    ['awaiting_verification', 'application-not-under-review'],
    ['under_review', null],
    ['accepted', 'application-decided'],
    ['declined', 'application-decided'],
    ['expired', 'application-decided'],
  ]);
});

it('the task says whose it is, by its number', () => {
  expect(taskOf({ id: 'a', municipality: '高知県檮原町', number: 'R8-A012' })).toEqual({
    subjectId: 'a',
    registrationId: null,
    title: '高知県檮原町　登録の申込み R8-A012',
  });
});
