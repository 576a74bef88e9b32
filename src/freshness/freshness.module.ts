import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FreshnessSnapshot } from './freshness-snapshot.entity.js';
import { FreshnessController } from './freshness.controller.js';
import { FreshnessRepository } from './freshness.repository.js';
import { FreshnessService } from './freshness.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([FreshnessSnapshot])],
  controllers: [FreshnessController],
  providers: [FreshnessService, FreshnessRepository],
  exports: [FreshnessService],
})
export class FreshnessModule {}
