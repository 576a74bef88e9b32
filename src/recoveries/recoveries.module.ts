import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeRequestsModule } from '../change-requests/change-requests.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { VerificationsModule } from '../verifications/verifications.module.js';
import { AgreementsService } from './agreements.service.js';
import { ChecksService } from './checks.service.js';
import { ClaimedMailboxesService } from './claimed-mailboxes.service.js';
import { ClaimExpiryService } from './claim-expiry.service.js';
import { ClaimsService } from './claims.service.js';
import { Recovery, RecoveryCall } from './recovery.entity.js';
import { RecoveryMails } from './recovery.mails.js';
import { RecoveriesController } from './recoveries.controller.js';
import { RecoveriesRepository } from './recoveries.repository.js';
import { RecoveriesService } from './recoveries.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Recovery, RecoveryCall]),
    RegistryModule,
    ChangeRequestsModule,
    VerificationsModule,
  ],
  controllers: [RecoveriesController],
  providers: [
    ClaimsService,
    ClaimedMailboxesService,
    ClaimExpiryService,
    RecoveriesService,
    ChecksService,
    AgreementsService,
    RecoveriesRepository,
    RecoveryMails,
  ],
})
export class RecoveriesModule {}
