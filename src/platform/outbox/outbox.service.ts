import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Settings } from '../../config/env.js';
import type { Tx } from '../database/tx.js';
import { type MailContext, type MessageKind, MUNICIPALITY_SLOT, type RenderedMail } from './message.js';
import { OutboxSignal } from './outbox-signal.js';

export const SUBJECT_MARK = '【特別区全国連携】';

/** One mail to one mailbox. */
export interface Outgoing<Params> {
  readonly message: MessageKind<Params>;
  readonly to: string;
  readonly params: Params;
  /** The occasion: two mails for the same one never both go out. The kind and mailbox are added. */
  readonly occasion: string;
  /** What it is about. */
  readonly registrationId?: string;
  /** The same of a mail that is about several. */
  readonly registrationIds?: readonly string[];
  /** Whose code goes into the slot. */
  readonly challengeId?: string;
  /** After this instant it isn't worth sending. */
  readonly uselessAfter?: Date;
  /** Its id, a UUIDv7, where whoever asks for it keeps it; else the outbox gives it one. */
  readonly id?: string;
}

/** One of many mailboxes that get the same words. */
export interface ForMany {
  readonly to: string;
  /** Whom to address, such as `北海道音更町`. */
  readonly municipality: string;
  readonly registrationId: string;
}

/** The same words to many, but for whom they address. */
export interface OutgoingToMany<Params extends { municipality: string }> {
  readonly message: MessageKind<Params>;
  readonly params: Omit<Params, 'municipality'>;
  /** As of {@link Outgoing}; registration and mailbox are added. */
  readonly occasion: string;
  readonly recipients: readonly ForMany[];
  /** As of {@link Outgoing}; null: it is always worth sending. */
  readonly uselessAfter: Date | null;
}

/** Mails of one occasion that still wait to be sent. */
export interface Waiting {
  readonly messages: readonly { readonly kind: string }[];
  /** As of {@link Outgoing}, or its beginning up to a colon. */
  readonly occasion: string;
  /** Those of these registrations alone. */
  readonly registrationIds?: readonly string[] | undefined;
  /** As of {@link OutgoingToMany}; an instant that has come withdraws them. */
  readonly uselessAfter: Date | null;
}

/** @returns the argument, with the type of its parameters checked against its template */
export const outgoing = <Params>(mail: Outgoing<Params>): Outgoing<unknown> => mail as Outgoing<unknown>;

/** Writes mails into the transaction of what causes them. A worker sends them afterwards. */
@Injectable()
export class Outbox {
  private readonly context: MailContext;
  private readonly messageIdDomain: string;

  constructor(
    settings: Settings,
    private readonly signal: OutboxSignal,
  ) {
    this.context = settings;
    this.messageIdDomain = settings.mailFrom.split('@')[1] ?? 'localhost';
  }

  /** Renders and stores the mails. While the database writes some of many, the next are rendered. */
  async add(tx: Tx, mails: readonly Outgoing<unknown>[]): Promise<void> {
    if (mails.length === 0) return;
    let last: { mail: Outgoing<unknown>; text: RenderedMail } | undefined;
    const about: MessageRow[] = [];
    const render = (mail: Outgoing<unknown>): MessageRow => {
      // The same words to several mailboxes are put together once; they come one after another.
      const same = last && last.mail.message === mail.message && last.mail.params === mail.params;
      last = { mail, text: same && last ? last.text : mail.message.render(mail.params, this.context) };
      const row = this.toRow(mail, last.text);
      about.push(...(mail.registrationIds ?? []).map((registrationId) => [row[0] ?? null, registrationId]));
      return row;
    };
    let writing: Promise<unknown> = Promise.resolve();
    try {
      for (let at = 0; at < mails.length; at += AT_ONCE) {
        const rows = mails.slice(at, at + AT_ONCE).map(render);
        await writing;
        writing = tx.execute(INSERT_MESSAGES, columnsOf(rows));
      }
    } finally {
      await writing;
    }
    if (about.length > 0) await tx.execute(INSERT_ABOUT, columnsOf(about));
    tx.afterCommit(() => this.signal.wake());
  }

