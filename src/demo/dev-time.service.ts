import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.service.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { DemoRepository } from './demo.repository.js';
import type { DaysPassed, LetDaysPassDto } from './dev-time.dto.js';

const DEMO_ONLY = 'デモだけの機能です。届出を古くして、期日の来た処理を行いました。時計は変わりません。';

/** Lets days pass for one change request or application alone: a demo can't wait for two weeks. */
@Injectable()
export class DevTime {
  constructor(
    private readonly database: Database,
    private readonly repository: DemoRepository,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Makes it older, and does at once what the calendar now brings.
   *
   * @throws DomainError `invalid` unless it is one of the two, `not-found`
   */
  async pass({ changeRequestId, applicationId, days }: LetDaysPassDto): Promise<DaysPassed> {
    const id = changeRequestId ?? applicationId;
    if (id === undefined || (changeRequestId !== undefined && applicationId !== undefined)) {
      throw invalidField(
        '/changeRequestId',
        'one-of',
        '変更届か申込みのどちらか一つの id を入れてください。',
      );
    }
    const number = await this.database.asSystem('demo', (tx) =>
      changeRequestId === undefined
        ? this.repository.makeApplicationOlder(tx, id, days)
        : this.repository.makeChangeRequestOlder(tx, id, days),
    );
    if (number === null) throw new DomainError('not-found');
    await this.jobs.runDue();
    return { demoOnly: DEMO_ONLY, number, days };
  }
}
