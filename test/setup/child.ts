import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A program of the project in a process of its own, as `npm` starts it. */
export class Child {
  private output = '';

  private constructor(private readonly process: ChildProcess) {
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
  }

  /** @param script compiled, such as `dist/src/main.js` @param env all there is of the environment, PATH aside */
  static start(script: string, env: Record<string, string>, args: readonly string[] = []): Child {
    const child = spawn(process.execPath, [script, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Child(child);
  }

  /** Resolves once the output matches. @throws Error with the output when the process ends before */
  async printed(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.output)) {
      if (this.process.exitCode !== null)
        throw new Error(`ended with ${this.process.exitCode}:\n${this.output}`);
      await Promise.race([
        once(this.process.stdout as NonNullable<ChildProcess['stdout']>, 'data'),
        once(this.process, 'exit'),
      ]);
    }
    return this.output;
  }

  /** Waits for the end by itself. @returns exit code and everything printed */
  async ended(): Promise<{ code: number | null; output: string }> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'close');
    return { code: this.process.exitCode, output: this.output };
  }

  /** Ends it and waits until it has. */
  async end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    await once(this.process, 'exit');
  }
}

/** @returns a port on loopback that nobody had a moment ago */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
