import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { SettingsError } from '../../config/env.js';

/** What has to hold of a database before the portal may serve from it. */
@Injectable()
export class DatabaseCheck {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @throws SettingsError with one sentence that says what to do */
  async assertFit(): Promise<void> {
    await this.assertBoundByWalls();
    await this.assertMigrated();
  }

  /** Row-level security binds neither a superuser nor a role that may bypass it. */
  private async assertBoundByWalls(): Promise<void> {
    const [role] = await this.dataSource.query<{ name: string; free: boolean }[]>(
      `SELECT current_user AS name, rolsuper OR rolbypassrls
              OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relkind = 'r') AS free
         FROM pg_roles r WHERE rolname = current_user`,
    );
    if (!role || role.free) {
      throw new SettingsError(
        `DATABASE_URL signs in as ${role?.name ?? 'an unknown role'}, which the walls between municipalities don't ` +
          'bind: use the role renkei_app, which owns nothing.',
      );
    }
  }

  private async assertMigrated(): Promise<void> {
    const [table] = await this.dataSource.query<{ present: boolean }[]>(
      `SELECT to_regclass('public.schema_migration') IS NOT NULL AS present`,
    );
    const done: { name: string }[] = table?.present
      ? await this.dataSource.query('SELECT name FROM schema_migration')
      : [];
    const names = new Set(done.map(({ name }) => name));
    const pending = migrations.filter(({ name }) => !names.has(name));
    if (pending.length > 0) {
      throw new SettingsError(
        `The database lacks ${pending.length} of ${migrations.length} migrations: run node dist/src/cli/cli.js migrate ` +
          'with DATABASE_OWNER_URL set.',
      );
    }
  }
}
