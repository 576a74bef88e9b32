import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything that waits for a person of the office. */
export class CreateTask1795400001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task (
        id uuid NOT NULL,
        kind text NOT NULL,
        subject_id uuid NOT NULL,
        registration_id uuid,
        title text NOT NULL,
        role text NOT NULL,
        weight smallint NOT NULL,
        opened_at timestamptz NOT NULL DEFAULT now(),
        owner_account_id uuid,
        done_at timestamptz,
        done_by_account_id uuid,
        CONSTRAINT task_pkey PRIMARY KEY (id),
        CONSTRAINT task_role_is_known CHECK (role IN ('reviewer', 'editor', 'admin')),
        CONSTRAINT task_weight_is_known CHECK (weight BETWEEN 1 AND 3),
        CONSTRAINT task_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id),
        CONSTRAINT task_owned_by_account FOREIGN KEY (owner_account_id) REFERENCES account(id),
        CONSTRAINT task_done_by_account FOREIGN KEY (done_by_account_id) REFERENCES account(id)
      );
      CREATE UNIQUE INDEX task_one_open_per_subject ON task (kind, subject_id) WHERE done_at IS NULL;
      CREATE INDEX task_open ON task (role) WHERE done_at IS NULL;

      ALTER TABLE task ENABLE ROW LEVEL SECURITY;
      ALTER TABLE task FORCE ROW LEVEL SECURITY;
      -- A municipality's own doings open and close what waits for the office.
      CREATE POLICY task_of_viewer ON task USING (viewer_may_see(registration_id)) WITH CHECK (viewer_may_see(registration_id));

      GRANT SELECT, INSERT, UPDATE ON task TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
