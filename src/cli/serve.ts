import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { AppModule } from '../app.module.js';
import { type Settings, SettingsError } from '../config/env.js';
import type { Keys } from '../config/keys.js';
import { createApp } from '../platform/http/create-app.js';
import { buildOpenApi } from '../platform/http/openapi.js';

/** @returns the portal, ready to listen, with its documentation at `/api/docs` */
export async function buildPortal(settings: Settings, keys: Keys): Promise<NestFastifyApplication> {
  const app = await createApp(AppModule.register(settings, keys), settings);
  SwaggerModule.setup('api/docs', app, () => buildOpenApi(app), { jsonDocumentUrl: 'api/openapi.json' });
  return app;
}

/** @throws SettingsError when something else has the port */
export async function listen(app: NestFastifyApplication, settings: Settings): Promise<void> {
  try {
    await app.listen(settings.port, settings.host);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new SettingsError(
      `Port ${settings.port} is in use: stop what runs there (another portal?), or set PORT to another number.`,
    );
  }
}

/** Runs `close` once, however often the process is asked to end, and ends it then. */
export function closeOnSignal(close: () => Promise<void>): void {
  let closing = false;
  const end = (): void => {
    if (closing) return;
    closing = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

/** Says in one sentence why the portal doesn't start, and ends; other errors are shown whole. */
export function refuse(error: unknown): never {
  console.error(error instanceof SettingsError ? `The portal can't start. ${error.message}` : error);
  process.exit(1);
}
