import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { limited, type Limit } from '../platform/limits/limit.js';
import { Limits } from '../platform/limits/limits.service.js';
import { usesOfTypedCode } from '../platform/limits/typed-codes.js';
import { Codes } from '../platform/mail/codes.js';
import { codeSlotOf } from '../platform/outbox/message.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { addresseesOf } from './addressees.js';
import type { ConfirmDto, ConfirmedResponse } from './answer.dto.js';
import { renewed } from './campaigns.messages.js';
import { guessingTask } from './campaigns.tasks.js';
import { type AskedTarget, LedgerRepository } from './ledger.repository.js';

/** Wrong codes of one number, from everywhere together: ten an hour. */
const PER_NUMBER: Limit = { name: 'confirm.number', burst: 10, everySeconds: 360 };
/**
 * Wrong codes over the whole portal: nobody is refused for them, but somebody of the office has to know. Clerks mistype
 * some on the day of the ask.
 */
const OVER_THE_PORTAL: Limit = { name: 'confirm.portal', burst: 200, everySeconds: 20 };
/** The alarm is about no registration. */
const ALARM = '019b3a5c-0c00-7000-8000-000000000004';

type Answered =
  | { readonly kind: 'wrong-code' }
  | { readonly kind: 'refused'; readonly because: 'question-ended' | 'registration-changed-since' }
  | { readonly kind: 'done'; readonly response: ConfirmedResponse };

/** 「変更はありません」 without signing in: whoever has the mail has the number and the code of what it lists. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerRepository,
    private readonly registrations: RegistrationsService,
    private readonly codes: Codes,
    private readonly limits: Limits,
    private readonly outbox: Outbox,
    private readonly tasks: Tasks,
  ) {}

  /**
   * @param number as the mail shows it
   * @param network where the caller is
   * @throws DomainError `wrong-code`, alike for an unknown number and a wrong code; `registration-changed-since` where
   *   the mail listed what is registered no longer, and another mail goes; `question-ended`; `too-many-requests`
   */
  async confirm(number: string, { code, name }: ConfirmDto, network: string): Promise<ConfirmedResponse> {
    const uses = [...usesOfTypedCode(network, `confirm:${number}`), limited(PER_NUMBER, number)];
    await this.limits.take(uses);
    const answered = await this.database.asSystem('confirm', (tx) => this.answer(tx, number, code, name));
    if (answered.kind === 'wrong-code') {
      await this.watch();
      throw new DomainError('wrong-code');
    }
    await this.limits.giveBack(uses);
    if (answered.kind === 'refused') throw new DomainError(answered.because);
    return answered.response;
  }

  /** Ends well also where it has to refuse: the mail about what changed goes nevertheless, and no try is used up. */
  private async answer(tx: Tx, number: string, code: string, name: string): Promise<Answered> {
    const target = await this.ledger.findByNumber(tx, number);
    const question = target?.questions.find(({ id }) => this.codes.matches('confirm-registration', id, code));
    if (!target || !question) return { kind: 'wrong-code' };
    if (target.over) return { kind: 'refused', because: 'question-ended' };
    const { registrationId } = target;
    const { version } = await this.registrations.lock(tx, registrationId);
    const { prefecture, municipality, lastConfirmedAt } = await this.registrations.require(
      tx,
      registrationId,
    );
    if (question.version !== version) {
      await this.askAnew(tx, target, version);
      return { kind: 'refused', because: 'registration-changed-since' };
    }
    const already = lastConfirmedAt !== null && lastConfirmedAt >= new Date(question.askedAt);
    if (!already) {
      await this.registrations.confirmWithin(tx, registrationId, version, {
        name,
        recordedAs: name,
        method: 'confirmation',
      });
    }
    return {
      kind: 'done',
      response: {
        municipality: prefecture + municipality,
        status: already ? 'already' : 'confirmed',
        confirmedAt: already ? lastConfirmedAt : tx.now,
      },
    };
  }

  /** The mail of before lists what is registered no longer: one that does goes, once for each version. */
  private async askAnew(
    tx: Tx,
    { campaignId, registrationId, number }: AskedTarget,
    version: number,
  ): Promise<void> {
    const [question] = await this.ledger.ask(tx, campaignId, [{ registrationId, version }]);
    if (!question?.isNew) return;
    const { document, prefecture, municipality } = await this.registrations.require(tx, registrationId);
    const written = await this.ledger.listWrittenTo(tx, campaignId, registrationId);
    const known = addresseesOf(document, 'everyone').filter(({ mailbox }) => written.includes(mailbox));
    const addressees = known.length > 0 ? known : addresseesOf(document, 'department');
    await this.outbox.add(
      tx,
      addressees.map((addressee) =>
        outgoing({
          id: uuidv7(),
          message: renewed,
          to: addressee.mailbox,
          params: {
            asked: [
              {
                municipality: prefecture + municipality,
                addressee,
                document,
                number,
                codeSlot: codeSlotOf(question.id),
              },
            ],
          },
          occasion: question.id,
          registrationId,
          challengeId: question.id,
        }),
      ),
    );
  }

  /** Many wrong codes in a short time are somebody who guesses: the office is told once, until somebody has looked. */
  private async watch(): Promise<void> {
    if (await this.limits.tryTake([limited(OVER_THE_PORTAL)])) return;
    await this.database.asSystem('confirm', (tx) =>
      this.tasks.open(tx, guessingTask, {
        subjectId: ALARM,
        registrationId: null,
        title: '登録内容の確認の画面で、違うコードが続けて入力されています',
      }),
    );
  }
}
