import type { RegistrationDocument } from '../../registry/registration-document.js';
import { assume, type Assumed } from './assumptions.js';
import { Chance } from './chance.js';
import { Town } from './town.js';
import { seasonOn, seasonsBetween } from './world.js';

const DOCUMENT: RegistrationDocument = {
  mainPhone: '0156-00-6310',
  primaryDepartmentId: 'd0',
  departments: [
    {
      id: 'd0',
      name: '企画課',
      kana: 'きかくか',
      email: 'kikaku@town-a.example',
      phone: '0156-00-6311',
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
      kana: 'たかせ めぐみ',
      title: '係長',
      email: 'takase.megumi@town-a.example',
      extension: '214',
      role: 'primary',
    },
  ],
};

const nothing: Partial<Assumed> = {
  primaryRotates: 0,
  deputyRotates: 0,
  departmentChanges: 0,
  movesInOctober: 0,
};
const townWith = (assumed: Partial<Assumed>): Town =>
  new Town('016314', DOCUMENT, assume({ ...nothing, ...assumed }), new Chance('renkei'));
const own = 'takase.megumi@town-a.example';

describe('a town hall', () => {
  it('is true as long as nobody and nothing moves', () => {
    const town = townWith({});
    town.begin('2027-04');
    expect(town.isTrue(DOCUMENT)).toBe(true);
    expect(town.wayIn(DOCUMENT)).toBe('kikaku@town-a.example');
  });

  it('has somebody else with a mailbox of their own after a rotation, and is true once that is registered', () => {
    const town = townWith({ primaryRotates: 1, leavesTownHall: 0 });
    const before = town.holderOf(0);
    town.begin('2027-04');
    expect(town.isTrue(DOCUMENT)).toBe(false);
    expect(town.isTrue(town.truth)).toBe(true);
    const [contact] = town.truth.contacts;
    expect(contact?.name).not.toBe('髙瀬 恵');
    expect(contact?.email).toMatch(/^[a-z.]+@town-a\.example$/);
    expect(contact?.email).not.toBe(own);
    expect(town.holderOf(0)).toMatchObject({ name: contact?.name, isNew: true });
    expect(town.holderOf(0).key).not.toBe(before.key);
    town.begin('2027-10');
    expect(town.holderOf(0).isNew).toBe(false);
  });

  it.each([
    [{ leavesTownHall: 0 }, 'read'],
    [{ leavesTownHall: 1, goneRefuses: 1 }, 'refuses'],
    [{ leavesTownHall: 1, goneRefuses: 0 }, 'unread'],
  ] as const)("leaves a predecessor's mailbox as %j has it: %s", (assumed, life) => {
    const town = townWith({ primaryRotates: 1, ...assumed });
    town.begin('2027-04');
    const box = town.mailbox(own.toUpperCase());
    expect(box?.life).toBe(life);
    expect(box && town.holderBehind(box).isOwner).toBe(false);
  });

  it('has no way in where the shared mailbox went with its department and the person, too', () => {
    const town = townWith({ departmentChanges: 1, sharedMailboxGoes: 1, primaryRotates: 1 });
    town.begin('2027-04');
    expect(town.wayIn(DOCUMENT)).toBeNull();
    expect(town.wayIn(town.truth)).toBe(town.truth.departments[0]?.email);
    expect(town.truth.departments[0]?.name).not.toBe('企画課');
  });

  it('goes the same way with the same seed', () => {
    const [one, again] = [townWith({ primaryRotates: 0.5 }), townWith({ primaryRotates: 0.5 })];
    for (const season of ['2025-04', '2026-04', '2027-04'] as const) {
      one.begin(season);
      again.begin(season);
    }
    expect(one.truth).toEqual(again.truth);
  });
});

describe('seasons', () => {
  it('begin on 1 April and 1 October', () => {
    expect(['2027-03-31', '2027-04-01', '2027-10-01', '2028-04-02'].map(seasonOn)).toEqual([
      null,
      '2027-04',
      '2027-10',
      null,
    ]);
  });

  it('are counted after one day and up to another', () => {
    expect(seasonsBetween('2025-04-01', '2027-03-01')).toEqual(['2025-10', '2026-04', '2026-10']);
    expect(seasonsBetween('2025-03-31', '2025-04-01')).toEqual(['2025-04']);
    expect(seasonsBetween('2027-02-01', '2027-03-01')).toEqual([]);
  });
});
