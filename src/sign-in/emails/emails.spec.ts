import { flawsOf, MAIL_CONTEXT } from '../../../test/factories/mail-flaws.js';
import { renderSignInCode } from './sign-in-code.js';

const signInCode = () => renderSignInCode({ expiresAt: new Date('2026-04-15T02:14:00Z') }, MAIL_CONTEXT);

describe('sign-in code', () => {
  it('reads as agreed', () => {
    const { subject, body } = signInCode();
    expect(`${subject}\n\n${body}`).toMatchSnapshot();
  });

  it('is plain and complete', () => {
    expect(flawsOf(signInCode(), 1)).toEqual([]);
  });

  it('says until when it can be used', () => {
    expect(signInCode().body).toContain('2026年4月15日（水）11時14分');
  });
});
