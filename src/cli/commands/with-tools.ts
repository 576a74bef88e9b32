import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuditToolsModule } from '../../platform/audit/audit-tools.module.js';
import { DatabaseCheck } from '../../platform/database/database-check.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { PersonalReadsModule } from '../../platform/personal-reads/personal-reads.module.js';
import { openDatabase, openEmbeddedDatabase } from '../database.js';

/** The parts of the portal that need its database and nothing else: neither settings nor keys. */
@Module({})
class Tools {
  static register(databaseUrl: string): DynamicModule {
    return {
      module: Tools,
      imports: [DatabaseModule.register(databaseUrl), AuditToolsModule, PersonalReadsModule],
    };
  }
}

/**
 * Works on the portal's database as `renkei_app`, whether a portal runs or not.
 *
 * @param demo the demo's database in the data folder, in place of the portal's
 */
export async function withTools<T>(
  demo: boolean,
  work: (tools: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const database = await (demo ? openEmbeddedDatabase('renkei_demo') : openDatabase());
  try {
    const tools = await NestFactory.createApplicationContext(Tools.register(database.appUrl), {
      logger: ['error'],
    });
    try {
      await tools.get(DatabaseCheck).assertFit();
      return await work(tools);
    } finally {
      await tools.close();
    }
  } finally {
    await database.release();
  }
}
