import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Permission } from '../access/permission.js';
import type { Viewer } from '../access/viewer.js';
import { Audit } from '../audit/audit.service.js';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/tx.js';
import { DomainError } from '../http/domain-error.js';
import { decodeCursor, toPage, unreadableCursor } from '../http/page.js';
import { assertPeriod } from '../http/period.js';
import { noteReads, type PersonalSubject } from '../personal-reads/note-reads.js';
import type { ReadOperation } from '../personal-reads/read-operations.js';
import { Tasks } from '../tasks/tasks.service.js';
import type { MailPage, MailQuery, MailResponse } from './mail.dto.js';
import { MailRepository, type MailRow } from './mail.repository.js';
import { declaredMessages, fillCodes } from './message.js';
import { OutboxSignal } from './outbox-signal.js';
import { undeliverableTask } from './outbox.tasks.js';

/** Stands where the code was: whoever reads mails here can't use them. */
const HIDDEN_CODE = '（コード）';

/** 送信メール: what the portal mails and what became of it, for the office. */
@Injectable()
export class MailService {
  constructor(
    private readonly database: Database,
    private readonly repository: MailRepository,
    private readonly tasks: Tasks,
    private readonly signal: OutboxSignal,
    private readonly audit: Audit,
  ) {}

  async list(viewer: Viewer, query: MailQuery): Promise<MailPage> {
    assertPeriod(query);
    const [before = null] = decodeCursor(query.cursor, 1) ?? [];
    if (before !== null && !isUUID(before)) throw unreadableCursor();
    return this.database.transaction(viewer, Permission.ReadMail, async (tx) => {
      const { rows, total } = await this.repository.list(tx, query, before);
      const page = toPage(rows, query.limit, total, ({ id }) => [id], withLabel);
      await noteReads(tx, 'mail.list', page.items.flatMap(toSubjects));
      return page;
    });
  }

  /** @throws DomainError `not-found` */
  async get(viewer: Viewer, id: string): Promise<MailResponse> {
    return this.database.transaction(viewer, Permission.ReadMail, (tx) => this.answer(tx, 'mail.read', id));
  }

  /**
   * Has a mail that failed sent again, under the same `Message-ID`. Its tries and its four days begin anew.
   *
   * @throws DomainError `not-found`, `mail-not-failed`, `mail-of-no-use` when what it says no longer holds
   */
  async retry(viewer: Viewer, id: string): Promise<MailResponse> {
    return this.database.transaction(viewer, Permission.RetryMail, async (tx) => {
      const mail = await this.repository.lock(tx, id);
      if (!mail) throw new DomainError('not-found');
      if (mail.status !== 'failed') throw new DomainError('mail-not-failed');
      if (!mail.mayRetry) throw new DomainError('mail-of-no-use');
      await this.repository.retry(tx, id);
      // If it fails once more, another one is opened.
      await this.tasks.close(tx, [undeliverableTask], id);
      await this.audit.record(tx, 'mail.retried', {
        subjectId: id,
        // The trail has one municipality; of several, the mail itself says which.
        registrationId: mail.about.length === 1 ? (mail.about[0]?.registrationId ?? null) : null,
        details: { kind: mail.kind, attempts: mail.attempts },
        personal: null,
      });
      tx.afterCommit(() => this.signal.wake());
      return this.answer(tx, 'mail.retry', id);
    });
  }

  private async answer(tx: Tx, operation: ReadOperation, id: string): Promise<MailResponse> {
    const mail = await this.repository.find(tx, id);
    if (!mail) throw new DomainError('not-found');
    await noteReads(tx, operation, toSubjects(mail));
    return withLabel({ ...mail, body: fillCodes(mail.body, () => HIDDEN_CODE) });
  }
}

/** @returns whose people it shows */
const toSubjects = ({ id, about }: Pick<MailRow, 'id' | 'about'>): PersonalSubject[] =>
  about.length === 0
    ? [{ id, registrationId: null }]
    : about.map(({ registrationId }) => ({ id, registrationId }));

const withLabel = <Row extends Pick<MailRow, 'kind'>>(row: Row): Row & { kindLabel: string } => ({
  ...row,
  kindLabel: declaredMessages().get(row.kind)?.label ?? row.kind,
});
