import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.service.js';
import { Codes } from '../platform/mail/codes.js';
import { groupDigits } from '../platform/mail/mail-text.js';
import { CODE_SLOT } from '../platform/outbox/message.js';
import { DemoRepository, type SentMail } from './demo.repository.js';

export interface DevMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: Date;
}

const SHOWN = 500;

/** Shows what was sent, with the codes in their places: derived again, as at sending, since they aren't stored. */
@Injectable()
export class DevMailbox {
  constructor(
    private readonly database: Database,
    private readonly repository: DemoRepository,
    private readonly codes: Codes,
  ) {}

  /** Newest first. */
  async list(): Promise<DevMail[]> {
    const sent = await this.database.asSystem('mailbox', (tx) => this.repository.listSent(tx, SHOWN));
    return sent.map((mail) => ({
      id: mail.id,
      to: mail.recipient,
      subject: mail.subject,
      text: this.fillIn(mail),
      sentAt: mail.sentAt,
    }));
  }

  private fillIn({ body, codePurpose, codeChallengeId }: SentMail): string {
    if (codePurpose === null || codeChallengeId === null) return body;
    return body.replaceAll(CODE_SLOT, groupDigits(this.codes.derive(codePurpose, codeChallengeId), 4));
  }
}
