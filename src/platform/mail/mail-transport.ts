import { Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Settings } from '../../config/env.js';
import type { DeliveryFault } from '../outbox/retry.policy.js';

/** How long the server may take to answer each step; scanning gateways think long after the text. */
const STEP_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 20_000;
/** For one mail from beginning to end, well below the outbox's lease, so that no second worker takes it. */
const DEADLINE_MS = 120_000;
/** As many as the outbox sends at once, so that none waits here while its time runs. */
export const SMTP_CONNECTIONS = 3;

export interface PlainMail {
  readonly messageId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
}

/** Hands one mail to the council's mail server. In the demo it is composed all the same, and goes nowhere. */
@Injectable()
export class MailTransport {
  private readonly transporter: Transporter;

  constructor(private readonly settings: Settings) {
    const closed = { disableFileAccess: true, disableUrlAccess: true };
    this.transporter =
      settings.smtpUrl === null
        ? createTransport({ ...closed, streamTransport: true, buffer: true })
        : createTransport({
            ...closed,
            ...smtpOptions(settings.smtpUrl),
            pool: true,
            maxConnections: SMTP_CONNECTIONS,
            // The outbox tries again; the library must not do so behind its back.
            maxRequeues: 0,
            connectionTimeout: CONNECT_TIMEOUT_MS,
            greetingTimeout: CONNECT_TIMEOUT_MS,
            socketTimeout: STEP_TIMEOUT_MS,
          });
  }

  /** @returns null once the server has taken the mail, else what went wrong; never throws */
  async send(mail: PlainMail): Promise<DeliveryFault | null> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error('the mail server took longer than the deadline')),
        DEADLINE_MS,
      );
    });
    try {
      await Promise.race([this.transporter.sendMail(this.compose(mail)), deadline]);
      return null;
    } catch (error) {
      return toFault(error);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.transporter.close();
  }

  private compose(mail: PlainMail): Parameters<Transporter['sendMail']>[0] {
    // Addresses as objects only: a comma or a line end in a string would make a second recipient.
    return {
      messageId: `<${mail.messageId}>`,
      from: { name: '特別区全国連携プロジェクト', address: this.settings.mailFrom },
      to: { name: '', address: mail.recipient },
      envelope: { from: this.settings.mailFrom, to: [mail.recipient] },
      subject: mail.subject,
      text: mail.body,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    };
  }
}

function smtpOptions(url: string): {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  auth?: { user: string; pass: string };
} {
  const parsed = new URL(url);
  const secure = parsed.protocol === 'smtps:';
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(parsed.hostname);
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port) || (secure ? 465 : 587),
    secure,
    // Codes and passwords go over no wire in the clear, nor where somebody strips STARTTLS from the greeting.
    requireTLS: !secure && !loopback,
    ...(parsed.username && {
      auth: { user: decodeURIComponent(parsed.username), pass: decodeURIComponent(parsed.password) },
    }),
  };
}

function toFault(error: unknown): DeliveryFault {
  const { responseCode, command, message } = error as {
    responseCode?: number;
    command?: string;
    message?: string;
  };
  return {
    replyCode: responseCode ?? null,
    aboutRecipient: command === 'RCPT TO',
    certain: responseCode !== undefined || neverConnected(error),
    message: message ?? String(error),
  };
}

/** Without a connection nothing can have been delivered; after one, a silence may hide a delivery. */
function neverConnected(error: unknown): boolean {
  const { syscall, code, message = '' } = error as { syscall?: string; code?: string; message?: string };
  return (
    syscall === 'connect' || code === 'EDNS' || /^(Connection timeout|Greeting never received)/.test(message)
  );
}
