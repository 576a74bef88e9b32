import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When staff had a mail that failed sent again: its tries and its four days count from there. */
export class NoteMailsSentAgain1795600001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox_message ADD COLUMN retried_at timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
