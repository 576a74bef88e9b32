import { flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import type { RenderedMail } from '../../platform/outbox/message.js';
import type { RegistrationDocument } from '../../registry/registration-document.js';
import { renderDeclined } from './declined.js';
import { renderExpired } from './expired.js';
import { renderReceived } from './received.js';
import { renderVerifyAddress } from './verify-address.js';
import { renderWithdrawn } from './withdrawn.js';

const MAILBOX = 'kikaku@town-yusuhara.example';

const documentOf = (departmentName: string, name: string): RegistrationDocument => ({
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'kikaku',
  departments: [
    {
      id: 'kikaku',
      name: departmentName,
      kana: null,
      email: MAILBOX,
      phone: '0889-00-1111',
      fax: null,
      postalCode: '785-0695',
      address: '高知県高岡郡檮原町檮原1444-1',
    },
  ],
  contacts: [
    {
      id: 'takasaki',
      departmentId: 'kikaku',
      name,
      kana: null,
      title: '主査',
      email: 'takasaki@town-yusuhara.example',
      extension: '210',
      role: 'primary',
    },
  ],
});

/** All that there is to say; each template takes its part. */
const FACTS = {
  municipality: '高知県檮原町',
  number: 'R8-A012',
  name: '髙﨑 澪里',
  email: MAILBOX,
  reason: '登録は、連携協定の範囲の自治体にお願いしています。協定が結ばれましたら、改めてご案内します。',
  comment: null as string | null,
  document: documentOf('企画財政課', '髙﨑 澪里'),
  awaiting: ['takasaki@town-yusuhara.example'],
  on: '2026-11-22',
  changeRequests: [] as string[],
  expiresAt: new Date('2026-12-06T15:00:00Z'),
};
type Facts = typeof FACTS;
const LEAVING = '町の方針により、令和8年11月をもって退会します。';

const MAILS: Record<string, (facts?: Partial<Facts>) => RenderedMail> = {
  'verify-address': (facts) => renderVerifyAddress({ ...FACTS, ...facts, number: '100001' }, MAIL_CONTEXT),
  received: (facts) => renderReceived({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'received, with a word to the office': (facts) =>
    renderReceived({ ...FACTS, comment: '令和8年度から参加を希望します。', ...facts }, MAIL_CONTEXT),
  declined: (facts) => renderDeclined({ ...FACTS, ...facts }, MAIL_CONTEXT),
  expired: (facts) => renderExpired({ ...FACTS, ...facts }, MAIL_CONTEXT),
  withdrawn: (facts) => renderWithdrawn({ ...FACTS, reason: LEAVING, ...facts }, MAIL_CONTEXT),
  'withdrawn, with a change request': (facts) =>
    renderWithdrawn({ ...FACTS, reason: LEAVING, changeRequests: ['R8-0412'], ...facts }, MAIL_CONTEXT),
};
const mail = (name: keyof typeof MAILS, facts?: Partial<Facts>): RenderedMail => MAILS[name]!(facts);

const codesIn = (name: string): number => (name === 'verify-address' ? 1 : 0);

describe.each(Object.keys(MAILS))('%s', (name) => {
  it('reads as agreed', () => {
    const { subject, body } = mail(name);
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(mail(name), codesIn(name))).toEqual([]);
  });

  it('stays within its lines with the longest names, addresses and reasons', () => {
    const email = `${'a'.repeat(64)}@${'b'.repeat(60)}.example`;
    const longest = {
      name: '﨑'.repeat(100),
      email,
      awaiting: [email, email],
      reason: '見送りました'.repeat(150),
      comment: '参加したい'.repeat(200),
      document: documentOf('檮'.repeat(100), '髙'.repeat(100)),
    };
    expect(flawsOf(mail(name, longest), codesIn(name))).toEqual([]);
  });
});

describe('the mail to a mailbox that anybody may have typed', () => {
  const { subject, body } = mail('verify-address');
  const text = subject + body;

  it('names no person, no department and no other mailbox', () => {
    expect(text).not.toMatch(/髙﨑|企画|主査|0889/u);
    expect(text.match(/[\w.]+@[\w.-]+/g)).toEqual([MAILBOX]);
  });

  it('asks for its code at a short address that can be typed, by a day with its weekday and era', () => {
    expect(body).toContain('\n　https://renkei.example.jp/v\n');
    expect(body).toContain('番号　　100 001');
    expect(body).toContain('2026年（令和8年）12月6日（日）');
  });
});

it('nothing left open leaves no word behind', () => {
  expect(mail('withdrawn').body).not.toContain('変更届');
  expect(mail('received').body).not.toContain('事務局へのご連絡');
});
