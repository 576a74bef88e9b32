import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegistryModule } from '../registry/registry.module.js';
import { AddressVerification, ChangeRequest } from './change-request.entity.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { ChangeRequestsController } from './change-requests.controller.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { ChangeRequestsService } from './change-requests.service.js';
import { DecisionsService } from './decisions.service.js';
import { ProposalsService } from './proposals.service.js';
import { VerificationPageController } from './verification-page.controller.js';
import { VerificationsService } from './verifications.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ChangeRequest, AddressVerification]), RegistryModule],
  controllers: [ChangeRequestsController, VerificationPageController],
  providers: [
    ChangeRequestsService,
    ProposalsService,
    DecisionsService,
    VerificationsService,
    ChangeRequestsRepository,
    ChangeRequestMails,
  ],
  exports: [ProposalsService, VerificationsService],
})
export class ChangeRequestsModule {}
