import { flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import { renderSignInCode } from './sign-in-code.js';
import { renderStaffInvitation } from './staff-invitation.js';

const signInCode = () => renderSignInCode({ expiresAt: new Date('2026-04-15T02:14:00Z') }, MAIL_CONTEXT);
const staffInvitation = (name = '髙﨑 檮子') =>
  renderStaffInvitation(
    { name, number: '100012', expiresAt: new Date('2026-04-22T15:00:00Z') },
    MAIL_CONTEXT,
  );

describe.each([
  ['sign-in code', signInCode],
  ['staff invitation', staffInvitation],
] as const)('%s', (_, render) => {
  it('reads as agreed', () => {
    const { subject, body } = render();
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(render(), 1)).toEqual([]);
  });
});

it('an invitation stays within its lines with the longest name', () => {
  expect(flawsOf(staffInvitation('檮'.repeat(100)), 1)).toEqual([]);
});

it('an invitation names its last day with the weekday and by era', () => {
  expect(staffInvitation().body).toMatch(/2026年（令和8年）4月22日（水）/u);
});

it('a sign-in code says until when it can be used', () => {
  expect(signInCode().body).toContain('2026年4月15日（水）11時14分');
});
