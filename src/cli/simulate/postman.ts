import { MailTransport, type PlainMail } from '../../platform/mail/mail-transport.js';
import { OutboxWorker } from '../../platform/outbox/outbox.worker.js';
import type { DeliveryFault } from '../../platform/outbox/retry.policy.js';
import type { Fate, People } from './people.js';
import type { SimulatedPortal } from './portal.js';
import type { World } from './world.js';

/** A campaign's mail that has come to a mailbox. */
export interface Delivered {
  readonly recipient: string;
  readonly body: string;
  readonly campaignId: string;
  readonly template: string;
  /** Several where the mailbox is theirs together; with the number under which each is asked. */
  readonly about: readonly { readonly registrationId: string; readonly number: string }[];
}

interface LedgerRow extends Omit<Delivered, 'body' | 'recipient'> {
  readonly messageId: string;
}

/**
 * Stands where the mail server would: the portal's own worker claims, fills in and hands over each mail, and the model says
 * what becomes of it. The ledger says by which step of which campaign each was sent.
 */
export class Postman {
  private readonly bag = new Map<string, PlainMail>();
  readonly fates: Record<Fate, number> = { arrives: 0, refused: 0, 'comes-back': 0, lost: 0 };

  constructor(
    private readonly portal: SimulatedPortal,
    private readonly world: World,
    private readonly people: People,
  ) {
    portal.app.get(MailTransport).send = (mail) => Promise.resolve(this.take(mail));
  }

  /** Hands over everything that is queued. @returns what has come to a mailbox of what campaigns sent, in a fixed order */
  async deliver(): Promise<Delivered[]> {
    await this.portal.database.asSystem('simulation', (tx) => tx.execute(ARRIVED));
    await this.portal.app.get(OutboxWorker).drain();
    const mails = new Map(this.bag);
    this.bag.clear();
    if (mails.size === 0) return [];
    const rows = await this.portal.database.asSystem('simulation', (tx) =>
      tx.query<LedgerRow>(LEDGER, [[...mails.keys()]]),
    );
    return rows
      .flatMap(({ messageId, ...row }) => {
        const { recipient = '', body = '' } = mails.get(messageId) ?? {};
        return this.arrives(recipient) ? [{ ...row, recipient, body }] : [];
      })
      .toSorted((a, b) => (a.recipient < b.recipient ? -1 : 1));
  }

  /** A server knows at once only that there is no such mailbox. */
  private take(mail: PlainMail): DeliveryFault | null {
    this.bag.set(mail.messageId, mail);
    if (this.world.townOfMailbox(mail.recipient)?.mailbox(mail.recipient)?.life !== 'refuses') return null;
    return {
      replyCode: 550,
      aboutRecipient: true,
      certain: true,
      message: '550 5.1.1 no such mailbox',
    };
  }

  private arrives(recipient: string): boolean {
    const town = this.world.townOfMailbox(recipient);
    const box = town?.mailbox(recipient);
    if (!town || !box) throw new Error(`a campaign wrote to ${recipient}, which nobody ever had`);
    const fate = this.people.fateOf(town, box);
    this.fates[fate] += 1;
    return fate === 'arrives';
  }
}

/** Receipts, codes and results tell the model nothing: they are taken to have arrived, which saves half of the time. */
const ARRIVED = `
  UPDATE outbox_message SET sent_at = now()
   WHERE sent_at IS NULL AND failed_at IS NULL AND kind NOT LIKE 'campaign.%'`;

const LEDGER = `
  SELECT o.message_id AS "messageId", r.campaign_id AS "campaignId", s.template,
         json_agg(json_build_object('registrationId', r.registration_id, 'number', t.number::text)
                  ORDER BY g.municipality_code) AS about
    FROM outbox_message o
    JOIN campaign_reminder r ON r.mail_id = o.id
    JOIN campaign_step s ON s.id = r.step_id
    JOIN campaign_target t ON t.campaign_id = r.campaign_id AND t.registration_id = r.registration_id
    JOIN registration g ON g.id = r.registration_id
   WHERE o.message_id = ANY ($1)
   GROUP BY o.message_id, r.campaign_id, s.template`;
