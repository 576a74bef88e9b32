import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { type ForMany, Outbox } from '../platform/outbox/outbox.service.js';
import { corrected, followUp, published } from './announcements.messages.js';
import { DraftingRepository } from './drafting.repository.js';

/** What a mail says of an announcement. */
interface Told {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly categoryId: string;
  readonly publishedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revision: number;
  readonly acknowledgeFrom: number;
  readonly attachments: readonly string[];
}

const ALL = [published, corrected, followUp];

/** Who is told what: every mailbox of those it is meant for, in one statement. */
@Injectable()
export class AnnouncementMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly drafting: DraftingRepository,
  ) {}

  /** To those who came in just now and want each by itself. */
  async published(tx: Tx, announcement: Told, recipients: readonly ForMany[]): Promise<void> {
    const { id, title, summary, attachments, publishedAt, expiresAt, categoryId } = announcement;
    const category = (await this.drafting.findCategoryName(tx, categoryId)) ?? 'お知らせ';
    const params = { title, summary, attachments, category, publishedAt: publishedAt ?? tx.now, expiresAt };
    await this.outbox.addForMany(tx, {
      message: published,
      params,
      occasion: id,
      recipients,
      uselessAfter: expiresAt,
    });
  }

  /** To those who were in before the correction. */
  async corrected(
    tx: Tx,
    { id, title, summary, expiresAt, revision }: Told,
    correction: { note: string; askAgain: boolean },
    recipients: readonly ForMany[],
  ): Promise<void> {
    const params = { title, summary, expiresAt, ...correction };
    const occasion = `${id}:${revision}`;
    await this.outbox.addForMany(tx, {
      message: corrected,
      params,
      occasion,
      recipients,
      uselessAfter: expiresAt,
    });
  }

  /**
   * What still waits to be sent isn't sent: it was taken down, or isn't meant for them any longer. A digest goes as it
   * is, with what it had when it was put together.
   *
   * @param registrationIds whose mails; those of all if left out
   */
  async withdraw(tx: Tx, id: string, registrationIds?: readonly string[]): Promise<void> {
    await this.outbox.boundBy(tx, { messages: ALL, occasion: id, registrationIds, uselessAfter: tx.now });
  }

  /** Its end has moved: with it moves until when a mail that still waits is worth sending. */
  async boundBy(tx: Tx, id: string, expiresAt: Date | null): Promise<void> {
    await this.outbox.boundBy(tx, { messages: ALL, occasion: id, uselessAfter: expiresAt });
  }

  /** To those who haven't acknowledged it. */
  async followUp(tx: Tx, announcement: Told, recipients: readonly ForMany[]): Promise<void> {
    const { id, title, summary, publishedAt, expiresAt, revision, acknowledgeFrom } = announcement;
    const askedAgain = acknowledgeFrom > 1;
    const params = { title, summary, publishedAt: publishedAt ?? tx.now, expiresAt, askedAgain };
    const occasion = `${id}:${revision}`;
    await this.outbox.addForMany(tx, {
      message: followUp,
      params,
      occasion,
      recipients,
      uselessAfter: expiresAt,
    });
  }
}
