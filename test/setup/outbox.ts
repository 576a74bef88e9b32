import { Database } from '../../src/platform/database/database.service.js';
import { Codes } from '../../src/platform/mail/codes.js';
import type { CodePurpose } from '../../src/platform/outbox/outbox.entity.js';
import type { TestPortal } from './test-portal.js';

export interface QueuedMail {
  readonly kind: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly codePurpose: CodePurpose | null;
  readonly codeChallengeId: string | null;
  /** From then on it isn't sent any more. */
  readonly uselessAfter: Date | null;
}

/** What the outbox holds, oldest first. */
export function queuedMails({ app }: TestPortal): Promise<QueuedMail[]> {
  return app.get(Database).asSystem('test', (tx) =>
    tx.query<QueuedMail>(
      `SELECT kind, recipient, subject, body, code_purpose AS "codePurpose", code_challenge_id AS "codeChallengeId",
              useless_after AS "uselessAfter"
         FROM outbox_message ORDER BY id`,
    ),
  );
}

/** The code that the newest mail of a kind to a mailbox will carry. */
export async function mailedCode(portal: TestPortal, kind: string, recipient: string): Promise<string> {
  const mail = (await queuedMails(portal)).findLast((m) => m.kind === kind && m.recipient === recipient);
  if (!mail?.codePurpose || !mail.codeChallengeId) throw new Error(`no ${kind} with a code for ${recipient}`);
  return portal.app.get(Codes).derive(mail.codePurpose, mail.codeChallengeId);
}
