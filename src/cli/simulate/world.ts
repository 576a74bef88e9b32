import { addDays } from '../../platform/calendar/business-calendar.js';
import type { RegistrationDocument } from '../../registry/registration-document.js';
import type { Assumed } from './assumptions.js';
import type { Chance } from './chance.js';
import { type Season, Town } from './town.js';

/** A registration as the portal has it on the first day. */
export interface Registered {
  readonly id: string;
  readonly municipalityCode: string;
  readonly document: RegistrationDocument;
  /** null: never since it was registered. */
  readonly confirmedDaysAgo: number | null;
}

/** Those that nobody ever confirmed have been registered for as long, as the demo has it. Days. */
const REGISTERED_DAYS_AGO = 1826;

/** All town halls, and which of them a mailbox belongs to. */
export class World {
  readonly towns: ReadonlyMap<string, Town>;

  /** @param start first day of the simulation, `YYYY-MM-DD` */
  constructor(registered: readonly Registered[], assumed: Assumed, chance: Chance, start: string) {
    this.towns = new Map(
      registered.map(({ id, municipalityCode, document, confirmedDaysAgo }) => {
        const town = new Town(municipalityCode, document, assumed, chance);
        if (assumed.neglect > 0) {
          const last = addDays(start, -(confirmedDaysAgo ?? REGISTERED_DAYS_AGO));
          for (const season of seasonsBetween(last, start)) town.begin(season);
        }
        return [id, town];
      }),
    );
  }

  town(id: string): Town {
    const town = this.towns.get(id);
    if (!town) throw new Error(`no town has the registration ${id}`);
    return town;
  }

  /** Of two that share the mailbox, the first. */
  townOfMailbox(email: string): Town | null {
    return [...this.towns.values()].find((town) => town.mailbox(email)) ?? null;
  }

  /** Does what a day brings to everybody. @returns whether it brings anything */
  dawn(date: string): boolean {
    const season = seasonOn(date);
    if (season === null) return false;
    for (const town of this.towns.values()) town.begin(season);
    return true;
  }
}

/** @returns the season that begins on this day, or null */
export function seasonOn(date: string): Season | null {
  return /-(04|10)-01$/.test(date) ? (date.slice(0, 7) as Season) : null;
}

/** Seasons that began after one day and up to another. */
export function seasonsBetween(after: string, until: string): Season[] {
  const seasons: Season[] = [];
  for (let year = Number(after.slice(0, 4)); year <= Number(until.slice(0, 4)); year += 1) {
    for (const season of [`${year}-04`, `${year}-10`] as Season[]) {
      if (`${season}-01` > after && `${season}-01` <= until) seasons.push(season);
    }
  }
  return seasons;
}
