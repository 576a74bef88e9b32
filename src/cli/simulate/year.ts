import { addDays, BusinessCalendar } from '../../platform/calendar/business-calendar.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Agenda } from './agenda.js';
import { assume, type Assumed } from './assumptions.js';
import { Chance } from './chance.js';
import { Changes } from './changes.js';
import { Clerks } from './clerks.js';
import { CampaignDesk, type ChangeLadder, type Regime } from './desk.js';
import { doubledMails, mailsByStep, measure, type Point } from './figures.js';
import { Office } from './office.js';
import { People } from './people.js';
import { openPortal, type SimulatedPortal } from './portal.js';
import { Postman } from './postman.js';
import { END, JUDGED, START, type Year } from './span.js';
import { StaffDoor } from './staff-door.js';
import { World } from './world.js';

export interface YearOptions {
  /** Folder of the embedded PostgreSQL. */
  readonly dir: string;
  /** Name of a database that isn't there yet. */
  readonly name: string;
  readonly regime: Regime;
  readonly seed: string;
  /** What differs from the assumptions as they are written down. */
  readonly assumed?: Partial<Assumed>;
  /** Another ladder than the portal's own. */
  readonly ladder?: ChangeLadder;
  /** Last day, where not the whole year is of interest. */
  readonly until?: string;
}

/** Lets a year pass over the demo's registrations: the portal is real, the people are a model. */
export async function liveThrough(options: YearOptions): Promise<Year> {
  const portal = await openPortal(options.dir, options.name, `${START}T08:00:00+09:00`);
  try {
    return await new Simulation(portal, options).run();
  } finally {
    await portal.close();
  }
}

class Simulation {
  private readonly world: World;
  private readonly postman: Postman;
  private readonly agenda = new Agenda(new BusinessCalendar());
  private readonly desk: CampaignDesk;
  private readonly door: StaffDoor;
  private readonly clerks: Clerks;
  private readonly office: Office;
  private readonly points: Point[] = [];

  constructor(
    private readonly portal: SimulatedPortal,
    private readonly options: YearOptions,
  ) {
    const assumed = assume(options.assumed);
    const chance = new Chance(options.seed);
    const { agenda } = this;
    const people = new People(assumed, chance);
    this.world = new World(portal.rows, assumed, chance, START);
    this.postman = new Postman(portal, this.world, people);
    this.door = new StaffDoor(portal);
    this.desk = new CampaignDesk(portal, this.door);
    const changes = new Changes({ portal, agenda, assumed, chance }, (which) => this.door.open(which));
    const shared = { portal, world: this.world, agenda, assumed, chance, desk: this.desk, changes };
    this.clerks = new Clerks({ ...shared, people });
    this.office = new Office({ ...shared, clerks: this.clerks }, this.door);
  }

  async run(): Promise<Year> {
    const { regime, seed, ladder, until = END } = this.options;
    await this.portal.analyse();
    await this.desk.begin(regime, ladder);
    for (let date = START; date <= until; date = addDays(date, 1)) await this.live(date);
    return {
      regime,
      seed,
      registrations: this.portal.rows.length,
      points: this.points,
      mails: this.mails(await doubledMails(this.portal)),
      steps: await mailsByStep(this.portal),
      office: {
        calls: this.office.calls,
        minutes: this.office.minutesOnTheTelephone,
        letters: this.office.letters,
      },
    };
  }

  private mails(doubled: number): Year['mails'] {
    const { arrives, refused, lost, 'comes-back': full } = this.postman.fates;
    return { ofCampaigns: arrives + refused + lost + full, cameBack: refused + full, doubled };
  }

  private async live(date: string): Promise<void> {
    if (this.world.dawn(date)) this.clerks.planReports(date);
    await this.tick(date, `${date}T08:59:00+09:00`, 1);
    for (const due of await this.desk.dueOn(date)) {
      await this.tick(date, due, 2);
      await this.portal.analyse();
    }
    if (isSunday(date)) await this.portal.analyse();
    if (this.agenda.calendar.isBusinessDay(date)) await this.workingDay(date);
    if (isSunday(date) || (JUDGED as readonly string[]).includes(date)) {
      this.points.push(await measure(this.portal, this.world, date));
    }
  }

  /** Does what the calendar brings, and hands over what was queued. @param replicas that do so at the same moment */
  private async tick(date: string, instant: string, replicas: number): Promise<void> {
    await this.portal.clock.set(instant);
    const jobs = this.portal.app.get(Jobs);
    await Promise.all(Array.from({ length: replicas }, () => jobs.runDue()));
    this.clerks.read(await this.postman.deliver(), date);
  }

  private async workingDay(date: string): Promise<void> {
    await this.portal.clock.set(`${date}T14:00:00+09:00`);
    this.door.close();
    for (let plan = this.agenda.next(date); plan; plan = this.agenda.next(date)) await plan.carryOut();
    // Whoever mails once a year doesn't call.
    if (this.options.regime === 'ladder') await this.office.work(date);
  }
}

const isSunday = (date: string): boolean => new Date(`${date}T00:00:00Z`).getUTCDay() === 0;
