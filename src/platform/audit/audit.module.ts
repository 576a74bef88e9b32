import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditHead, AuditSeal } from './audit-seal.entity.js';
import { AuditSealer } from './audit-sealer.js';
import { AuditEvent, AuditPersonal } from './audit.entity.js';
import { AuditController } from './audit.controller.js';
import { AuditEventsService } from './audit-events.service.js';
import { AuditRepository } from './audit.repository.js';
import { Audit } from './audit.service.js';
import { ErasingRepository } from './erasing.repository.js';
import { AuditErasing } from './erasing.service.js';
import { HeadsRepository } from './heads.repository.js';
import { AuditHeads } from './heads.service.js';
import { SealingRepository } from './sealing.repository.js';
import { VerificationRepository } from './verification.repository.js';
import { AuditVerification } from './verification.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEvent, AuditPersonal, AuditSeal, AuditHead])],
  controllers: [AuditController],
  providers: [
    Audit,
    AuditEventsService,
    AuditRepository,
    AuditSealer,
    SealingRepository,
    AuditHeads,
    HeadsRepository,
    AuditVerification,
    VerificationRepository,
    AuditErasing,
    ErasingRepository,
  ],
  exports: [Audit],
})
export class AuditModule {}
