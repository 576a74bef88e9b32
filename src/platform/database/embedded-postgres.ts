import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { APPLICATION_ROLE, OWNER_ROLE, databaseUrl, prepareRoles, roleUrl } from './database-roles.js';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { openPostgresFolder, type PostgresFolder } from './postgres-data-folder.js';
import { programsFor, type RunProgram } from './postgres-programs.js';
import {
  PassingStartFailure,
  findPostmaster,
  freePort,
  startPostmaster,
  stopPostmaster,
} from './postmaster.js';
import { ServerShare } from './server-share.js';

export interface EmbeddedPostgres {
  /** Connection of the role that owns the database and runs the migrations. */
  ownerUrl: string;
  /** Connection of the role the portal works as. */
  appUrl: string;
  /** Whether this call started the server; false when it was running already. */
  started: boolean;
  /** Gives up this portal's share; the last one to do so stops the server. May be called again. */
  release(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** The portal's data folder; PostgreSQL's own things go into `postgres` in it. */
  dir: string;
  /** Name of the database. */
  database?: string;
  /** Programs other than the installed package's. */
  binaries?: PostgresBinaries;
}

/** Also covers the recovery of a larger database after a crash. */
const PATIENCE_MS = 120_000;
const POLL_MS = 50;

/**
 * Starts the PostgreSQL that the portal brings along, or attaches to it when it is running: beside another
 * portal on the same folder, or after the last one was killed.
 *
 * @throws Error in one sentence when the folder or the system user does not allow it
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { database = 'renkei', binaries = findPostgresBinaries() } = options;
  fs.mkdirSync(options.dir, { recursive: true });
  const folder = await openPostgresFolder(path.resolve(options.dir, 'postgres'), binaries);
  const server = new EmbeddedServer(folder, binaries);
  const { share, started } = await server.attachOrStart();
  const release = () => server.release(share);
  try {
    const { owner, application } = folder.secrets;
    await prepareRoles(share.adminUrl, { database, ownerPassword: owner, applicationPassword: application });
    const url = databaseUrl(share.adminUrl, database);
    return {
      ownerUrl: roleUrl(url, OWNER_ROLE, owner),
      appUrl: roleUrl(url, APPLICATION_ROLE, application),
      started,
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

class EmbeddedServer {
  private runner: RunProgram | undefined;

  constructor(
    private readonly folder: PostgresFolder,
    private readonly binaries: PostgresBinaries,
  ) {}

  /** Several portals may go through this at the same moment; each ends with a share in one server. */
  async attachOrStart(): Promise<{ share: ServerShare; started: boolean }> {
    const deadline = Date.now() + PATIENCE_MS;
    let started = false;
    while (Date.now() < deadline) {
      const running = findPostmaster(this.folder.data);
      if (running === undefined) {
        started = await this.tryToStart();
        if (started) continue;
      } else if (running !== 'unready') {
        const share = await ServerShare.take(this.adminUrl(running.port));
        if (share) return { share, started };
      }
      await delay(POLL_MS);
    }
    throw new Error(
      `The embedded PostgreSQL on ${this.folder.data} did not answer within ${PATIENCE_MS / 1000} seconds; ` +
        `its log is ${this.folder.log}.`,
    );
  }

  /** Stops the server if that was the last share. */
  async release(share: ServerShare): Promise<void> {
    await share.giveUp(() => stopPostmaster(this.run(), this.folder.data, 'fast'));
  }

  private async tryToStart(): Promise<boolean> {
    try {
      await startPostmaster(this.run(), this.folder.data, this.folder.log, await freePort());
      return true;
    } catch (error) {
      if (error instanceof PassingStartFailure) return false;
      throw error;
    }
  }

  /** Made when first needed: attaching takes no program. */
  private run(): RunProgram {
    return (this.runner ??= programsFor(this.binaries, this.folder.path));
  }

  private adminUrl(port: number): string {
    return `postgres://postgres:${this.folder.secrets.superuser}@127.0.0.1:${port}/postgres`;
  }
}
