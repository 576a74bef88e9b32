import type { Agenda } from './agenda.js';
import { ANSWER_SIGMA, type Assumed, LETTER_DAYS, VAIN_CALL_MINUTES } from './assumptions.js';
import type { Chance } from './chance.js';
import type { Changes } from './changes.js';
import type { Clerks } from './clerks.js';
import type { CampaignDesk, ListedCall } from './desk.js';
import type { SimulatedPortal } from './portal.js';
import type { StaffDoor } from './staff-door.js';
import type { Town } from './town.js';
import type { World } from './world.js';

/** Business days until somebody is called again who wasn't there, or who has promised to answer. */
const CALL_AGAIN = 2;
const PROMISE_WAITS = 5;

interface Parts {
  readonly portal: SimulatedPortal;
  readonly world: World;
  readonly agenda: Agenda;
  readonly assumed: Assumed;
  readonly chance: Chance;
  readonly desk: CampaignDesk;
  readonly changes: Changes;
  readonly clerks: Clerks;
}

/** The office telephones and writes letters, as far as its minutes go. */
export class Office {
  minutesOnTheTelephone = 0;
  calls = 0;
  letters = 0;

  constructor(
    private readonly parts: Parts,
    private readonly door: StaffDoor,
  ) {}

  /** One business day's work on the lists. */
  async work(date: string): Promise<void> {
    await this.writeLetters(date);
    let minutes = this.parts.assumed.callMinutesADay;
    for (const listed of await this.parts.desk.list('phone')) {
      if (minutes < this.parts.assumed.callMinutes) break;
      if (listed.nextOn !== null && listed.nextOn > date) continue;
      const spent = await this.call(listed, date);
      minutes -= spent;
      this.minutesOnTheTelephone += spent;
    }
  }

  /** @returns minutes that it took */
  private async call(listed: ListedCall, date: string): Promise<number> {
    const { assumed, chance, world, desk, agenda } = this.parts;
    const town = world.town(listed.registrationId);
    this.calls += 1;
    if (!chance.happens(assumed.callReaches, town.code, 'call', listed.calls)) {
      const nextOn = agenda.calendar.add(date, CALL_AGAIN);
      await desk.record(listed, { way: 'phone', outcome: 'absent', nextOn });
      return VAIN_CALL_MINUTES;
    }
    await this.talk(listed, town, date);
    return assumed.callMinutes;
  }

  private async talk(listed: ListedCall, town: Town, date: string): Promise<void> {
    const { assumed, chance, desk, changes, agenda, clerks } = this.parts;
    const { registrationId, version } = listed;
    const { document } = await changes.current(registrationId);
    if (town.isTrue(document)) {
      return desk.record(listed, { way: 'phone', outcome: 'confirmed', version });
    }
    if (chance.happens(assumed.officeTypes, town.code, 'office types', listed.calls)) {
      await desk.record(listed, { way: 'phone', outcome: 'has-changes' });
      return changes.propose(await this.door.open('caller'), registrationId, town, date);
    }
    const nextOn = agenda.calendar.add(date, PROMISE_WAITS);
    await desk.record(listed, { way: 'phone', outcome: 'will-answer', nextOn });
    if (!chance.happens(assumed.keepsPromise, town.code, 'keeps promise', listed.calls)) return;
    const days = chance.days(assumed.answerDays, ANSWER_SIGMA, town.code, 'promise', listed.calls);
    agenda.plan(date, days + 1, `1 ${town.code}`, () =>
      clerks.keepPromise(registrationId, town, agenda.calendar.add(date, days + 1)),
    );
  }

  /** An answer comes by telephone or fax, and the office writes it down. */
  private async writeLetters(date: string): Promise<void> {
    const { assumed, chance, world, desk, agenda } = this.parts;
    for (const listed of await this.parts.desk.list('letter')) {
      if (listed.letters > 0) continue;
      const town = world.town(listed.registrationId);
      await desk.record(listed, { way: 'letter', outcome: 'sent' });
      this.letters += 1;
      if (!chance.happens(assumed.letterAnswers, town.code, 'letter')) continue;
      const days = chance.days(LETTER_DAYS, ANSWER_SIGMA, town.code, 'letter') + 1;
      agenda.plan(date, days, `1 ${town.code}`, () =>
        this.readLetter(listed, town, agenda.calendar.add(date, days)),
      );
    }
  }

  private async readLetter(listed: ListedCall, town: Town, date: string): Promise<void> {
    const { desk, changes } = this.parts;
    const { registrationId, campaignId } = listed;
    if (!(await desk.isOpen(campaignId, registrationId))) return;
    const { document, version } = await changes.current(registrationId);
    if (town.isTrue(document)) {
      return desk.record({ ...listed, version }, { way: 'letter', outcome: 'confirmed', version });
    }
    await desk.record(listed, { way: 'letter', outcome: 'has-changes' });
    await changes.propose(await this.door.open('caller'), registrationId, town, date);
  }
}
