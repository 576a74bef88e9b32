import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Change requests that wait already stand in the office's list, too. */
export class OpenTasksForWhatWaits1795400002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO task (id, kind, subject_id, registration_id, title, role, weight, opened_at)
      SELECT gen_random_uuid(), 'change-request.review', c.id, c.registration_id,
             p.name || m.name || '　変更届 ' || c.number, 'reviewer', 2, c.submitted_at
        FROM change_request c
        JOIN registration r ON r.id = c.registration_id
        JOIN municipality m ON m.code = r.municipality_code
        JOIN prefecture p ON p.code = m.prefecture_code
       WHERE c.status = 'under_review';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
