import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LimitsRepository } from './limits.repository.js';
import { Limits } from './limits.service.js';
import { RateLimit } from './rate-limit.entity.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([RateLimit])],
  providers: [Limits, LimitsRepository],
  exports: [Limits],
})
export class LimitsModule {}
