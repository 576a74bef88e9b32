import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which fields change at once is no secret, since it decides about a member's own request; admins alone write it. */
export class WallReviewPolicy1795500010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE review_policy ENABLE ROW LEVEL SECURITY;
      ALTER TABLE review_policy FORCE ROW LEVEL SECURITY;
      CREATE POLICY review_policy_read_by_all ON review_policy FOR SELECT USING (viewer_is_known());
      CREATE POLICY review_policy_inserted_by_admin ON review_policy FOR INSERT
        WITH CHECK (current_setting('renkei.actor', true) = 'system' OR viewer_is_admin());
      CREATE POLICY review_policy_updated_by_admin ON review_policy FOR UPDATE
        USING (current_setting('renkei.actor', true) = 'system' OR viewer_is_admin());
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
