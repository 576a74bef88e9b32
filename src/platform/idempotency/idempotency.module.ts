import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database } from '../database/database.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { removeOldKeys } from './idempotency.repository.js';

/** Answers hold personal data, and nobody tries again after a day. */
const KEPT_HOURS = 24;

@Module({ imports: [TypeOrmModule.forFeature([IdempotencyKey])] })
export class IdempotencyModule {
  constructor(jobs: Jobs, database: Database) {
    jobs.register({
      name: 'idempotency.forget',
      run: () => database.asSystem('idempotency', (tx) => removeOldKeys(tx, KEPT_HOURS)),
    });
  }
}
