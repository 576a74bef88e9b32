import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegistryModule } from '../registry/registry.module.js';
import { Account, Session, SignInChallenge, StaffInvitation } from './account.entity.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsRepository } from './accounts.repository.js';
import { InvitationPageController } from './invitation-page.controller.js';
import { InvitationsService } from './invitations.service.js';
import { Cookies } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Account, Session, SignInChallenge, StaffInvitation]), RegistryModule],
  controllers: [AccountsController, InvitationPageController],
  providers: [AccountsRepository, SignInService, SessionsService, InvitationsService, Cookies],
  exports: [InvitationsService, SessionsService],
})
export class AccountsModule {}
