import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ChangeRequestsModule } from '../change-requests/change-requests.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { VerificationsModule } from '../verifications/verifications.module.js';
import { DemoRepository } from './demo.repository.js';
import { DemoSeed } from './demo.seed.js';
import { DevMailboxController } from './dev-mailbox.controller.js';
import { DevMailbox } from './dev-mailbox.service.js';

/** Only `npm run demo` has this room: invented data, and a page that shows every mail. */
@Module({
  imports: [RegistryModule, AccountsModule, ChangeRequestsModule, VerificationsModule],
  controllers: [DevMailboxController],
  providers: [DemoRepository, DemoSeed, DevMailbox],
})
export class DemoModule {}
