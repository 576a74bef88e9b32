import { SettingsError } from '../../config/env.js';
import { STAFF_ROLES, type StaffRole } from '../../platform/access/permission.js';
import { parseEmailAddress } from '../../platform/mail/email-address.js';
import { InvitationsService } from '../../staff/invitations.service.js';
import { withPortal } from './with-portal.js';

export async function inviteStaff([email, name, roles]: readonly string[]): Promise<void> {
  const address = parseEmailAddress(email ?? '')?.address;
  const wanted = (roles ?? '').split(',').filter(Boolean);
  const unknown = wanted.filter((role) => !(STAFF_ROLES as readonly string[]).includes(role));
  if (unknown.length > 0) {
    throw new SettingsError(`There is no role ${unknown.join(', ')}; there are ${STAFF_ROLES.join(', ')}.`);
  }
  if (!address || !name || wanted.length === 0) {
    throw new SettingsError(
      'invite-staff needs one e-mail address, a name, and roles with commas between them.',
    );
  }
  await withPortal(async (app) => {
    await app.get(InvitationsService).invite({ email: address, name, roles: wanted as StaffRole[] });
  });
  console.log(`${address} is invited. The mail goes out as soon as the portal's worker runs.`);
}
