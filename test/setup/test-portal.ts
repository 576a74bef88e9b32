import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import type { Settings } from '../../src/config/env.js';
import { generateKeysFile, Keys, type KeysFile } from '../../src/config/keys.js';
import { createApp } from '../../src/platform/http/create-app.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export interface TestPortal {
  readonly app: NestFastifyApplication;
  /** Where it listens; `settings.publicUrl` is another address, as behind a proxy. */
  readonly origin: string;
  readonly database: TestDatabase;
  readonly settings: Settings;
  /** For a second process on the same database. */
  readonly keysFile: KeysFile;
  close(): Promise<void>;
}

const PUBLIC_URL = 'http://127.0.0.1:3999';

/** The whole portal on a database of its own. Its worker is off: a test drains the outbox when it wants to. */
export async function startTestPortal(overrides: Partial<Settings> = {}): Promise<TestPortal> {
  return startTestPortalOn(await createTestDatabase(), overrides);
}

/** The same on a database that was made in another way; it goes with the portal. */
export async function startTestPortalOn(
  database: TestDatabase,
  overrides: Partial<Settings> = {},
): Promise<TestPortal> {
  const settings: Settings = {
    mode: 'production',
    host: '127.0.0.1',
    port: 3999,
    publicUrl: PUBLIC_URL,
    databaseUrl: database.appUrl,
    worker: false,
    smtpUrl: null,
    mailFrom: 'renkei@portal.example',
    // Every client says where it calls from.
    trustedProxies: ['127.0.0.1'],
    logLevel: 'silent',
    registrationDesk: { name: '公益財団法人特別区協議会　事業部事業推進課', phone: '03-5210-9080' },
    projectDesk: { name: '特別区長会事務局　調査第1課', phone: '03-5210-9747' },
    ...overrides,
  };
  const keysFile = generateKeysFile();
  const app = await createApp(
    AppModule.register(settings, Keys.from(keysFile, settings.publicUrl)),
    settings,
  );
  await app.listen(overrides.port ?? 0, '127.0.0.1');
  return {
    app,
    origin: await app.getUrl(),
    database,
    settings,
    keysFile,
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
