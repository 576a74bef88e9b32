import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsRepository } from './credentials.repository.js';
import { CredentialsService } from './credentials.service.js';
import { RecoveryCode, StaffFactor } from './factor.entity.js';
import { FactorsService } from './factors.service.js';
import { Totp } from './totp.js';

@Module({
  imports: [TypeOrmModule.forFeature([StaffFactor, RecoveryCode]), AccountsModule],
  controllers: [CredentialsController],
  providers: [CredentialsRepository, CredentialsService, FactorsService, Totp],
  exports: [FactorsService, Totp],
})
export class CredentialsModule {}
