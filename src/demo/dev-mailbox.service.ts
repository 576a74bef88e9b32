import { Injectable } from '@nestjs/common';
import { Totp } from '../credentials/totp.js';
import { Database } from '../platform/database/database.service.js';
import { Codes } from '../platform/mail/codes.js';
import { DemoRepository } from './demo.repository.js';

export interface DevMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: Date;
}

export interface StaffCode {
  readonly email: string;
  /** Six digits, good for half a minute and used once. */
  readonly code: string;
}

const SHOWN = 500;

/** Shows what was sent, with the codes in their places: derived again, as at sending, since they aren't stored. */
@Injectable()
export class DevMailbox {
  constructor(
    private readonly database: Database,
    private readonly repository: DemoRepository,
    private readonly codes: Codes,
    private readonly totp: Totp,
  ) {}

  /** What the demo's staff would read off their authenticator apps at this moment. */
  async listStaffCodes(): Promise<StaffCode[]> {
    return this.database.asSystem('mailbox', async (tx) => {
      const factors = await this.repository.listFactors(tx);
      return factors.map(({ email, factorId }) => ({
        email,
        code: this.totp.codeAt(factorId, tx.now.getTime()),
      }));
    });
  }

  /** Newest first. */
  async list(): Promise<DevMail[]> {
    const sent = await this.database.asSystem('mailbox', (tx) => this.repository.listSent(tx, SHOWN));
    return sent.map((mail) => ({
      id: mail.id,
      to: mail.recipient,
      subject: mail.subject,
      text: this.codes.fillIn(mail),
      sentAt: mail.sentAt,
    }));
  }
}
