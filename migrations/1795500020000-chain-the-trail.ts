import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seals that tie each event of the trail to the one before it, and the heads of that chain that went out. */
export class ChainTheTrail1795500020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What an event seals of its personal values, so that they can be erased and the event still proved.
      ALTER TABLE audit_event ADD COLUMN personal_digest bytea;
      ALTER TABLE audit_personal ADD COLUMN salt bytea, ADD COLUMN erased_at timestamptz;
      ALTER TABLE audit_personal ALTER COLUMN data DROP NOT NULL;

      CREATE TABLE audit_seal (
        seq bigint NOT NULL,
        event_id uuid NOT NULL,
        previous_hash bytea NOT NULL,
        hash bytea NOT NULL,
        sealed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT audit_seal_pkey PRIMARY KEY (seq),
        CONSTRAINT audit_seal_seq_is_positive CHECK (seq > 0),
        CONSTRAINT audit_seal_hashes_are_sha_256 CHECK (octet_length(previous_hash) = 32 AND octet_length(hash) = 32),
        CONSTRAINT audit_seal_of_event FOREIGN KEY (event_id) REFERENCES audit_event(id)
      );
      CREATE UNIQUE INDEX audit_seal_event_id_is_unique ON audit_seal (event_id);
      -- Nothing has two successors: the chain can't fork, whoever seals.
      CREATE UNIQUE INDEX audit_seal_previous_hash_is_unique ON audit_seal (previous_hash);
      CREATE UNIQUE INDEX audit_seal_hash_is_unique ON audit_seal (hash);

      CREATE TABLE audit_head (
        day date NOT NULL,
        seq bigint NOT NULL,
        hash bytea NOT NULL,
        told_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT audit_head_pkey PRIMARY KEY (day),
        CONSTRAINT audit_head_hash_is_sha_256 CHECK (octet_length(hash) = 32)
      );

      ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
      ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
      CREATE POLICY audit_seal_of_system ON audit_seal
        USING (current_setting('renkei.actor', true) = 'system')
        WITH CHECK (current_setting('renkei.actor', true) = 'system');
      ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;
      ALTER TABLE audit_head FORCE ROW LEVEL SECURITY;
      CREATE POLICY audit_head_of_system ON audit_head
        USING (current_setting('renkei.actor', true) = 'system')
        WITH CHECK (current_setting('renkei.actor', true) = 'system');
      CREATE POLICY audit_personal_erased_by_system ON audit_personal FOR UPDATE
        USING (current_setting('renkei.actor', true) = 'system')
        WITH CHECK (current_setting('renkei.actor', true) = 'system');

      GRANT SELECT, INSERT ON audit_seal, audit_head TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
