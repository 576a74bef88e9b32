import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegistryModule } from '../registry/registry.module.js';
import { Account, Session } from './account.entity.js';
import { KnownDevices } from './known-devices.js';
import { Cookies } from './session-cookie.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Account, Session]), RegistryModule],
  controllers: [SessionsController],
  providers: [SessionsRepository, SessionsService, Cookies, KnownDevices],
  exports: [SessionsService, Cookies, KnownDevices],
})
export class AccountsModule {}
