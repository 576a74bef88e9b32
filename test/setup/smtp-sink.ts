import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface SunkMail {
  readonly envelopeTo: string[];
  readonly messageId: string | undefined;
  readonly subject: string | undefined;
  readonly text: string | undefined;
  readonly raw: string;
}

/** What the server is to answer to a recipient; null: it takes the mail. */
export type Refusal = { readonly at: 'rcpt' | 'data'; readonly code: number } | null;

/** A real SMTP server on loopback that keeps what it is given. */
export class SmtpSink {
  readonly mails: SunkMail[] = [];
  /** Replaced by tests that need a difficult server. */
  judge: (recipient: string) => Refusal = () => null;
  /** Replaced by tests that need a server which thinks long after the text. */
  hold: (recipient: string) => Promise<void> | null = () => null;
  private waiting: (() => void)[] = [];

  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  static async start(port = 0): Promise<SmtpSink> {
    const server = new SMTPServer({
      authOptional: true,
      // A pooled connection of the portal must not hold the end of a test up.
      closeTimeout: 20,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _session, done) => done(refusal(sink.judge(address), 'rcpt')),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        const receive = async (): Promise<void> => {
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          const refused = recipients.map((address) => refusal(sink.judge(address), 'data')).find(Boolean);
          for (const address of recipients) await sink.hold(address);
          if (!refused) await sink.keep(Buffer.concat(chunks), recipients);
          done(refused);
        };
        stream.on('end', () => void receive());
      },
    });
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    const sink: SmtpSink = new SmtpSink(
      server,
      `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    );
    return sink;
  }

  /** Resolves once so many mails have come; the test's own time limit ends a vain wait. */
  async waitFor(count: number): Promise<SunkMail[]> {
    while (this.mails.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.mails;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private async keep(raw: Buffer, envelopeTo: string[]): Promise<void> {
    const { messageId, subject, text } = await simpleParser(raw);
    this.mails.push({ envelopeTo, messageId, subject, text, raw: raw.toString() });
    for (const wake of this.waiting.splice(0)) wake();
  }
}

function refusal(judged: Refusal, at: 'rcpt' | 'data'): Error | null {
  return judged?.at === at
    ? Object.assign(new Error('refused by the test'), { responseCode: judged.code })
    : null;
}
