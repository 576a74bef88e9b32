import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeRequestsModule } from '../change-requests/change-requests.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { VerificationsModule } from '../verifications/verifications.module.js';
import { ApplicationAnswersService } from './application-answers.service.js';
import { ApplicationDecisionsService } from './application-decisions.service.js';
import { ApplicationExpiryService } from './application-expiry.service.js';
import { MembershipApplication } from './application.entity.js';
import { ApplicationMails } from './application.mails.js';
import { ApplicationsRepository } from './applications.repository.js';
import { ApplicationsService } from './applications.service.js';
import { MembershipsController } from './memberships.controller.js';
import { WithdrawalsService } from './withdrawals.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([MembershipApplication]),
    RegistryModule,
    VerificationsModule,
    ChangeRequestsModule,
  ],
  controllers: [MembershipsController],
  providers: [
    ApplicationsService,
    ApplicationAnswersService,
    ApplicationDecisionsService,
    ApplicationExpiryService,
    WithdrawalsService,
    ApplicationsRepository,
    ApplicationMails,
  ],
})
export class MembershipsModule {}
