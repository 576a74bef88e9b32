import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditHead, AuditSeal } from './audit-seal.entity.js';
import { AuditSealer } from './audit-sealer.js';
import { AuditToolsModule } from './audit-tools.module.js';
import { AuditEvent, AuditPersonal } from './audit.entity.js';
import { AuditController } from './audit.controller.js';
import { AuditEventsService } from './audit-events.service.js';
import { AuditRepository } from './audit.repository.js';
import { HeadsRepository } from './heads.repository.js';
import { AuditHeads } from './heads.service.js';
import { SealingRepository } from './sealing.repository.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEvent, AuditPersonal, AuditSeal, AuditHead]), AuditToolsModule],
  controllers: [AuditController],
  providers: [
    AuditEventsService,
    AuditRepository,
    AuditSealer,
    SealingRepository,
    AuditHeads,
    HeadsRepository,
  ],
  exports: [AuditToolsModule],
})
export class AuditModule {}
