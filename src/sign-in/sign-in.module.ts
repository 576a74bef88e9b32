import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { Database } from '../platform/database/database.service.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { MemberSignInService } from './member-sign-in.service.js';
import { SignInChallenge } from './sign-in-challenge.entity.js';
import { SignInController } from './sign-in.controller.js';
import { SignInRepository } from './sign-in.repository.js';
import { StaffSignInService } from './staff-sign-in.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([SignInChallenge]), AccountsModule, CredentialsModule],
  controllers: [SignInController],
  providers: [SignInRepository, MemberSignInService, StaffSignInService],
})
export class SignInModule {
  constructor(jobs: Jobs, database: Database, repository: SignInRepository) {
    jobs.register({
      name: 'sign-in.forget',
      run: () => database.asSystem('sign-in', (tx) => repository.removePast(tx)),
    });
  }
}
