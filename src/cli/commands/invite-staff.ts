import { NestFactory } from '@nestjs/core';
import { InvitationsService } from '../../accounts/invitations.service.js';
import { AppModule } from '../../app.module.js';
import { productionKeys, productionSettings, SettingsError } from '../../config/env.js';
import { STAFF_ROLES, type StaffRole } from '../../platform/access/permission.js';
import { parseEmailAddress } from '../../platform/mail/email-address.js';
import { openDatabase } from '../database.js';

export async function inviteStaff([email, name, roles]: readonly string[]): Promise<void> {
  const address = parseEmailAddress(email ?? '');
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
  const draft = productionSettings('');
  const keys = productionKeys(draft.publicUrl);
  const database = await openDatabase();
  try {
    // The portal that runs sends the mail.
    const settings = { ...draft, databaseUrl: database.appUrl, worker: false };
    const app = await NestFactory.createApplicationContext(AppModule.register(settings, keys), {
      logger: ['error'],
    });
    try {
      await app
        .get(InvitationsService)
        .invite({ email: address.address, name, roles: wanted as StaffRole[] });
      console.log(`${address.address} is invited. The mail goes out as soon as the portal's worker runs.`);
    } finally {
      await app.close();
    }
  } finally {
    await database.release();
  }
}
