import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsService } from './invitations.service.js';
import { StaffController } from './staff.controller.js';
import { StaffInvitation } from './staff-invitation.entity.js';
import { StaffRepository } from './staff.repository.js';
import { StaffService } from './staff.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([StaffInvitation]), AccountsModule, CredentialsModule],
  controllers: [StaffController, InvitationsController],
  providers: [StaffRepository, StaffService, InvitationsService],
  exports: [InvitationsService],
})
export class StaffModule {}
