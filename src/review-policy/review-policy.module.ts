import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReviewPolicyController } from './review-policy.controller.js';
import { ReviewPolicy } from './review-policy.entity.js';
import { ReviewPolicyRepository } from './review-policy.repository.js';
import { ReviewPolicyService } from './review-policy.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ReviewPolicy])],
  controllers: [ReviewPolicyController],
  providers: [ReviewPolicyService, ReviewPolicyRepository],
  exports: [ReviewPolicyService],
})
export class ReviewPolicyModule {}
