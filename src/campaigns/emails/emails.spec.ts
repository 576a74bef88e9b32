import { countCodes, flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import { displayWidth } from '../../platform/mail/mail-text.js';
import { codeSlotOf, type RenderedMail } from '../../platform/outbox/message.js';
import type { RegistrationDocument } from '../../registry/registration-document.js';
import type { AskedRegistration } from '../asked.js';
import { type AskParams, renderAsk } from './ask.js';
import { renderPreNotice } from './pre-notice.js';
import { renderRenewed } from './renewed.js';

const QUESTION = '019b3a5c-0c00-7000-8000-00000000000a';
const OTHER_QUESTION = '019b3a5c-0c00-7000-8000-00000000000b';
const FOREIGN_QUESTION = '019b3a5c-0c00-7000-8000-00000000000c';

const DOCUMENT: RegistrationDocument = {
  mainPhone: '0889-65-1111',
  primaryDepartmentId: 'department',
  departments: [
    {
      id: 'department',
      name: '企画財政課',
      kana: 'きかくざいせいか',
      email: 'kikaku@town-yusuhara.example',
      phone: '0889-65-1112',
      fax: '0889-40-2010',
      postalCode: '785-0695',
      address: '高知県高岡郡檮原町梼原1444番地1',
    },
  ],
  contacts: [
    {
      id: 'contact',
      departmentId: 'department',
      name: '髙﨑 由美',
      kana: 'たかさき ゆみ',
      title: '係長',
      email: null,
      extension: '213',
      role: 'primary',
    },
  ],
};

const ASKED: AskedRegistration = {
  municipality: '高知県檮原町',
  addressee: { department: '企画財政課', person: '髙﨑 由美', as: 'primary' },
  document: DOCUMENT,
  number: '482177365',
  codeSlot: codeSlotOf(QUESTION),
};
const SECOND: AskedRegistration = {
  ...ASKED,
  municipality: '高知県津野町',
  addressee: { department: '総務課', person: null, as: 'department' },
  number: '730118254',
  codeSlot: codeSlotOf(OTHER_QUESTION),
};

const ASK: AskParams = {
  template: 'ask',
  opening: null,
  asked: [ASKED],
  deadline: '2027-04-30',
  today: '2027-04-05',
  askedOn: null,
  next: { template: 'reminder', recipients: 'deputy', date: '2027-04-12' },
};
const REMINDER: Partial<AskParams> = { template: 'reminder', today: '2027-04-12', askedOn: '2027-04-05' };
const FINAL: Partial<AskParams> = {
  template: 'final',
  today: '2027-04-23',
  askedOn: '2027-04-05',
  next: { template: 'phone', recipients: null, date: '2027-05-06' },
};
const PRE_NOTICE = { opening: null, askOn: '2027-04-05', deadline: '2027-04-30' };

interface Facts {
  readonly asked?: readonly AskedRegistration[];
  readonly opening?: string | null;
}

const asking =
  (changes: Partial<AskParams>) =>
  (facts: Facts = {}): RenderedMail =>
    renderAsk({ ...ASK, ...changes, ...facts }, MAIL_CONTEXT);
const withoutCodes = (asked: readonly AskedRegistration[]): AskedRegistration[] =>
  asked.map((one) => ({ ...one, codeSlot: null }));

/** Each with how many codes it carries for each registration that it names. */
const MAILS: Record<string, { readonly codes: 0 | 1; readonly render: (facts?: Facts) => RenderedMail }> = {
  'pre-notice': {
    codes: 0,
    render: ({ asked = [ASKED], ...facts } = {}) =>
      renderPreNotice({ ...PRE_NOTICE, ...facts, asked: withoutCodes(asked) }, MAIL_CONTEXT),
  },
  ask: { codes: 1, render: asking({}) },
  'ask, in the words of the office': {
    codes: 1,
    render: asking({ opening: '新年度になりました。\n登録の内容をご覧ください。' }),
  },
  reminder: { codes: 1, render: asking(REMINDER) },
  'reminder, before letters': {
    codes: 1,
    render: asking({ ...REMINDER, next: { template: 'letter', recipients: null, date: '2027-05-14' } }),
  },
  final: { codes: 1, render: asking(FINAL) },
  'final, without anything to come': { codes: 1, render: asking({ ...FINAL, next: null }) },
  'reminder, after the deadline': { codes: 1, render: asking({ ...REMINDER, today: '2027-05-06' }) },
  'final, after the deadline': { codes: 1, render: asking({ ...FINAL, today: '2027-05-06', next: null }) },
  renewed: {
    codes: 1,
    render: ({ asked = [ASKED] } = {}) => renderRenewed({ asked }, MAIL_CONTEXT),
  },
};
const NAMES = Object.keys(MAILS);
const mail = (name: string, facts?: Facts): RenderedMail => MAILS[name]!.render(facts);
const codesOf = (name: string, registrations = 1): number => MAILS[name]!.codes * registrations;

const longest = (text: string, length: number): string => text.repeat(length).slice(0, length);

/** What the longest registration holds that the form takes. */
const LONGEST: AskedRegistration = {
  ...ASKED,
  municipality: '和歌山県東牟婁郡那智勝浦町',
  addressee: {
    department: longest('まちづくり推進', 100),
    person: longest('名前の長い', 100),
    as: 'deputy',
  },
  document: {
    ...DOCUMENT,
    departments: [
      {
        id: 'department',
        name: longest('まちづくり推進', 100),
        kana: longest('まちづくり', 100),
        email: `${'a'.repeat(64)}@${'b'.repeat(60)}.example`,
        phone: '0889-65-1112',
        fax: '0889-40-2010',
        postalCode: '785-0695',
        address: longest('高知県高岡郡檮原町', 200),
      },
    ],
    contacts: [
      {
        ...DOCUMENT.contacts[0]!,
        name: longest('名前の長い', 100),
        kana: longest('なまえ', 100),
        title: longest('企画調整', 100),
        email: `${'c'.repeat(64)}@${'d'.repeat(60)}.example`,
      },
    ],
  },
};

describe.each(NAMES)('%s', (name) => {
  it('reads as agreed', () => {
    const { subject, body } = mail(name);
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(mail(name), codesOf(name))).toEqual([]);
    expect(`${mail(name).subject}${mail(name).body}`).not.toMatch(/更新|催促/u);
  });

  it('is plain and complete for one mailbox that serves two municipalities', () => {
    const both = mail(name, { asked: [ASKED, SECOND] });
    expect(flawsOf(both, codesOf(name, 2))).toEqual([]);
    for (const { municipality } of [ASKED, SECOND]) {
      expect(both.subject).toContain(municipality);
      expect(both.body).toContain(`■ いまの登録（${municipality}）`);
    }
  });

  it('stays within its lines with the longest words that anybody may type', () => {
    const facts = { asked: [LONGEST, SECOND], opening: longest('新年度になりました', 600) };
    expect(flawsOf(mail(name, facts), codesOf(name, 2))).toEqual([]);
  });

  it('has room for a code on the line of its number', () => {
    const lines = mail(name)
      .body.split('\n')
      .filter((line) => /⟦/u.test(line));
    expect(lines).toHaveLength(codesOf(name));
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(76);
  });

  it.each(['⟦code⟧', codeSlotOf(FOREIGN_QUESTION), '⟦municipality⟧'])(
    'puts nothing in where somebody is called %s',
    (typed) => {
      const [department, contact] = [DOCUMENT.departments[0]!, DOCUMENT.contacts[0]!];
      const asked = [
        {
          ...ASKED,
          addressee: { ...ASKED.addressee, department: typed, person: typed },
          document: {
            ...DOCUMENT,
            departments: [{ ...department, name: typed, address: typed }],
            contacts: [{ ...contact, name: typed, title: typed }],
          },
        },
      ];
      const { body } = mail(name, { asked, opening: `${typed}様へ` });
      expect(countCodes(body)).toBe(codesOf(name));
      expect(body.replaceAll(codeSlotOf(QUESTION), '')).not.toMatch(/⟦|⟧/u);
    },
  );
});

