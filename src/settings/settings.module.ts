import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SettingsController } from './settings.controller.js';
import { OfficeSettings } from './settings.entity.js';
import { SettingsRepository } from './settings.repository.js';
import { OfficeSettingsService } from './settings.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([OfficeSettings])],
  controllers: [SettingsController],
  providers: [OfficeSettingsService, SettingsRepository],
  exports: [OfficeSettingsService],
})
export class SettingsModule {}
