import { flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import { renderCredentialsChanged } from './credentials-changed.js';
import { renderPasswordKnown } from './password-known.js';

const AT = new Date('2026-04-15T02:14:00Z');
const changed = (name = '髙﨑 檮子') =>
  renderCredentialsChanged({ name, what: 'password-changed', at: AT }, MAIL_CONTEXT);
const used = (name = '髙﨑 檮子') =>
  renderCredentialsChanged({ name, what: 'recovery-code-used', at: AT }, MAIL_CONTEXT);
const known = (name = '髙﨑 檮子') => renderPasswordKnown({ name, at: AT }, MAIL_CONTEXT);

describe.each([
  ['password changed', changed],
  ['recovery code used', used],
  ['password known', known],
] as const)('%s', (_, render) => {
  it('reads as agreed', () => {
    const { subject, body } = render();
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(render(), 0)).toEqual([]);
  });

  it('stays within its lines with the longest name', () => {
    expect(flawsOf(render('檮'.repeat(100)), 0)).toEqual([]);
  });
});
