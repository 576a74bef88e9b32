import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Outbox } from '../platform/outbox/outbox.service.js';
import { corrected, followUp, published } from './announcements.messages.js';
import { DraftingRepository } from './drafting.repository.js';
import { type MailTo, RecipientsRepository } from './recipients.repository.js';

/** What a mail says of an announcement. */
interface Told {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly categoryId: string;
  readonly publishedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revision: number;
  readonly attachments: readonly string[];
}

/** Who is told what: every mailbox of those it is meant for, in one statement. */
@Injectable()
export class AnnouncementMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly recipients: RecipientsRepository,
    private readonly drafting: DraftingRepository,
  ) {}

  /** To those who came in just now and want each by itself. @returns how many mails */
  async published(tx: Tx, announcement: Told): Promise<number> {
    const { id, title, summary, attachments, publishedAt, expiresAt, categoryId } = announcement;
    const category = (await this.drafting.findCategoryName(tx, categoryId)) ?? 'お知らせ';
    const recipients = await this.to(tx, id, 'added-now');
    await this.outbox.addForMany(tx, {
      message: published,
      params: { title, summary, attachments, category, publishedAt: publishedAt ?? tx.now, expiresAt },
      occasion: id,
      recipients,
    });
    return recipients.length;
  }

  /** To those who were in before the correction. @returns how many mails */
  async corrected(
    tx: Tx,
    announcement: Told,
    correction: { note: string; askAgain: boolean },
  ): Promise<number> {
    const { id, title, summary, expiresAt, revision } = announcement;
    const recipients = await this.to(tx, id, 'all-added-before');
    await this.outbox.addForMany(tx, {
      message: corrected,
      params: { title, summary, expiresAt, ...correction },
      occasion: `${id}:${revision}`,
      recipients,
    });
    return recipients.length;
  }

  /** To those who were taken for it just now. @returns how many mails */
  async followUp(tx: Tx, announcement: Told): Promise<number> {
    const { id, title, summary, publishedAt, expiresAt, revision } = announcement;
    const recipients = await this.to(tx, id, 'followed-up-now');
    await this.outbox.addForMany(tx, {
      message: followUp,
      params: { title, summary, publishedAt: publishedAt ?? tx.now, expiresAt },
      occasion: `${id}:${revision}`,
      recipients,
    });
    return recipients.length;
  }

  private to(tx: Tx, id: string, to: MailTo): ReturnType<RecipientsRepository['mailboxes']> {
    return this.recipients.mailboxes(tx, id, to);
  }
}
