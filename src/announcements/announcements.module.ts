import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AcknowledgementsService } from './acknowledgements.service.js';
import { Announcement, AnnouncementCategory, AnnouncementRevision } from './announcement.entity.js';
import { AnnouncementMails } from './announcement.mails.js';
import { AnnouncementSettingsController } from './announcement-settings.controller.js';
import { AnnouncementSettings } from './announcement-settings.entity.js';
import { AnnouncementSettingsRepository } from './announcement-settings.repository.js';
import { AnnouncementSettingsService } from './announcement-settings.service.js';
import { AnnouncementsController } from './announcements.controller.js';
import { AnnouncementsRepository } from './announcements.repository.js';
import { AnnouncementsService } from './announcements.service.js';
import { AnnouncementAttachment, AnnouncementAttachmentChunk } from './attachment.entity.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsRepository } from './attachments.repository.js';
import { AttachmentsService } from './attachments.service.js';
import { CorrectionsService } from './corrections.service.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveriesService } from './deliveries.service.js';
import { DraftingRepository } from './drafting.repository.js';
import { DraftingService } from './drafting.service.js';
import { PublicationController } from './publication.controller.js';
import { PublicationService } from './publication.service.js';
import { AnnouncementDelivery, AnnouncementReading, AnnouncementRecipient } from './recipient.entity.js';
import { RecipientsRepository } from './recipients.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Announcement,
      AnnouncementAttachment,
      AnnouncementAttachmentChunk,
      AnnouncementCategory,
      AnnouncementDelivery,
      AnnouncementReading,
      AnnouncementRecipient,
      AnnouncementRevision,
      AnnouncementSettings,
    ]),
  ],
  controllers: [
    PublicationController,
    AnnouncementsController,
    AttachmentsController,
    AnnouncementSettingsController,
  ],
  providers: [
    AcknowledgementsService,
    AnnouncementMails,
    AnnouncementSettingsRepository,
    AnnouncementSettingsService,
    AnnouncementsRepository,
    AnnouncementsService,
    AttachmentsRepository,
    AttachmentsService,
    CorrectionsService,
    DeliveriesRepository,
    DeliveriesService,
    DraftingRepository,
    DraftingService,
    PublicationService,
    RecipientsRepository,
  ],
  exports: [AnnouncementsService, DraftingService, PublicationService, AcknowledgementsService],
})
export class AnnouncementsModule {}
