import { flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import { renderAccountChanged } from './account-changed.js';
import { renderStaffInvitation } from './staff-invitation.js';

const staffInvitation = (name = '髙﨑 檮子') =>
  renderStaffInvitation(
    { name, number: '100012', expiresAt: new Date('2026-04-22T15:00:00Z') },
    MAIL_CONTEXT,
  );
const accountChanged = (name = '髙﨑 檮子') =>
  renderAccountChanged(
    { name, changes: { address: 'takasaki@council.example', name, roles: ['reviewer', 'admin'] } },
    MAIL_CONTEXT,
  );

describe.each([
  ['staff invitation', staffInvitation, 1],
  ['account changed', accountChanged, 0],
] as const)('%s', (_, render, codes) => {
  it('reads as agreed', () => {
    const { subject, body } = render();
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(render(), codes)).toEqual([]);
  });

  it('stays within its lines with the longest name', () => {
    expect(flawsOf(render('檮'.repeat(100)), codes)).toEqual([]);
  });
});

it('an invitation names its last day with the weekday and by era', () => {
  expect(staffInvitation().body).toMatch(/2026年（令和8年）4月22日（水）/u);
});

it('a change of the account tells of what changed only', () => {
  const { body } = renderAccountChanged(
    { name: '髙﨑 檮子', changes: { address: null, name: null, roles: ['editor'] } },
    MAIL_CONTEXT,
  );
  expect(body).toContain('お知らせの編集');
  expect(body).not.toMatch(/メールアドレス|氏名/);
});
