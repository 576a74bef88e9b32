/**
 * Invented registrations for the demonstration: one for each municipality that an association covers. The
 * municipalities are real, and so are the offices that the master knows. Everything else is made up and can reach
 * nobody: mail hosts end in `.example` (RFC 2606), telephone numbers have an exchange number that cannot exist.
 *
 * The same list of municipalities gives the same registrations every time.
 */

import { associationOf } from '../registry/associations.js';
import type { MunicipalityRow } from '../registry/master-csv.js';
import {
  AREA_CODES,
  DEPARTMENTS,
  GIVEN_NAMES,
  type Named,
  romanize,
  SURNAMES,
  TITLES,
} from './demo-names.js';
import { type Random, randomFrom } from './random.js';

export interface DemoContact {
  /** Surname and given name with a space between. */
  name: string;
  /** Hiragana, divided as the name is. */
  kana: string;
  title: string;
  email: string | null;
  extension: string | null;
  role: 'primary' | 'deputy';
}

export interface DemoDepartment {
  name: string;
  /** Hiragana. */
  kana: string;
  email: string;
  phone: string;
  fax: string;
  /** `NNN-NNNN` */
  postalCode: string;
  address: string;
  /** True for exactly one department of a registration: the first. */
  isPrimary: boolean;
  /** None, one primary, or a primary and a deputy. */
  contacts: DemoContact[];
}

export interface DemoRegistration {
  /** Six digits. */
  municipalityCode: string;
  mainPhone: string;
  /** One to three. */
  departments: DemoDepartment[];
  /** Days since the registration was last confirmed; null when it never was. */
  confirmedDaysAgo: number | null;
}

/** The one mailbox that serves two municipalities, 小菅村 and 丹波山村: signing in with it has to ask which. */
export const SHARED_MAILBOX = 'renkei@kosuge-tabayama.yamanashi.example';
const SHARING_CODES = new Set(['194425', '194433']);

/** Chosen so that 音更町, the example of the documentation, has 企画課 first, with two contacts. */
const SEED = 'renkei-33';

interface Office {
  postalCode: string;
  address: string;
}

/**
 * Builds one registration for each covered municipality among `municipalities`, in their order; the others are
 * passed over.
 */
export function buildDemoRegistrations(municipalities: MunicipalityRow[]): DemoRegistration[] {
  const covered = municipalities.filter((municipality) => associationOf(municipality));
  const hosts = mailHosts(covered);
  const offices = officesOf(covered);
  return covered.map((municipality) => {
    const random = randomFrom(SEED + municipality.code);
    return {
      municipalityCode: municipality.code,
      mainPhone: phoneNumber(municipality, 0),
      departments: buildDepartments(
        municipality,
        hosts.get(municipality.code) ?? '',
        offices.get(municipality.code) ?? { postalCode: '', address: '' },
        random,
      ),
      confirmedDaysAgo: daysSinceConfirmation(random),
    };
  });
}

function buildDepartments(
  municipality: MunicipalityRow,
  host: string,
  office: Office,
  random: Random,
): DemoDepartment[] {
  const count = weighted(random, [0.55, 0.3, 0.15]) + 1;
  const kinds = draw(random, DEPARTMENTS, count);
  // At most two people a department; nobody's surname occurs twice in one town hall.
  const surnames = draw(random, SURNAMES, count * 2);
  return kinds.map((kind, index) => {
    const isPrimary = index === 0;
    const isShared = isPrimary && SHARING_CODES.has(municipality.code);
    return {
      name: kind.name,
      kana: kind.kana,
      email: isShared ? SHARED_MAILBOX : `${kind.mailbox}@${host}`,
      phone: phoneNumber(municipality, 1 + index),
      fax: phoneNumber(municipality, 6 + index),
      ...office,
      isPrimary,
      contacts: buildContacts(surnames.slice(index * 2, index * 2 + 2), host, random),
    };
  });
}

function buildContacts(surnames: Named[], host: string, random: Random): DemoContact[] {
  const count = weighted(random, [0.08, 0.52, 0.4]);
  return surnames.slice(0, count).map(([surname, surnameKana], index) => {
    const [given, givenKana] = pick(random, GIVEN_NAMES);
    const role = index === 0 ? 'primary' : 'deputy';
    const mailbox = `${romanize(surnameKana)}.${romanize(givenKana)}@${host}`;
    return {
      name: `${surname} ${given}`,
      kana: `${surnameKana} ${givenKana}`,
      title: pick(random, TITLES[role]),
      email: random() < 0.35 ? mailbox : null,
      extension: random() < 0.75 ? String(200 + Math.floor(random() * 300)) : null,
      role,
    };
  });
}

