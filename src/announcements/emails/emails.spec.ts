import { flawsOf, MAIL_CONTEXT, PROJECT_DESK } from '../../../test/factories/mail-flaws.js';
import type { RenderedMail } from '../../platform/outbox/message.js';
import { renderCorrected } from './corrected.js';
import { renderDigest } from './digest.js';
import { renderFollowUp } from './follow-up.js';
import { renderPublished } from './published.js';

/** All that there is to say; each template takes its part. */
const FACTS = {
  municipality: '高知県檮原町',
  title: '全国連携講演会「被災地支援を通じた全国連携」のご案内',
  summary:
    '被災地への職員派遣の経験をもとに、全国の自治体が支え合うしくみを考える講演会を開きます。会場のほか、オンラインでもご覧いただけます。',
  category: '講演会',
  attachments: ['開催要項.pdf', '申込書.xlsx'] as readonly string[],
  publishedAt: new Date('2026-11-22T00:00:00Z'),
  expiresAt: new Date('2026-12-24T15:00:00Z') as Date | null,
  attachmentCount: 2,
  note: '開始の時刻を、14時から15時に改めました。会場は変わりません。',
  askAgain: false,
  askedAgain: false,
};
type Facts = typeof FACTS;

const SECOND = {
  title: '東北絆まつり2024仙台を終えて',
  summary: '県内外から、過去最高となる約57万2千人の方にご来場いただきました。',
  category: 'イベント',
  publishedAt: new Date('2026-11-22T05:00:00Z'),
  expiresAt: null,
  attachmentCount: 0,
};

const MAILS: Record<string, (facts?: Partial<Facts>) => RenderedMail> = {
  published: (facts) => renderPublished({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'published, without an end or a file': (facts) =>
    renderPublished({ ...FACTS, expiresAt: null, attachments: [], ...facts }, MAIL_CONTEXT),
  digest: (facts) =>
    renderDigest({ municipality: FACTS.municipality, items: [{ ...FACTS, ...facts }, SECOND] }, MAIL_CONTEXT),
  corrected: (facts) => renderCorrected({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'corrected, and asked anew': (facts) =>
    renderCorrected({ ...FACTS, askAgain: true, ...facts }, MAIL_CONTEXT),
  'follow-up': (facts) => renderFollowUp({ ...FACTS, ...facts }, MAIL_CONTEXT),
  'follow-up, after a correction': (facts) =>
    renderFollowUp({ ...FACTS, askedAgain: true, ...facts }, MAIL_CONTEXT),
};
const mail = (name: keyof typeof MAILS, facts?: Partial<Facts>): RenderedMail => MAILS[name]!(facts);

describe.each(Object.keys(MAILS))('%s', (name) => {
  it('reads as agreed', () => {
    const { subject, body } = mail(name);
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(mail(name), 0, PROJECT_DESK)).toEqual([]);
  });

  it('stays within its lines with the longest words that an editor may type', () => {
    const longest = {
      title: '連'.repeat(100),
      summary: '支援'.repeat(200),
      note: '訂正しました'.repeat(60),
      category: '分'.repeat(30),
    };
    expect(flawsOf(mail(name, longest), 0, PROJECT_DESK)).toEqual([]);
  });

  it('tells how to read the rest without a link: the address stands on a line of its own, and says nothing', () => {
    expect(mail(name).body).toContain('\n　https://renkei.example.jp\n');
    expect(mail(name).body.match(/https?:\S+/g)).toEqual(['https://renkei.example.jp']);
  });
});
