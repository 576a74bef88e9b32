import { SettingsError } from '../../config/env.js';
import { parseEmailAddress } from '../../platform/mail/email-address.js';
import { InvitationsService } from '../../staff/invitations.service.js';
import { withPortal } from './with-portal.js';

export async function resetStaff([email]: readonly string[]): Promise<void> {
  const address = parseEmailAddress(email ?? '')?.address;
  if (!address) throw new SettingsError('reset-staff needs the e-mail address of an account.');
  await withPortal((app) => app.get(InvitationsService).reset(address));
  console.log(
    `${address} is invited again. Password and authenticator app hold until the invitation is accepted.`,
  );
}
