import { SessionsService } from '../../accounts/sessions.service.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { RegistrationsService } from '../../registry/registrations.service.js';
import type { Agenda } from './agenda.js';
import { type Assumed, UNASKED_DAYS } from './assumptions.js';
import type { Chance } from './chance.js';
import type { Changes } from './changes.js';
import type { CampaignDesk } from './desk.js';
import type { People, Resolve } from './people.js';
import type { SimulatedPortal } from './portal.js';
import type { Delivered } from './postman.js';
import { type Ticket, ticketsIn } from './ticket.js';
import type { Town } from './town.js';
import type { World } from './world.js';

interface Parts {
  readonly portal: SimulatedPortal;
  readonly world: World;
  readonly people: People;
  readonly agenda: Agenda;
  readonly assumed: Assumed;
  readonly chance: Chance;
  readonly desk: CampaignDesk;
  readonly changes: Changes;
}

/** Somebody who was asked and will answer. */
interface Asked {
  readonly id: string;
  readonly town: Town;
  readonly campaignId: string;
  readonly ticket: Ticket;
  readonly resolve: Resolve;
}

/** What people in town halls do, through the portal's own services. */
export class Clerks {
  constructor(private readonly parts: Parts) {}

  /** Reads what has come, and plans the answers. */
  read(mails: readonly Delivered[], date: string): void {
    for (const mail of mails) {
      for (const { registrationId, number } of mail.about) this.readOne(mail, registrationId, number, date);
    }
  }

  private readOne(
    { recipient, body, template, campaignId }: Delivered,
    id: string,
    number: string,
    date: string,
  ): void {
    const { world, people, agenda } = this.parts;
    const town = world.town(id);
    const box = town.mailbox(recipient);
    if (!box) return;
    if (template === 'pre-notice') return people.readNotice(town, box);
    const ticket = ticketsIn(body).find((one) => one.number === number);
    if (!ticket) throw new Error(`a mail to ${recipient} has no number and code for ${town.code}`);
    const resolve = people.readAsk(town, box);
    if (!resolve) return;
    agenda.plan(date, resolve.inBusinessDays, `1 ${town.code}`, () =>
      this.answer(
        { id, town, campaignId, ticket, resolve },
        agenda.calendar.add(date, resolve.inBusinessDays),
      ),
    );
  }

  /** Some town halls report unasked what a new season has changed. */
  planReports(date: string): void {
    const { world, chance, assumed, agenda } = this.parts;
    for (const [id, town] of world.towns) {
      if (!chance.happens(assumed.reportsUnasked, town.code, date, 'reports')) continue;
      const days = Math.ceil(chance.of(town.code, date, 'reports when') * UNASKED_DAYS);
      agenda.plan(date, days, `1 ${town.code}`, () =>
        this.correct(id, town, agenda.calendar.add(date, days)),
      );
    }
  }

  /** Signs in and corrects what isn't true, if anything. */
  async correct(id: string, town: Town, date: string): Promise<void> {
    const { changes } = this.parts;
    const { document } = await changes.current(id);
    if (town.isTrue(document)) return;
    const viewer = await this.signIn(id, town);
    if (viewer) await changes.propose(viewer, id, town, date);
  }

  /** The same for somebody who has promised it: what is true already is confirmed. */
  async keepPromise(id: string, town: Town, date: string): Promise<void> {
    const { changes, portal } = this.parts;
    const { document, version } = await changes.current(id);
    if (!town.isTrue(document)) return this.correct(id, town, date);
    const viewer = await this.signIn(id, town);
    if (viewer) await portal.app.get(RegistrationsService).confirm(viewer, id, version);
  }

  private async answer(asked: Asked, date: string): Promise<void> {
    const { desk, changes, people } = this.parts;
    const { id, town, campaignId, ticket, resolve } = asked;
    if (!(await desk.isOpen(campaignId, id))) return;
    const { document } = await changes.current(id);
    if (town.isTrue(document) || people.isCareless(town, resolve.person)) {
      return desk.confirm(ticket, resolve.person.name);
    }
    if (people.putsOff(town, resolve.person, resolve.nth)) return;
    await this.correct(id, town, date);
  }

  /** With a code mailed to a mailbox that is registered and read. @returns null where there is none left */
  private async signIn(id: string, town: Town): Promise<Viewer | null> {
    const { portal, changes } = this.parts;
    const mailbox = town.wayIn((await changes.current(id)).document);
    if (mailbox === null) return null;
    const session = await portal.database.asSystem('simulation', (tx) =>
      portal.app
        .get(SessionsService)
        .open(tx, { registrationId: id, mailbox, operatorName: town.inCharge(0).name }),
    );
    return { kind: 'session', sessionId: session.id };
  }
}
