import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart from the constraints themselves: reading the whole table holds up no reader or writer here. */
export class ValidateChangeRequests1795400043000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE change_request
        VALIDATE CONSTRAINT change_request_status_is_known,
        VALIDATE CONSTRAINT change_request_decision_has_time,
        VALIDATE CONSTRAINT change_request_applied_has_time,
        VALIDATE CONSTRAINT change_request_partly_approved_has_refused;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
