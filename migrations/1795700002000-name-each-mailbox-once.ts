import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A mailbox that stands in a registration twice, once in capitals, is one mailbox: whoever mails all of a municipality's
 * would otherwise mail it twice, and the outbox refuses that.
 */
export class NameEachMailboxOnce1795700002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW registered_mailbox WITH (security_invoker = true) AS
        SELECT registration_id, mailbox_key, min(mailbox) AS mailbox
          FROM (SELECT d.registration_id, lower(d.email) AS mailbox_key, d.email AS mailbox
                  FROM department d JOIN registration r ON r.id = d.registration_id
                 WHERE r.status = 'active' AND d.valid_from <= today_in_tokyo()
                   AND (d.valid_to IS NULL OR d.valid_to > today_in_tokyo())
                UNION ALL
                SELECT c.registration_id, lower(c.email), c.email
                  FROM contact c JOIN registration r ON r.id = c.registration_id
                 WHERE c.email IS NOT NULL AND r.status = 'active' AND c.valid_from <= today_in_tokyo()
                   AND (c.valid_to IS NULL OR c.valid_to > today_in_tokyo())) written
         GROUP BY registration_id, mailbox_key;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
