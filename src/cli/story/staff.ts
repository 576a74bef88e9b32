import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import type { RecoveryCodesResponse } from '../../credentials/credentials.dto.js';
import type { InvitationSetupResponse, StaffResponse } from '../../staff/staff.dto.js';
import { codeIn, expect, numberIn, Person } from './person.js';
import { mark, say, show, type Stage, step } from './stage.js';

/** A new colleague: invited, set up with two factors, and gone again. */
export async function staff(stage: Stage): Promise<void> {
  const email = `new-${mark()}@council.example`;
  const password = `よく晴れた日の散歩-${randomBytes(6).toString('hex')}`;
  const since = new Date();

  step('An admin invites a colleague, whose mail has a number and a code');
  const { body: invited } = await stage.admin.must<StaffResponse>(201, 'POST', '/users', {
    body: { email, name: '佃 理沙', roles: ['reviewer'] },
  });
  const colleague = new Person(stage.base, '佃 理沙');
  const mail = await colleague.waitForMail(email, '職員用アカウント', since);
  show(mail);

  step('The colleague sets an authenticator app and a password up; a usual one is refused');
  const path = `/auth/invitations/${numberIn(mail)}`;
  const code = codeIn(mail);
  const { body: setup } = await colleague.must<InvitationSetupResponse>(200, 'POST', `${path}/setup`, {
    body: { code },
  });
  const accept = (typed: string): object => ({
    code,
    password: typed,
    factorId: setup.factorId,
    totp: new TOTP({ secret: setup.secret }).generate(),
  });
  const { body: refused } = await colleague.must<{ errors: { message: string }[] }>(
    422,
    'POST',
    `${path}/accept`,
    {
      body: accept('特別区全国連携プロジェクト2026'),
    },
  );
  say(refused.errors[0]?.message ?? '');
  const { body: accepted } = await colleague.must<RecoveryCodesResponse>(200, 'POST', `${path}/accept`, {
    body: accept(password),
  });
  say(`${accepted.codes.length} recovery codes are shown, this once`);

  step('Password and app together let the colleague in; either alone tells nothing');
  const { body: wrong } = await colleague.must<{ title: string }>(401, 'POST', '/auth/password', {
    body: { email, password, totp: '000000' },
  });
  say(wrong.title);
  const [recoveryCode] = accepted.codes;
  await colleague.signInWith({ email, password, recoveryCode });
  const { body: sessions } = await colleague.must<{ items: object[] }>(200, 'GET', '/auth/sessions');
  say(
    `${sessions.items.length} session of the colleague's own; a recovery code is used up, and its owner told:`,
  );
  show(await colleague.waitForMail(email, 'ログイン方法の変更', since));

  step('The colleague leaves: the account is closed, and dead with its next request');
  await stage.admin.must(200, 'POST', `/users/${invited.id}/disable`);
  const { body: ended } = await colleague.must<{ code: string }>(401, 'GET', '/me');
  expect(ended.code === 'session-ended', `/me answered ${ended.code}`);
  say('session-ended');
}
