import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { ChangeRequestsModule } from '../change-requests/change-requests.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { VerificationsModule } from '../verifications/verifications.module.js';
import { DemoAnnouncementsRepository } from './demo-announcements.repository.js';
import { DemoCampaignsRepository } from './demo-campaigns.repository.js';
import { DemoFreshnessRepository } from './demo-freshness.repository.js';
import { DemoRepository } from './demo.repository.js';
import { DemoSeed } from './demo.seed.js';
import { DevCampaign } from './dev-campaign.service.js';
import { DevMailboxController } from './dev-mailbox.controller.js';
import { DevMailbox } from './dev-mailbox.service.js';
import { DevTimeController } from './dev-time.controller.js';
import { DevTime } from './dev-time.service.js';

/** Only `npm run demo` has this room: invented data, a page that shows every mail, and days that pass on request. */
@Module({
  imports: [
    RegistryModule,
    AccountsModule,
    CredentialsModule,
    ChangeRequestsModule,
    VerificationsModule,
    SettingsModule,
  ],
  controllers: [DevMailboxController, DevTimeController],
  providers: [
    DemoAnnouncementsRepository,
    DemoCampaignsRepository,
    DemoFreshnessRepository,
    DemoRepository,
    DemoSeed,
    DevCampaign,
    DevMailbox,
    DevTime,
  ],
})
export class DemoModule {}