/** Within the last month, about a year ago, about three years ago, or never. */
function daysSinceConfirmation(random: Random): number | null {
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  switch (weighted(random, [0.45, 0.15, 0.2, 0.2])) {
    case 0:
      return between(1, 31);
    case 1:
      return between(200, 420);
    case 2:
      return between(900, 1250);
    default:
      return null;
  }
}

/** Mail host by municipality code, such as `town-otofuke.hokkaido.example`. */
function mailHosts(municipalities: MunicipalityRow[]): Map<string, string> {
  const natural = municipalities.map(
    (municipality) => `${hostLabel(municipality)}.${regionLabel(municipality)}`,
  );
  const uses = new Map<string, number>();
  for (const name of natural) uses.set(name, (uses.get(name) ?? 0) + 1);
  return new Map(
    municipalities.map((municipality, index) => {
      const name = natural[index] ?? '';
      // 江差町 and 枝幸町 are both えさしちょう, both in Hokkaido: their codes tell them apart.
      const unique = uses.get(name) === 1 ? name : name.replace('.', `-${municipality.code.slice(0, 5)}.`);
      return [municipality.code, `${unique}.example`];
    }),
  );
}

const HOST_PREFIXES = { city: 'city', town: 'town', village: 'vill', 'special-ward': 'city' } as const;

function hostLabel({ type, kana }: MunicipalityRow): string {
  return `${HOST_PREFIXES[type]}-${romanize(kana.replace(/(し|ちょう|まち|むら|そん|く)$/, ''))}`;
}

/** The prefecture in Latin letters, which the association's id begins with. */
function regionLabel(municipality: MunicipalityRow): string {
  return associationOf(municipality)?.id.split('-')[0] ?? '';
}

/** Office by municipality code: the master's, or an invented one where the master has none. */
function officesOf(municipalities: MunicipalityRow[]): Map<string, Office> {
  return new Map(
    municipalities.map((municipality) => [
      municipality.code,
      municipality.officePostalCode !== null && municipality.officeAddress !== null
        ? { postalCode: municipality.officePostalCode, address: municipality.officeAddress }
        : inventedOffice(municipality, municipalities),
    ]),
  );
}

function inventedOffice(municipality: MunicipalityRow, neighbours: MunicipalityRow[]): Office {
  // Codes run along the map, so the nearest code's post office is a plausible one.
  const distance = ({ code }: MunicipalityRow) => Math.abs(Number(code) - Number(municipality.code));
  const nearest = neighbours
    .filter(({ officePostalCode }) => officePostalCode !== null)
    .sort((a, b) => distance(a) - distance(b) || Number(a.code) - Number(b.code))[0];
  const prefectureName = associationOf(municipality)?.prefectureName ?? '';
  const place = municipality.type === 'city' ? '市役所前' : '役場前';
  return {
    postalCode: `${nearest?.officePostalCode?.slice(0, 3) ?? '999'}-99${municipality.code.slice(3, 5)}`,
    address: `${prefectureName}${municipality.name}${place}１番地`,
  };
}

/**
 * A telephone number that cannot exist, such as 0156-00-6310: no exchange number begins with 0. The last four
 * digits are the municipality's within its prefecture and the line's.
 *
 * @param line 0 the switchboard, 1 to 3 the departments, 6 to 8 their faxes
 */
function phoneNumber({ code }: MunicipalityRow, line: number): string {
  const areaCodes = AREA_CODES[code.slice(0, 2)] ?? ['0100'];
  const areaCode = pick(randomFrom(code), areaCodes);
  return `${areaCode}-00-${code.slice(2, 5)}${line}`;
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** `count` different items. */
function draw<T>(random: Random, items: readonly T[], count: number): T[] {
  const left = [...items];
  return Array.from({ length: count }, () => {
    const item = pick(random, left);
    left.splice(left.indexOf(item), 1);
    return item;
  });
}

/** An index, each as likely as its weight; the weights make 1. */
function weighted(random: Random, weights: readonly number[]): number {
  let rest = random();
  const index = weights.findIndex((weight) => (rest -= weight) < 0);
  return index === -1 ? weights.length - 1 : index;
}
