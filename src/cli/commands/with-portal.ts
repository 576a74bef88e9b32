import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app.module.js';
import { productionKeys, productionSettings } from '../../config/env.js';
import { openDatabase } from '../database.js';

/** Does something with the portal's own services, on its database and with its keys, and lets go of everything. */
export async function withPortal(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const draft = productionSettings('');
  const keys = productionKeys(draft.publicUrl);
  const database = await openDatabase();
  try {
    // The portal that runs sends the mail.
    const settings = { ...draft, databaseUrl: database.appUrl, worker: false };
    const app = await NestFactory.createApplicationContext(AppModule.register(settings, keys), {
      logger: ['error'],
    });
    try {
      await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await database.release();
  }
}
