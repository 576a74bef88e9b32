import { flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import type { RenderedMail } from '../../platform/outbox/message.js';
import { diffRegistrations } from '../../registry/registration-diff.js';
import type { RegistrationDocument } from '../../registry/registration-document.js';
import { refuse } from '../change-request.policy.js';
import { renderAddressJoining } from './address-joining.js';
import { renderAddressLeaving } from './address-leaving.js';
import { renderAddressRemoved } from './address-removed.js';
import { renderAppliedAtOnce } from './applied-at-once.js';
import { renderApproved } from './approved.js';
import { renderExpired } from './expired.js';
import { renderExpiring } from './expiring.js';
import { renderHandoverBlocked } from './handover-blocked.js';
import { renderPartlyApproved } from './partly-approved.js';
import { renderReceived } from './received.js';
import { renderReturned } from './returned.js';
import { renderScheduled } from './scheduled.js';
import { renderVerifyAddress } from './verify-address.js';
import { renderWithdrawn } from './withdrawn.js';

const OLD_MAILBOX = 'kikaku@town-yusuhara.example';
const NEW_MAILBOX = 'chosei@town-yusuhara.example';

const BASE: RegistrationDocument = {
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'kikaku',
  departments: [
    {
      id: 'kikaku',
      name: '企画財政課',
      kana: null,
      email: OLD_MAILBOX,
      phone: '0889-00-1111',
      fax: null,
      postalCode: null,
      address: '高知県高岡郡檮原町檮原1444-1',
    },
  ],
  contacts: [
    {
      id: 'kawasaki',
      departmentId: 'kikaku',
      name: '川﨑 檮一',
      kana: null,
      title: '係長',
      email: null,
      extension: '205',
      role: 'primary',
    },
  ],
};

const changeTo = (departmentName: string, name: string) =>
  diffRegistrations(BASE, {
    ...BASE,
    departments: BASE.departments.map((department) => ({
      ...department,
      name: departmentName,
      email: NEW_MAILBOX,
      fax: '0889-00-1117',
    })),
    contacts: BASE.contacts.map((contact) => ({ ...contact, id: 'takasaki', name, title: '主査' })),
  });

/** All that there is to say of a change request; each template takes its part. */
const FACTS = {
  municipality: '高知県檮原町',
  number: 'R8-0412',
  name: '髙﨑 澪里',
  email: NEW_MAILBOX,
  reason: null as string | null,
  undoReason: null as string | null,
  effectiveOn: null as string | null,
  changes: changeTo('企画調整課', '髙﨑 澪里'),
  awaiting: [] as string[],
  at: new Date('2026-04-15T01:44:00Z'),
  expiresAt: new Date('2026-04-29T01:44:00Z'),
};
type Facts = typeof FACTS;
/** The department's changes are taken over, those of the people aren't. */
const PARTLY = {
  ...FACTS,
  changes: FACTS.changes.filter(({ pointer }) => pointer.startsWith('/departments/')),
  refused: FACTS.changes
    .filter(({ pointer }) => pointer.startsWith('/contacts/'))
    .map((change) => refuse(change, '氏名の漢字を、もう一度お確かめください。')),
};
const HANDOVER = { effectiveOn: '2027-04-01' };
const REASON = '所属アドレスの市町村名が違うようです。お確かめください。';

const MAILS: Record<string, (facts?: Partial<Facts>) => RenderedMail> = {
  received: (facts) => renderReceived({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'received, new mailboxes have to answer': (facts) =>
    renderReceived({ ...FACTS, awaiting: [NEW_MAILBOX], ...facts }, MAIL_CONTEXT),
  'received, a handover': (facts) => renderReceived({ ...FACTS, ...facts, ...HANDOVER }, MAIL_CONTEXT),
  approved: (facts) => renderApproved({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'approved, a handover': (facts) => renderApproved({ ...FACTS, ...facts, ...HANDOVER }, MAIL_CONTEXT),
  'approved, with a word from staff': (facts) =>
    renderApproved({ ...FACTS, reason: '4月1日付けとして反映しました。', ...facts }, MAIL_CONTEXT),
  'approved, it takes another back': (facts) =>
    renderApproved({ ...FACTS, name: '事務局', ...facts, undoReason: facts?.reason ?? REASON }, MAIL_CONTEXT),
  returned: (facts) => renderReturned({ ...FACTS, ...facts, reason: facts?.reason ?? REASON }, MAIL_CONTEXT),
  withdrawn: (facts) => renderWithdrawn({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'verify-address': (facts) => renderVerifyAddress({ ...FACTS, ...facts, number: '100001' }, MAIL_CONTEXT),
  'partly-approved': (facts) => renderPartlyApproved({ ...PARTLY, ...facts }, MAIL_CONTEXT),
  'partly-approved, a handover': (facts) =>
    renderPartlyApproved({ ...PARTLY, ...facts, ...HANDOVER }, MAIL_CONTEXT),
  'applied-at-once': (facts) => renderAppliedAtOnce({ ...FACTS, ...facts }, MAIL_CONTEXT),
  scheduled: (facts) => renderScheduled({ ...PARTLY, ...facts, ...HANDOVER, refused: [] }, MAIL_CONTEXT),
  'scheduled, in part': (facts) => renderScheduled({ ...PARTLY, ...facts, ...HANDOVER }, MAIL_CONTEXT),
  'expiring, new mailboxes have to answer': (facts) =>
    renderExpiring({ ...FACTS, returned: false, awaiting: [NEW_MAILBOX], ...facts }, MAIL_CONTEXT),
  'expiring, it was given back': (facts) =>
    renderExpiring({ ...FACTS, returned: true, ...facts }, MAIL_CONTEXT),
  'handover-blocked': (facts) => renderHandoverBlocked({ ...FACTS, ...facts, ...HANDOVER }, MAIL_CONTEXT),
  expired: (facts) => renderExpired({ ...FACTS, returned: false, ...facts }, MAIL_CONTEXT),
  'expired, it was given back': (facts) =>
    renderExpired({ ...FACTS, returned: true, ...facts }, MAIL_CONTEXT),
  'address-joining': (facts) => renderAddressJoining({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'address-leaving': (facts) =>
    renderAddressLeaving({ ...FACTS, email: OLD_MAILBOX, ...facts }, MAIL_CONTEXT),
  'address-removed': (facts) =>
    renderAddressRemoved({ ...FACTS, email: OLD_MAILBOX, ...facts }, MAIL_CONTEXT),
};
const mail = (name: keyof typeof MAILS, facts?: Partial<Facts>): RenderedMail => MAILS[name]!(facts);
const names = Object.keys(MAILS);

const codesIn = (name: string): number => (name === 'verify-address' ? 1 : 0);

describe.each(names)('%s', (name) => {
  it('reads as agreed', () => {
    const { subject, body } = mail(name);
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(mail(name), codesIn(name))).toEqual([]);
  });

  it('stays within its lines with the longest names, addresses and reasons', () => {
    const longest = {
      name: '﨑'.repeat(100),
      email: `${'a'.repeat(64)}@${'b'.repeat(60)}.example`,
      reason: '反映しました'.repeat(150),
      changes: changeTo('檮'.repeat(100), '髙'.repeat(100)),
    };
    expect(flawsOf(mail(name, longest), codesIn(name))).toEqual([]);
  });
});

describe.each(['verify-address', 'address-leaving', 'address-removed'])('%s', (name) => {
  const own = name === 'verify-address' ? NEW_MAILBOX : OLD_MAILBOX;
  const { subject, body } = mail(name);
  const text = subject + body;

  it('names no person and no department', () => {
    expect(text).not.toMatch(/髙﨑|川﨑|企画/u);
  });

  it('names its own mailbox and no other', () => {
    expect(text.match(/[\w.]+@[\w.-]+/g)).toEqual([own]);
  });

  it('tells nothing of what changes', () => {
    expect(text).not.toMatch(/0889|係長|主査|内線|変更後/u);
  });
});

describe('a deadline', () => {
  it.each([
    'received, new mailboxes have to answer',
    'verify-address',
    'returned',
    'expiring, it was given back',
  ])('in %s is a day with its weekday and by era', (name) => {
    expect(mail(name).body).toMatch(/\d+年（令和8年）\d+月\d+日（[日月火水木金土]）/u);
  });

  it.each(['verify-address', 'returned'])('in %s promises no more time than there is', (name) => {
    // It ends at 10:44 on the 29th: either the time stands there or the day before does.
    expect(mail(name).body).toMatch(/10時44分|4月28日/u);
  });
});

it('the verification asks for its code at a short address that can be typed', () => {
  expect(mail('verify-address').body).toContain('\n　https://renkei.example.jp/v\n');
  expect(mail('verify-address').body).toContain('番号　　100 001');
});

it('the decision does not call old values those that are registered now', () => {
  expect(mail('approved').body).not.toContain('いまの登録');
});

it('an empty word from staff leaves no heading behind', () => {
  expect(mail('approved').body).not.toContain('事務局から');
});
