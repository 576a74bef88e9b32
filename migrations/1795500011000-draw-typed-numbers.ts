import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers that people type beside a code are drawn, so that nobody can count through them and use up others' tries. */
export class DrawTypedNumbers1795500011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nine digits; a unique index stands behind each column. Of a million numbers alive, one draw in 900 is taken.
      CREATE FUNCTION drawn_number() RETURNS bigint LANGUAGE sql VOLATILE
        RETURN 100000000 + ('x' || substr(md5(gen_random_uuid()::text), 1, 14))::bit(56)::bigint % 900000000;
      ALTER TABLE address_verification ALTER COLUMN number SET DEFAULT drawn_number();
      ALTER TABLE staff_invitation ALTER COLUMN number SET DEFAULT drawn_number();
      DROP SEQUENCE typed_number;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
