import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { PortalController } from './portal.controller.js';

@Module({ controllers: [HealthController, PortalController] })
export class HttpModule {}
