import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { daysOf, periodOf, subjectOf } from './freshness-course.policy.js';
import type {
  FreshnessCourseQuery,
  FreshnessCourseResponse,
  FreshnessQuery,
  FreshnessSummaryResponse,
} from './freshness.dto.js';
import { toSummary } from './freshness.mapper.js';
import { FreshnessRepository } from './freshness.repository.js';

/** 情報の鮮度: how much of what is registered was confirmed lately, now and over time. */
@Injectable()
export class FreshnessService {
  constructor(
    private readonly database: Database,
    private readonly repository: FreshnessRepository,
    jobs: Jobs,
  ) {
    jobs.register({
      name: 'freshness.snapshot',
      run: () => database.asSystem('freshness.snapshot', (tx) => repository.takeSnapshot(tx)),
    });
  }

  /** As it is now. Numbers alone: nobody's name or address is read for it. */
  async summary(viewer: Viewer, place: FreshnessQuery): Promise<FreshnessSummaryResponse> {
    return this.database.transaction(viewer, Permission.ReadFreshness, async (tx) =>
      toSummary(await this.repository.count(tx, place), tx.now),
    );
  }

  /** As it was day by day or week by week. @throws DomainError `invalid`, see {@link periodOf}, {@link subjectOf} */
  async course(viewer: Viewer, query: FreshnessCourseQuery): Promise<FreshnessCourseResponse> {
    const subject = subjectOf(query);
    return this.database.transaction(viewer, Permission.ReadFreshness, async (tx) => {
      const period = periodOf(query, tx.today);
      const { points, since, missed } = await this.repository.course(
        tx,
        { ...period, step: daysOf(period) },
        subject,
      );
      return { ...period, recordedSince: since, missedDays: missed, points };
    });
  }
}
