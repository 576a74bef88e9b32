import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegistryModule } from '../registry/registry.module.js';
import { VerificationsModule } from '../verifications/verifications.module.js';
import { ChangeRequest } from './change-request.entity.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { ChangeRequestsController } from './change-requests.controller.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { ChangeRequestsService } from './change-requests.service.js';
import { ClosingRepository } from './closing.repository.js';
import { ClosingService } from './closing.service.js';
import { DecisionsService } from './decisions.service.js';
import { NewMailboxesService } from './new-mailboxes.service.js';
import { ProposalsService } from './proposals.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ChangeRequest]), RegistryModule, VerificationsModule],
  controllers: [ChangeRequestsController],
  providers: [
    ChangeRequestsService,
    ProposalsService,
    DecisionsService,
    NewMailboxesService,
    ClosingService,
    ClosingRepository,
    ChangeRequestsRepository,
    ChangeRequestMails,
  ],
  exports: [ProposalsService, ClosingService],
})
export class ChangeRequestsModule {}
