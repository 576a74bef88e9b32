import { ANSWER_SIGMA, type Assumed, AWAY_DAYS, FULL_MOST_OF_THE_TIME } from './assumptions.js';
import type { Chance } from './chance.js';
import type { Mailbox, Person, Town } from './town.js';

/** What becomes of a mail between the council's server and the mailbox. */
export type Fate = 'arrives' | 'refused' | 'comes-back' | 'lost';

/** Somebody who has read a mail and will act on it. */
export interface Resolve {
  readonly person: Person;
  readonly inBusinessDays: number;
  /** The how-manieth mail it was that they saw. */
  readonly nth: number;
}

/** How the people and the mailboxes of all town halls behave in a year that asks them once. */
export class People {
  /** Mails that came to a mailbox, and that a person was told of. */
  private readonly counts = new Map<string, number>();
  private readonly told = new Set<string>();

  constructor(
    private readonly assumed: Assumed,
    private readonly chance: Chance,
  ) {}

  /** Each mail to a mailbox is a try of its own, but for gateways and mailboxes that are as they are all year. */
  fateOf(town: Town, box: Mailbox): Fate {
    const { closedGateways, fullMailboxes, fullToday, lostInGateway } = this.assumed;
    const key = box.email.toLowerCase();
    const nth = this.count(`mailbox ${key}`);
    if (box.life === 'refuses') return 'refused';
    if (this.chance.happens(closedGateways, town.code, 'closed gateway')) return 'lost';
    const full = this.chance.happens(fullMailboxes, key, 'often full') ? FULL_MOST_OF_THE_TIME : fullToday;
    if (this.chance.happens(full, key, 'full', nth)) return 'comes-back';
    return this.chance.happens(lostInGateway, key, 'lost', nth) ? 'lost' : 'arrives';
  }

  /** Whoever gets to see what came to a mailbox: the one in charge, or nobody. */
  readerOf(town: Town, box: Mailbox): Person | null {
    if (box.life !== 'read') return null;
    const nth = this.count(`opened ${box.email.toLowerCase()}`);
    const { person, isOwner } = town.holderBehind(box);
    if ('contact' in box.owner && isOwner) return person;
    const { passedOn, predecessorForwards } = this.assumed;
    const chance = isOwner ? passedOn : predecessorForwards;
    return this.chance.happens(chance, box.email.toLowerCase(), 'passed on', nth) ? person : null;
  }

  /** A notice in March: whoever will leave may tell whoever comes. */
  readNotice(town: Town, box: Mailbox): void {
    if (this.readerOf(town, box)) this.told.add(town.code);
  }

  /**
   * A mail of a campaign came to somebody's eyes.
   *
   * @returns who will act on it and when, or null where nobody does
   */
  readAsk(town: Town, box: Mailbox): Resolve | null {
    const person = this.readerOf(town, box);
    if (!person || this.isSilent(town, person)) return null;
    const heard = this.count(`${town.code} ${person.key}`);
    const counted = heard - (this.isUnaware(town, person) ? 1 : 0);
    if (!this.isMoved(town, person, counted)) return null;
    return { person, inBusinessDays: this.daysToAnswer(town, person, heard), nth: heard };
  }

  /** To correct something takes more than a press of a button. */
  putsOff(town: Town, person: Person, nth: number): boolean {
    return this.happens(this.assumed.putsOff, town, person, 'puts off', nth);
  }

  isCareless(town: Town, person: Person): boolean {
    return this.happens(this.assumed.careless, town, person, 'careless');
  }

  private isSilent(town: Town, person: Person): boolean {
    const { silentOffices, silentPeople } = this.assumed;
    return (
      this.chance.happens(silentOffices, town.code, 'silent office') ||
      this.happens(silentPeople, town, person, 'silent')
    );
  }

  private isUnaware(town: Town, person: Person): boolean {
    if (!person.isNew || !this.happens(this.assumed.newUnaware, town, person, 'unaware')) return false;
    const told = this.told.has(town.code);
    return !(told && this.happens(this.assumed.noticeHandsOver, town, person, 'handed over'));
  }

  private isMoved(town: Town, person: Person, counted: number): boolean {
    if (counted < 1) return false;
    const { promptPeople, silentPeople, reminderMoves } = this.assumed;
    // Of those who answer at all.
    if (this.happens(promptPeople / (1 - silentPeople), town, person, 'prompt')) return true;
    return counted > 1 && this.happens(reminderMoves, town, person, 'moved', counted);
  }

  private daysToAnswer(town: Town, person: Person, heard: number): number {
    const question = [town.code, person.key, heard] as const;
    const { answerDays, outOfOffice } = this.assumed;
    const away = this.chance.happens(outOfOffice, ...question, 'away') ? AWAY_DAYS : 0;
    return this.chance.days(answerDays, ANSWER_SIGMA, ...question, 'answers') + away;
  }

  private happens(probability: number, town: Town, person: Person, ...rest: (string | number)[]): boolean {
    return this.chance.happens(probability, town.code, person.key, ...rest);
  }

  private count(what: string): number {
    const count = (this.counts.get(what) ?? 0) + 1;
    this.counts.set(what, count);
    return count;
  }
}
