import { Module } from '@nestjs/common';
import { Audit } from './audit.service.js';
import { ErasingRepository } from './erasing.repository.js';
import { AuditErasing } from './erasing.service.js';
import { VerificationRepository } from './verification.repository.js';
import { AuditVerification } from './verification.service.js';

/** What needs nothing but the database, so that the command line can do it where no portal runs. */
@Module({
  providers: [Audit, AuditVerification, VerificationRepository, AuditErasing, ErasingRepository],
  exports: [Audit, AuditVerification, AuditErasing],
})
export class AuditToolsModule {}
