import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { LandingController } from './landing.controller.js';

@Module({ controllers: [HealthController, LandingController] })
export class HttpModule {}
