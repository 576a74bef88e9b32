import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEvent, AuditPersonal } from './audit.entity.js';
import { Audit } from './audit.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEvent, AuditPersonal])],
  providers: [Audit],
  exports: [Audit],
})
export class AuditModule {}
