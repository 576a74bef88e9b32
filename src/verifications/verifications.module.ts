import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AddressVerification } from './verification.entity.js';
import { VerificationsController } from './verifications.controller.js';
import { VerificationsRepository } from './verifications.repository.js';
import { VerificationsService } from './verifications.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AddressVerification])],
  controllers: [VerificationsController],
  providers: [VerificationsService, VerificationsRepository],
  exports: [VerificationsService],
})
export class VerificationsModule {}
