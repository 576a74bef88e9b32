import { type BusinessCalendar } from '../../platform/calendar/business-calendar.js';

/** Something that somebody will do on a day. */
export interface Plan {
  /** Plans of one day are carried out by this, so that nothing depends on which mail happened to come first. */
  readonly order: string;
  readonly carryOut: () => Promise<void>;
}

/** What is planned for which day. Everybody here works on business days alone. */
export class Agenda {
  private readonly days = new Map<string, Plan[]>();

  constructor(readonly calendar: BusinessCalendar) {}

  /** @param date `YYYY-MM-DD` @param businessDays from it on; 0: on it, or on the next business day */
  plan(date: string, businessDays: number, order: string, carryOut: () => Promise<void>): void {
    const on = this.calendar.add(date, businessDays);
    this.days.set(on, [...(this.days.get(on) ?? []), { order, carryOut }]);
  }

  /** Takes the next plan of a day; what it plans for the same day comes later on it. */
  next(date: string): Plan | undefined {
    const [first, ...rest] = (this.days.get(date) ?? []).toSorted((a, b) => (a.order < b.order ? -1 : 1));
    this.days.set(date, rest);
    return first;
  }
}