describe('a mail for two municipalities', () => {
  it('reads as agreed', () => {
    const { subject, body } = mail('ask', { asked: [ASKED, SECOND] });
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('puts each code below its own number', () => {
    const { body } = mail('ask', { asked: [ASKED, SECOND] });
    expect(body).toMatch(
      new RegExp(`高知県檮原町\\n　番号　　　　482 177 365\\n　確認コード　${ASKED.codeSlot}`, 'u'),
    );
    expect(body).toMatch(
      new RegExp(`高知県津野町\\n　番号　　　　730 118 254\\n　確認コード　${SECOND.codeSlot}`, 'u'),
    );
  });
});

describe('the deadline', () => {
  it('is told as one until its day has ended, and then that it is not too late', () => {
    const on = (today: string): string => asking({ ...FINAL, today })().body;
    expect(on('2027-04-30')).toContain('期限は、2027年（令和9年）4月30日（金）です。');
    expect(on('2027-05-01')).toContain('4月30日（金）を過ぎていますが、\nいまからでもお受けします。');
  });

  it('is not announced by the subject once it has passed', () => {
    expect(mail('final').subject).toMatch(/^期限前のお願い/u);
    expect(mail('final, after the deadline').subject).not.toMatch(/期限前/u);
  });
});

it('answers to no link: the addresses are to be typed, and carry nothing', () => {
  for (const name of NAMES) {
    const found = mail(name).body.match(/https?:\S+/g) ?? [];
    for (const address of found) {
      expect(['https://renkei.example.jp', 'https://renkei.example.jp/k']).toContain(address);
    }
    expect(found.length).toBeGreaterThan(0);
  }
});

it('tells of an earlier mail only whoever got one', () => {
  const first = asking({ ...REMINDER, askedOn: null })();
  expect(first.body).not.toContain('にもお願いしましたが');
  expect(first.subject).toBe(mail('ask').subject);
  expect(mail('reminder').body).toContain('2027年4月5日（月）にもお願いしましたが');
});
