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
  readonly attachments: readonly string[];
}

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

  /** To those who haven't acknowledged it. */
  async followUp(tx: Tx, announcement: Told, recipients: readonly ForMany[]): Promise<void> {
    const { id, title, summary, publishedAt, expiresAt, revision } = announcement;
    const params = { title, summary, publishedAt: publishedAt ?? tx.now, expiresAt };
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
