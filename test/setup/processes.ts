import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Child, freePort } from './child.js';
import { SmtpSink } from './smtp-sink.js';
import type { TestPortal } from './test-portal.js';

/** A process of its own on the same database, as `npm start` runs it. */
export interface PortalProcess {
  readonly child: Child;
  readonly origin: string;
}

/** What is loaded into a process before it starts, for its environment. @param names of files in `preload/` */
export const preloading = (...names: readonly string[]): Record<string, string> => ({
  NODE_OPTIONS: names
    .map((name) => `--import=${pathToFileURL(path.resolve('test/setup/preload', `${name}.mjs`)).href}`)
    .join(' '),
});

/** Resolves once a process that has `quick-ticks` loaded has looked so many times more after what falls due. */
export async function ticked({ child }: PortalProcess, times: number): Promise<void> {
  const before = (await child.printed(/(?:)/)).match(/tick \d+;/g)?.length ?? 0;
  await child.printed(new RegExp(`tick ${before + times};`));
}

/** Starts processes beside a portal, with its keys and a mail server of their own. */
export class Processes {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'renkei-processes-'));
  private readonly children: Child[] = [];

  private constructor(
    private readonly portal: TestPortal,
    readonly sink: SmtpSink,
  ) {
    writeFileSync(this.keysFile, JSON.stringify(portal.keysFile), { mode: 0o600 });
  }

  static async beside(portal: TestPortal): Promise<Processes> {
    return new Processes(portal, await SmtpSink.start());
  }

  private get keysFile(): string {
    return path.join(this.folder, 'keys.json');
  }

  /** @param env settings of this process, over those that all have */
  async start(env: Record<string, string> = {}): Promise<PortalProcess> {
    const started = await this.launch(env);
    await started.child.printed(/ready/);
    return started;
  }

  /** The same without waiting until it serves anybody: it may be about to do what fell due. */
  async launch(env: Record<string, string> = {}): Promise<PortalProcess> {
    const port = await freePort();
    const child = Child.start('dist/src/main.js', {
      PORT: String(port),
      PUBLIC_URL: this.portal.settings.publicUrl,
      SMTP_URL: this.sink.url,
      MAIL_FROM: this.portal.settings.mailFrom,
      KEYS_FILE: this.keysFile,
      DATABASE_URL: this.portal.database.appUrl,
      ...env,
    });
    this.children.push(child);
    return { child, origin: `http://127.0.0.1:${port}` };
  }

  /** Before the portal's own close: its database goes with it. */
  async close(): Promise<void> {
    await Promise.all(this.children.map((child) => child.end('SIGTERM')));
    await this.sink.stop();
    rmSync(this.folder, { recursive: true });
  }
}
