import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEvent, AuditPersonal } from './audit.entity.js';
import { AuditController } from './audit.controller.js';
import { AuditEventsService } from './audit-events.service.js';
import { AuditRepository } from './audit.repository.js';
import { Audit } from './audit.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEvent, AuditPersonal])],
  controllers: [AuditController],
  providers: [Audit, AuditEventsService, AuditRepository],
  exports: [Audit],
})
export class AuditModule {}