  /**
   * Renders once and stores a mail for each mailbox, in one statement that fills in whom it addresses: a thousand
   * municipalities take no longer than the rows do.
   */
  async addForMany<Params extends { municipality: string }>(
    tx: Tx,
    { message, params, occasion, recipients, uselessAfter }: OutgoingToMany<Params>,
  ): Promise<void> {
    if (recipients.length === 0) return;
    const { subject, body } = message.render(
      { ...params, municipality: MUNICIPALITY_SLOT } as Params,
      this.context,
    );
    const slot = body.indexOf(MUNICIPALITY_SLOT);
    if (slot === -1) throw new Error(`the message ${message.kind} addresses nobody`);
    await tx.execute(INSERT_FOR_MANY, [
      message.kind,
      `${message.kind}:${occasion}`,
      this.messageIdDomain,
      `${SUBJECT_MARK}${subject}`,
      body.slice(0, slot),
      body.slice(slot + MUNICIPALITY_SLOT.length),
      message.priority,
      uselessAfter,
      recipients.map(({ to }) => to),
      recipients.map(({ municipality }) => municipality),
      recipients.map(({ registrationId }) => registrationId),
    ]);
    tx.afterCommit(() => this.signal.wake());
  }

  /**
   * Moves until when they are worth sending. One that was withdrawn stays so, and what a worker has in its hands at this
   * instant still goes.
   */
  async boundBy(tx: Tx, { messages, occasion, registrationIds, uselessAfter }: Waiting): Promise<void> {
    await tx.execute(BOUND, [
      messages.map(({ kind }) => `${kind}:${occasion}:`),
      registrationIds ?? null,
      uselessAfter,
    ]);
  }

  /** What still waits of these isn't sent; what a worker has in its hands at this instant still goes. */
  async withdraw(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.execute(WITHDRAW, [ids]);
  }

  private toRow(mail: Outgoing<unknown>, { subject, body }: RenderedMail): MessageRow {
    const { message } = mail;
    const id = mail.id ?? uuidv7();
    return [
      id,
      message.kind,
      `${message.kind}:${mail.occasion}:${mail.to.toLowerCase()}`,
      `${id}@${this.messageIdDomain}`,
      mail.to,
      `${SUBJECT_MARK}${subject}`,
      body,
      message.codePurpose,
      message.codePurpose === null ? null : (mail.challengeId ?? null),
      mail.registrationId ?? null,
      message.priority,
      mail.uselessAfter?.toISOString() ?? null,
    ];
  }
}

/** Mails in one statement: many enough to be few round trips, few enough to be sent before the next are rendered. */
const AT_ONCE = 100;

/** In the order of {@link INSERT_MESSAGES}, or of another statement's columns. */
type MessageRow = readonly (string | number | null)[];

/** One array for each column: PostgreSQL takes them apart faster than JSON. */
const columnsOf = (rows: readonly MessageRow[]): unknown[] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? null));

const INSERT_MESSAGES = `
  INSERT INTO outbox_message (id, kind, dedupe_key, message_id, recipient, subject, body, code_purpose,
                              code_challenge_id, registration_id, priority, useless_after)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                       $9::uuid[], $10::uuid[], $11::smallint[], $12::timestamptz[])`;

const INSERT_ABOUT = `
  INSERT INTO outbox_message_about (message_id, registration_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])`;

const INSERT_FOR_MANY = `
  INSERT INTO outbox_message (id, kind, dedupe_key, message_id, recipient, subject, body, registration_id, priority,
                              useless_after)
  SELECT id, $1, $2 || ':' || registration_id || ':' || lower(recipient), id || '@' || $3, recipient, $4,
         $5 || municipality || $6, registration_id, $7, $8
    FROM (SELECT uuidv7() AS id, m.*
            FROM unnest($9::text[], $10::text[], $11::uuid[]) AS m (recipient, municipality, registration_id)) mails`;

const BOUND = `
  UPDATE outbox_message m SET useless_after = $3
    FROM unnest($1::text[]) AS occasion (beginning)
   WHERE m.sent_at IS NULL AND m.failed_at IS NULL AND coalesce(m.useless_after > now(), true)
     AND starts_with(m.dedupe_key, occasion.beginning)
     AND ($2::uuid[] IS NULL OR m.registration_id = ANY ($2))`;

const WITHDRAW = `
  UPDATE outbox_message SET useless_after = now()
   WHERE id = ANY ($1) AND sent_at IS NULL AND failed_at IS NULL AND coalesce(useless_after > now(), true)`;
