import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DraftsModule } from '../drafts/drafts.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { VerificationsModule } from '../verifications/verifications.module.js';
import { ChangeRequest } from './change-request.entity.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { ChangeRequestsController } from './change-requests.controller.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { ChangeRequestsService } from './change-requests.service.js';
import { DecisionsService } from './decisions.service.js';
import { NewMailboxesService } from './new-mailboxes.service.js';
import { ProposalsService } from './proposals.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ChangeRequest]), RegistryModule, VerificationsModule, DraftsModule],
  controllers: [ChangeRequestsController],
  providers: [
    ChangeRequestsService,
    ProposalsService,
    DecisionsService,
    NewMailboxesService,
    ChangeRequestsRepository,
    ChangeRequestMails,
  ],
  exports: [ProposalsService],
})
export class ChangeRequestsModule {}
