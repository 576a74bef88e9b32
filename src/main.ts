import 'reflect-metadata';
import { openDatabase } from './cli/database.js';
import { buildPortal, closeOnSignal, listen, refuse } from './cli/serve.js';
import { productionKeys, productionSettings } from './config/env.js';
import { DatabaseCheck } from './platform/database/database-check.js';

/** The real thing: HTTP and, unless `WORKER=off`, the outbox's worker in the same process. */
async function main(): Promise<void> {
  // Everything that may be missing is asked for before anything is started.
  const draft = productionSettings('');
  const keys = productionKeys(draft.publicUrl);
  const database = await openDatabase();
  const settings = { ...draft, databaseUrl: database.appUrl };
  try {
    const app = await buildPortal(settings, keys);
    await app.get(DatabaseCheck).assertFit();
    await listen(app, settings);
    closeOnSignal(async () => {
      console.log('Stopping …');
      await app.close();
      await database.release();
    });
    console.log(
      `The portal is ready at ${settings.publicUrl} (listening on ${settings.host}:${settings.port}).`,
    );
  } catch (error) {
    await database.release();
    throw error;
  }
}

main().catch(refuse);
