import { v7 as uuidv7 } from 'uuid';
import { codeSlotOf } from '../platform/outbox/message.js';
import { outgoing, type Outgoing } from '../platform/outbox/outbox.service.js';
import { tokyoDate } from '../platform/text/japanese-date.js';
import type { CurrentRegistration } from '../registry/registrations.repository.js';
import { type Addressee, addresseesOf } from './addressees.js';
import { ask, preNotice } from './campaigns.messages.js';
import type { StepRow } from './campaigns.repository.js';
import type { AskParams, NextStep } from './emails/ask.js';
import type { AskedRegistration } from './asked.js';
import { asks, hasGone, isList, type StepRecipients } from './ladder.js';

/** One mail of a step: to one mailbox, about every registration that it serves and that is asked. */
export interface StepMail {
  readonly id: string;
  readonly mailbox: string;
  readonly mailboxKey: string;
  readonly about: readonly { readonly registration: CurrentRegistration; readonly addressee: Addressee }[];
}

/** What every mail of a step says. */
export interface StepFacts {
  readonly campaignId: string;
  readonly step: StepRow;
  /** `YYYY-MM-DD` */
  readonly deadline: string;
  readonly today: string;
  readonly next: NextStep | null;
  /** `YYYY-MM-DD` of the ask. */
  readonly askOn: string;
  readonly firstAsked: ReadonlyMap<string, Date>;
  /** By registration: what a person types. */
  readonly numbers: ReadonlyMap<string, string>;
  /** By registration: whose id makes the code. */
  readonly questions: ReadonlyMap<string, string>;
}

/** @returns one mail for each mailbox, in the order in which the registrations first name them */
export function mailsOf(
  registrations: readonly CurrentRegistration[],
  recipients: StepRecipients,
): StepMail[] {
  const byKey = new Map<string, { mailbox: string; about: StepMail['about'][number][] }>();
  for (const registration of registrations) {
    for (const addressee of addresseesOf(registration.document, recipients)) {
      const key = addressee.mailbox.toLowerCase();
      const mail = byKey.get(key) ?? { mailbox: addressee.mailbox, about: [] };
      mail.about.push({ registration, addressee });
      byKey.set(key, mail);
    }
  }
  return [...byKey].map(([mailboxKey, { mailbox, about }]) => ({ id: uuidv7(), mailbox, mailboxKey, about }));
}

/** The mail as the outbox takes it. */
export function toOutgoing(mail: StepMail, facts: StepFacts): Outgoing<unknown> {
  const { step, campaignId } = facts;
  const asked = mail.about.map(({ registration, addressee }) => toAsked(registration, addressee, facts));
  const [first, second] = mail.about.map(({ registration }) => registration.id);
  const common = {
    id: mail.id,
    to: mail.mailbox,
    occasion: `${campaignId}:${step.id}`,
    ...(second === undefined
      ? { registrationId: first }
      : { registrationIds: mail.about.map(({ registration }) => registration.id) }),
  };
  if (step.template === 'pre-notice') {
    const { askOn, deadline } = facts;
    return outgoing({
      ...common,
      message: preNotice,
      params: { opening: step.opening, asked, askOn, deadline },
    });
  }
  if (isList(step.template)) throw new Error('a list is not mailed');
  const challengeId = facts.questions.get(first ?? '');
  if (challengeId === undefined) throw new Error('nobody was asked');
  const params: AskParams = {
    template: step.template,
    opening: step.opening,
    asked,
    deadline: facts.deadline,
    today: facts.today,
    askedOn: firstAskedOn(mail, facts),
    next: facts.next,
  };
  return outgoing({ ...common, message: ask, params, challengeId });
}

export function toAsked(
  { id, prefecture, municipality, document }: CurrentRegistration,
  addressee: Addressee,
  {
    step,
    numbers,
    questions,
  }: Pick<StepFacts, 'numbers' | 'questions'> & {
    step: Pick<StepRow, 'template'>;
  },
): AskedRegistration {
  const question = questions.get(id);
  return {
    municipality: prefecture + municipality,
    addressee,
    document,
    number: numbers.get(id) ?? '',
    codeSlot: asks(step.template) && question !== undefined ? codeSlotOf(question) : null,
  };
}

function firstAskedOn({ about }: StepMail, { firstAsked }: StepFacts): string | null {
  const dates = about.flatMap(({ registration }) => firstAsked.get(registration.id) ?? []);
  const first = dates.toSorted((a, b) => a.getTime() - b.getTime())[0];
  return first === undefined ? null : tokyoDate(first);
}

/** The step that comes after one, of those that are still to go. */
export function nextStep(steps: readonly StepRow[], after: StepRow): NextStep | null {
  const next = steps.slice(steps.indexOf(after) + 1).find((step) => !hasGone(step));
  return next ? { template: next.template, recipients: next.recipients, date: tokyoDate(next.dueAt) } : null;
}
