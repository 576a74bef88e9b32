import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import { digest } from './announcements.messages.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import type { DeliveryResponse } from './reach.dto.js';
import type { Delivery } from './recipient.entity.js';

/** How each municipality is told: at once, or once a day what came since; and newcomers, who find it in their list. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly database: Database,
    private readonly repository: DeliveriesRepository,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.register({
      name: 'announcements.catch-up',
      run: () => database.asSystem('announcements.catch-up', (tx) => repository.catchUp(tx)),
    });
    jobs.registerEach({
      name: 'announcements.digest',
      list: (tx) => repository.listDue(tx),
      work: (tx, id) => this.tell(tx, id),
    });
  }

  /** @throws DomainError `not-found` for a registration of another municipality */
  async get(viewer: Viewer, registrationId: string): Promise<DeliveryResponse> {
    return this.database.transaction(viewer, Permission.ChooseDelivery, (tx) =>
      this.require(tx, registrationId),
    );
  }

  /** @throws DomainError `stale-version`, `not-found` for a registration of another municipality */
  async choose(
    viewer: Viewer,
    registrationId: string,
    version: number,
    delivery: Delivery,
  ): Promise<DeliveryResponse> {
    return this.database.transaction(viewer, Permission.ChooseDelivery, async (tx) => {
      await this.require(tx, registrationId);
      const by = tx.actor.name;
      if (!(await this.repository.choose(tx, registrationId, { version, delivery, by }))) {
        throw new DomainError('stale-version');
      }
      await this.audit.record(tx, 'announcement.delivery-chosen', {
        subjectId: registrationId,
        registrationId,
        details: { delivery },
        personal: { name: by },
      });
      return this.require(tx, registrationId);
    });
  }

  /** One mail to each of its mailboxes with all that waited. */
  private async tell(tx: Tx, registrationId: string): Promise<void> {
    const items = await this.repository.takeDue(tx, registrationId);
    const newest = items.at(-1);
    if (!newest) return;
    const mailboxes = await this.repository.mailboxes(tx, registrationId);
    await this.outbox.add(
      tx,
      mailboxes.map(({ mailbox, municipality }) =>
        outgoing({
          message: digest,
          to: mailbox,
          params: { municipality, items },
          occasion: `${registrationId}:${tx.today}:${newest.announcementId}`,
          registrationId,
        }),
      ),
    );
  }

  private async require(tx: Tx, registrationId: string): Promise<DeliveryResponse> {
    const delivery = await this.repository.find(tx, registrationId);
    if (!delivery) throw new DomainError('not-found');
    return delivery;
  }
}
