import { displayWidth } from '../../platform/mail/mail-text.js';
import { CODE_SLOT, type MailContext, type RenderedMail } from '../../platform/outbox/message.js';
import { renderSignInCode } from './sign-in-code.js';
import { renderStaffInvitation } from './staff-invitation.js';

const CONTEXT: MailContext = {
  publicUrl: 'https://renkei.example.jp',
  registrationDesk: { name: '公益財団法人特別区協議会　事業部事業推進課', phone: '03-5210-9080' },
  projectDesk: { name: '特別区長会事務局　調査第1課　全国連携プロジェクト担当', phone: '03-5210-9747' },
};

const signInCode = () => renderSignInCode({ expiresAt: new Date('2026-04-15T02:14:00Z') }, CONTEXT);
const staffInvitation = (name = '髙﨑 檮子') =>
  renderStaffInvitation({ name, number: '100012', expiresAt: new Date('2026-04-22T15:00:00Z') }, CONTEXT);

/** What a reader, a printer or a gateway would stumble over. */
function flawsOf({ subject, body }: RenderedMail): string[] {
  const [addressee = ''] = body.split('\n\n', 1);
  return [
    ...body.split('\n').filter((line) => displayWidth(line) > 76 && !/^　*[!-~]+[@/][!-~]+$/u.test(line)),
    ...(`${subject}\n${body}`.match(/[!！?？]|審査|承認|申請|督促|undefined|null|NaN|\[object/gu) ?? []),
    ...(addressee.endsWith('様') ? [] : ['no addressee at the top']),
    ...(body.includes('03-5210-9080') ? [] : ["no telephone number of the registrations' desk"]),
    ...(body.split(CODE_SLOT).length === 2 ? [] : ['not exactly one code']),
  ];
}

describe.each([
  ['sign-in code', signInCode],
  ['staff invitation', staffInvitation],
] as const)('%s', (_, render) => {
  it('reads as agreed', () => {
    const { subject, body } = render();
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(render())).toEqual([]);
  });
});

it('an invitation stays within its lines with the longest name', () => {
  expect(flawsOf(staffInvitation('檮'.repeat(100)))).toEqual([]);
});

it('an invitation names its last day with the weekday and by era', () => {
  expect(staffInvitation().body).toMatch(/2026年4月22日（水）.*令和8年/u);
});

it('a sign-in code says until when it can be used', () => {
  expect(signInCode().body).toContain('2026年4月15日（水）11時14分');
});
