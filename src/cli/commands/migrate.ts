import { ownerDatabaseUrl } from '../../config/env.js';
import { prepareDatabase } from '../database.js';

export async function migrateExternal(): Promise<void> {
  const { migrations, municipalities } = await prepareDatabase(ownerDatabaseUrl());
  console.log(`${migrations.length} migrations ran; the master holds ${municipalities} municipalities.`);
}
