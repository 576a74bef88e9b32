import { flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import type { RenderedMail } from '../../platform/outbox/message.js';
import { diffRegistrations } from '../../registry/registration-diff.js';
import type { RegistrationDocument } from '../../registry/registration-document.js';
import { recoveredDocument } from '../recovery-document.js';
import { renderAddressReplaced } from './address-replaced.js';
import { renderCarriedOut } from './carried-out.js';
import { renderClaimed } from './claimed.js';
import { renderDeclined } from './declined.js';
import { renderVerifyAddress } from './verify-address.js';

const OLD_MAILBOX = 'kikaku@town-yusuhara.example';
const NEW_MAILBOX = 'chosei@yusuhara.example';

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

const changesOf = (kind: 'lost-address' | 'everyone-left', department: string, name: string) =>
  diffRegistrations(
    BASE,
    recoveredDocument(
      BASE,
      {
        kind,
        department: {
          name: department,
          kana: null,
          email: NEW_MAILBOX,
          phone: null,
          fax: '0889-00-1117',
          postalCode: null,
          address: null,
        },
        contact: { name, kana: null, title: '主査', extension: null },
      },
      'claimed',
    ),
  );

/** All that there is to say of a claim; each template takes its part. */
const FACTS = {
  municipality: '高知県檮原町',
  number: 'R8-K012',
  name: '髙﨑 澪里',
  email: NEW_MAILBOX,
  changes: changesOf('everyone-left', '企画調整課', '髙﨑 澪里'),
  at: new Date('2026-04-15T01:44:00Z'),
  expiresAt: new Date('2026-04-29T15:00:00Z'),
};
type Facts = typeof FACTS;

const MAILS: Record<string, (facts?: Partial<Facts>) => RenderedMail> = {
  'verify-address': (facts) => renderVerifyAddress({ ...FACTS, ...facts, number: '100001' }, MAIL_CONTEXT),
  claimed: (facts) => renderClaimed({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'carried-out, everyone has left': (facts) => renderCarriedOut({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'carried-out, the address was lost': (facts) =>
    renderCarriedOut(
      { ...FACTS, changes: changesOf('lost-address', '企画財政課', '髙﨑 澪里'), ...facts },
      MAIL_CONTEXT,
    ),
  'address-replaced': (facts) =>
    renderAddressReplaced({ ...FACTS, email: OLD_MAILBOX, ...facts }, MAIL_CONTEXT),
  declined: (facts) => renderDeclined({ ...FACTS, ...facts }, MAIL_CONTEXT),
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

  it('stays within its lines with the longest names and addresses', () => {
    const longest = {
      name: '﨑'.repeat(100),
      email: `${'a'.repeat(64)}@${'b'.repeat(60)}.example`,
      changes: changesOf('everyone-left', '檮'.repeat(100), '髙'.repeat(100)),
    };
    expect(flawsOf(mail(name, longest), codesIn(name))).toEqual([]);
  });
});

describe.each(['verify-address', 'claimed', 'address-replaced', 'declined'])('%s', (name) => {
  const { subject, body } = mail(name);
  const text = subject + body;

  it('names no person and no department', () => {
    expect(text).not.toMatch(/髙﨑|川﨑|企画/u);
  });

  it('names its own mailbox and no other', () => {
    const own = { 'verify-address': [NEW_MAILBOX], 'address-replaced': [OLD_MAILBOX] }[name] ?? null;
    expect(text.match(/[\w.]+@[\w.-]+/g)).toEqual(own);
  });

  it('tells nothing of what is registered or claimed', () => {
    expect(text).not.toMatch(/0889|係長|主査|内線|変更後/u);
  });
});

it('the code’s deadline is a whole day, with its weekday and by era', () => {
  expect(mail('verify-address').body).toContain('2026年（令和8年）4月29日（水）');
});

it('the code is asked for at a short address that can be typed', () => {
  expect(mail('verify-address').body).toContain('\n　https://renkei.example.jp/v\n');
});
