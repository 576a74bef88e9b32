import type { Desk } from '../../config/env.js';
import type { CodePurpose } from './outbox.entity.js';

/** Stands in a stored text where the code goes at the moment of sending. No address can hold these brackets. */
export const CODE_SLOT = '⟦code⟧';

/** The same where a text carries the codes of several challenges. */
export const codeSlotOf = (challengeId: string): string => `⟦code:${challengeId}⟧`;

const EVERY_SLOT = /⟦code(?::([0-9a-f-]{36}))?⟧/gu;

/** @param codeOf what to put in: for the challenge that is named, or for the mail's own (null) */
export const fillCodes = (body: string, codeOf: (challengeId: string | null) => string): string =>
  body.replace(EVERY_SLOT, (_slot, challengeId?: string) => codeOf(challengeId ?? null));

/** Stands in a text for many where each one's municipality goes: in its first place only, the addressee's line. */
export const MUNICIPALITY_SLOT = '⟦municipality⟧';

/** What every template may say besides its own facts. */
export interface MailContext {
  readonly publicUrl: string;
  readonly registrationDesk: Desk;
  readonly projectDesk: Desk;
}

export interface RenderedMail {
  /** Without the project's mark, which stands before every subject. */
  readonly subject: string;
  readonly body: string;
}

/** A kind of mail, declared once by the room that sends it. */
export interface MessageKind<Params> {
  readonly kind: string;
  /** Japanese: what it is, in the office's list of mails. */
  readonly label: string;
  readonly codePurpose: CodePurpose | null;
  /** Lower goes first. */
  readonly priority: number;
  readonly render: (params: Params, context: MailContext) => RenderedMail;
}

const declared = new Map<string, MessageKind<never>>();

/**
 * Declares a kind of mail and its one template.
 *
 * @throws Error when the kind is declared already
 */
export function declareMessage<Params>(
  kind: string,
  label: string,
  render: MessageKind<Params>['render'],
  options: { codePurpose?: CodePurpose; priority?: number } = {},
): MessageKind<Params> {
  if (declared.has(kind)) throw new Error(`the message ${kind} is declared twice`);
  const { codePurpose = null, priority = 5 } = options;
  const message = { kind, label, render, codePurpose, priority };
  declared.set(kind, message);
  return message;
}

/** @returns every kind that a loaded room has declared */
export const declaredMessages = (): ReadonlyMap<string, MessageKind<never>> => declared;
