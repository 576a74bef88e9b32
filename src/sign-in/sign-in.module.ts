import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { KnownDevices } from './known-devices.js';
import { MemberSignInService } from './member-sign-in.service.js';
import { SignInChallenge } from './sign-in-challenge.entity.js';
import { SignInController } from './sign-in.controller.js';
import { SignInRepository } from './sign-in.repository.js';
import { StaffSignInService } from './staff-sign-in.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([SignInChallenge]), AccountsModule, CredentialsModule],
  controllers: [SignInController],
  providers: [SignInRepository, MemberSignInService, StaffSignInService, KnownDevices],
})
export class SignInModule {}
