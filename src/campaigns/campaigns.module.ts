import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegistryModule } from '../registry/registry.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { AnswersController } from './answers.controller.js';
import { AnswersService } from './answers.service.js';
import { CallsRepository } from './calls.repository.js';
import { CallsService } from './calls.service.js';
import { Campaign, CampaignSettings, CampaignStep } from './campaign.entity.js';
import { CampaignSettingsRepository } from './campaign-settings.repository.js';
import { CampaignSettingsService } from './campaign-settings.service.js';
import { CampaignsController } from './campaigns.controller.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { CampaignsService } from './campaigns.service.js';
import { DueStepsService } from './due-steps.service.js';
import { LedgerRepository } from './ledger.repository.js';
import { PreviewService } from './preview.service.js';
import { RunningService } from './running.service.js';
import { StandingService } from './standing.service.js';
import { CampaignCall, CampaignQuestion, CampaignReminder, CampaignTarget } from './target.entity.js';
import { TargetsController } from './targets.controller.js';
import { TargetsRepository } from './targets.repository.js';
import { TargetsService } from './targets.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Campaign,
      CampaignCall,
      CampaignQuestion,
      CampaignReminder,
      CampaignSettings,
      CampaignStep,
      CampaignTarget,
    ]),
    RegistryModule,
    SettingsModule,
  ],
  controllers: [CampaignsController, TargetsController, AnswersController],
  providers: [
    AnswersService,
    CallsRepository,
    CallsService,
    CampaignSettingsRepository,
    CampaignSettingsService,
    CampaignsRepository,
    CampaignsService,
    DueStepsService,
    LedgerRepository,
    PreviewService,
    RunningService,
    StandingService,
    TargetsRepository,
    TargetsService,
  ],
  exports: [AnswersService, CallsService, CampaignsService, RunningService],
})
export class CampaignsModule {}
