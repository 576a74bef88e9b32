import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { DraftsModule } from '../drafts/drafts.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { ReviewPolicyModule } from '../review-policy/review-policy.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { VerificationsModule } from '../verifications/verifications.module.js';
import { AtOnce } from './at-once.js';
import { CalendarRepository } from './calendar.repository.js';
import { ChangeRequestApplier } from './change-request.applier.js';
import { ChangeRequest } from './change-request.entity.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { ChangeRequestsController } from './change-requests.controller.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { ChangeRequestsService } from './change-requests.service.js';
import { DecisionsController } from './decisions.controller.js';
import { ClosingRepository } from './closing.repository.js';
import { ClosingService } from './closing.service.js';
import { DecisionsService } from './decisions.service.js';
import { DueHandoversService } from './due-handovers.service.js';
import { ExpiryService } from './expiry.service.js';
import { HandoversService } from './handovers.service.js';
import { LookOverService } from './look-over.service.js';
import { NewMailboxesService } from './new-mailboxes.service.js';
import { OldAccessService } from './old-access.service.js';
import { OwnRequestsService } from './own-requests.service.js';
import { PreviewsController } from './previews.controller.js';
import { PreviewsService } from './previews.service.js';
import { ProposalsService } from './proposals.service.js';
import { RebaseService } from './rebase.service.js';
import { Submissions } from './submissions.js';
import { UndoService } from './undo.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ChangeRequest]),
    RegistryModule,
    AccountsModule,
    VerificationsModule,
    ReviewPolicyModule,
    DraftsModule,
    SettingsModule,
  ],
  controllers: [PreviewsController, ChangeRequestsController, DecisionsController],
  providers: [
    ChangeRequestsService,
    ProposalsService,
    PreviewsService,
    OwnRequestsService,
    HandoversService,
    DueHandoversService,
    DecisionsService,
    RebaseService,
    UndoService,
    LookOverService,
    NewMailboxesService,
    ExpiryService,
    Submissions,
    AtOnce,
    ChangeRequestApplier,
    ClosingService,
    OldAccessService,
    ClosingRepository,
    ChangeRequestMails,
    ChangeRequestsRepository,
    CalendarRepository,
  ],
  exports: [ProposalsService, OldAccessService],
})
export class ChangeRequestsModule {}
