import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AnnouncementSettings } from './announcement-settings.entity.js';
import { Announcement, AnnouncementCategory, AnnouncementRevision } from './announcement.entity.js';
import { AnnouncementAttachment, AnnouncementAttachmentChunk } from './attachment.entity.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsRepository } from './attachments.repository.js';
import { AttachmentsService } from './attachments.service.js';
import { AnnouncementDelivery, AnnouncementReading, AnnouncementRecipient } from './recipient.entity.js';

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
  controllers: [AttachmentsController],
  providers: [AttachmentsService, AttachmentsRepository],
})
export class AnnouncementsModule {}
