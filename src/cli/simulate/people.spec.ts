import type { RegistrationDocument } from '../../registry/registration-document.js';
import { assume, type Assumed } from './assumptions.js';
import { Chance } from './chance.js';
import { People } from './people.js';
import { type Mailbox, Town } from './town.js';

const SHARED = 'kikaku@town-a.example';
const OWN = 'takase.megumi@town-a.example';

const document: RegistrationDocument = {
  mainPhone: '0156-00-6310',
  primaryDepartmentId: 'd0',
  departments: [
    {
      id: 'd0',
      name: '企画課',
      kana: null,
      email: SHARED,
      phone: null,
      fax: null,
      postalCode: null,
      address: null,
    },
  ],
  contacts: [
    {
      id: 'c0',
      departmentId: 'd0',
      name: '髙瀬 恵',
      kana: null,
      title: null,
      email: OWN,
      extension: null,
      role: 'primary',
    },
  ],
};

/** Nothing goes wrong and everybody answers at once, but for what a test changes. */
const SMOOTH: Partial<Assumed> = {
  silentPeople: 0,
  silentOffices: 0,
  promptPeople: 1,
  passedOn: 1,
  outOfOffice: 0,
  lostInGateway: 0,
  closedGateways: 0,
  fullMailboxes: 0,
  fullToday: 0,
  departmentChanges: 0,
  newUnaware: 0,
};

function stage(changes: Partial<Assumed>): { town: Town; people: People; box: (email: string) => Mailbox } {
  const assumed = assume({ ...SMOOTH, ...changes });
  const chance = new Chance('renkei');
  const town = new Town('016314', document, assumed, chance);
  const box = (email: string): Mailbox => {
    const found = town.mailbox(email);
    if (!found) throw new Error(`no mailbox ${email}`);
    return found;
  };
  return { town, people: new People(assumed, chance), box };
}

describe('who answers', () => {
  it('is whoever is in charge, at the first mail or only at a reminder', () => {
    const prompt = stage({});
    expect(prompt.people.readAsk(prompt.town, prompt.box(SHARED))?.person.name).toBe('髙瀬 恵');
    const slow = stage({ promptPeople: 0, reminderMoves: 1 });
    expect(slow.people.readAsk(slow.town, slow.box(OWN))).toBeNull();
    expect(slow.people.readAsk(slow.town, slow.box(SHARED))).toMatchObject({ nth: 2 });
  });

  it.each([{ silentPeople: 1 }, { silentOffices: 1 }, { passedOn: 0 }])('is nobody with %j', (changes) => {
    const { town, people, box } = stage(changes);
    for (let mail = 0; mail < 5; mail += 1) expect(people.readAsk(town, box(SHARED))).toBeNull();
  });

  it("is the successor where a predecessor forwards what comes to the predecessor's own mailbox", () => {
    const rotation = { primaryRotates: 1, leavesTownHall: 0 };
    const forwarded = stage({ ...rotation, predecessorForwards: 1 });
    forwarded.town.begin('2027-04');
    const answer = forwarded.people.readAsk(forwarded.town, forwarded.box(OWN));
    expect(answer?.person.name).toBe(forwarded.town.truth.contacts[0]?.name);
    const kept = stage({ ...rotation, predecessorForwards: 0 });
    kept.town.begin('2027-04');
    expect(kept.people.readAsk(kept.town, kept.box(OWN))).toBeNull();
  });

  it("lets the first mail lie who is new and wasn't told, unless a notice in March made somebody tell", () => {
    const rotation = { primaryRotates: 1, newUnaware: 1, noticeHandsOver: 1 };
    const untold = stage(rotation);
    untold.town.begin('2027-04');
    expect(untold.people.readAsk(untold.town, untold.box(SHARED))).toBeNull();
    expect(untold.people.readAsk(untold.town, untold.box(SHARED))).not.toBeNull();
    const told = stage(rotation);
    told.people.readNotice(told.town, told.box(SHARED));
    told.town.begin('2027-04');
    expect(told.people.readAsk(told.town, told.box(SHARED))).not.toBeNull();
  });

  it('takes a week longer who is away', () => {
    const days = (outOfOffice: number): number => {
      const { town, people, box } = stage({ outOfOffice });
      return people.readAsk(town, box(SHARED))?.inBusinessDays ?? Number.NaN;
    };
    expect(days(1) - days(0)).toBe(5);
  });
});

describe('what becomes of a mail', () => {
  it.each([
    [{}, 'arrives'],
    [{ fullMailboxes: 0, fullToday: 1 }, 'comes-back'],
    [{ closedGateways: 1, fullToday: 1 }, 'lost'],
    [{ lostInGateway: 1 }, 'lost'],
  ] as const)('%j: %s', (changes, fate) => {
    const { town, people, box } = stage(changes);
    expect(people.fateOf(town, box(SHARED))).toBe(fate);
  });

  it('is that it is refused where the mailbox went with its owner', () => {
    const { town, people, box } = stage({ primaryRotates: 1, leavesTownHall: 1, goneRefuses: 1 });
    town.begin('2027-04');
    expect(people.fateOf(town, box(OWN))).toBe('refused');
    expect(people.readerOf(town, box(OWN))).toBeNull();
  });

  it('comes back six times in ten where a mailbox is full for most of the year', () => {
    const { town, people, box } = stage({ fullMailboxes: 1 });
    const fates = Array.from({ length: 1000 }, () => people.fateOf(town, box(SHARED)));
    expect(fates.filter((fate) => fate === 'comes-back').length / 1000).toBeCloseTo(0.6, 1);
  });
});
