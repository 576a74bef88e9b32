import { join } from 'node:path';
import { parseEmailAddress } from '../platform/mail/email-address.js';
import { checkText } from '../platform/text/plain-text.js';
import { associationOf } from '../registry/associations.js';
import { readMunicipalities } from '../registry/master-csv.js';
import { GIVEN_NAMES, romanize, SURNAMES } from './demo-names.js';
import { buildDemoRegistrations, SHARED_MAILBOX } from './demo-registrations.js';

const municipalities = readMunicipalities(join(import.meta.dirname, '../../data'));
const registrations = buildDemoRegistrations(municipalities);
const byCode = new Map(registrations.map((registration) => [registration.municipalityCode, registration]));
const nameByCode = new Map(municipalities.map(({ code, name }) => [code, name]));

const departments = registrations.flatMap((registration) => registration.departments);
const contacts = departments.flatMap((department) => department.contacts);

const mailboxesOf = ({ departments }: (typeof registrations)[number]) =>
  departments.flatMap((department) => [
    department.email,
    ...department.contacts.flatMap(({ email }) => (email === null ? [] : [email])),
  ]);
const hostOf = (address: string) => address.split('@')[1] ?? '';
const primaryHostOf = (code: string) => hostOf(byCode.get(code)?.departments[0]?.email ?? '');
const share = (part: unknown[], whole: unknown[]) => part.length / whole.length;

describe('the demonstration’s registrations', () => {
  it('are those of the 372 municipalities that associations cover', () => {
    expect(registrations).toHaveLength(372);
    expect([...byCode.keys()]).toEqual(
      municipalities.filter((row) => associationOf(row)).map(({ code }) => code),
    );
  });

  it('are the same every time', () => {
    expect(buildDemoRegistrations(municipalities)).toEqual(registrations);
    expect(buildDemoRegistrations([])).toEqual([]);
  });

  it('don’t depend on the order of the municipalities', () => {
    const reversed = buildDemoRegistrations(municipalities.toReversed());
    expect(reversed.toReversed()).toEqual(registrations);
  });

  it('have one to three departments, the first of them primary', () => {
    for (const { departments } of registrations) {
      expect(departments.map(({ isPrimary }) => isPrimary)).toEqual(
        departments.map((_, index) => index === 0),
      );
      expect(new Set(departments.map(({ name }) => name)).size).toBe(departments.length);
    }
    const sizes = registrations.map(({ departments }) => departments.length);
    expect(new Set(sizes)).toEqual(new Set([1, 2, 3]));
  });

  it('have no contact, a primary one, or a primary and a deputy', () => {
    for (const { contacts } of departments) {
      expect(contacts.map(({ role }) => role)).toEqual(['primary', 'deputy'].slice(0, contacts.length));
    }
    const without = departments.filter(({ contacts }) => contacts.length === 0);
    expect(share(without, departments)).toBeGreaterThan(0.02);
    expect(share(without, departments)).toBeLessThan(0.15);
  });

  it('were confirmed lately, long ago or never, each more than one in ten', () => {
    const days = registrations.map(({ confirmedDaysAgo }) => confirmedDaysAgo);
    const lately = days.filter((d) => d !== null && d >= 1 && d <= 31);
    const longAgo = days.filter((d) => d !== null && d >= 900 && d <= 1250);
    const never = days.filter((d) => d === null);
    for (const group of [lately, longAgo, never]) expect(share(group, days)).toBeGreaterThan(0.1);
  });

  it('include 音更町, with the department and mailbox that the documentation names', () => {
    const otofuke = byCode.get('016314');
    expect(nameByCode.get('016314')).toBe('音更町');
    expect(otofuke?.departments[0]).toMatchObject({
      name: '企画課',
      email: 'kikaku@town-otofuke.hokkaido.example',
    });
    expect(otofuke?.departments[0]?.contacts).toHaveLength(2);
  });
});

describe('their mailboxes', () => {
  it('all pass the rule for addresses, in their stored form, and end in .example', () => {
    for (const address of registrations.flatMap(mailboxesOf)) {
      expect(parseEmailAddress(address)).toEqual({ address, key: address });
      expect(address).toMatch(/^[a-z.-]+@[a-z0-9.-]+\.example$/);
    }
  });

  it('have one host a municipality', () => {
    const hosts = registrations.map((registration) => [
      ...new Set(
        mailboxesOf(registration)
          .filter((address) => address !== SHARED_MAILBOX)
          .map(hostOf),
      ),
    ]);
    for (const own of hosts) expect(own.length).toBeLessThanOrEqual(1);
    const all = hosts.flat();
    expect(all.length).toBeGreaterThanOrEqual(370);
    expect(new Set(all).size).toBe(all.length);
    expect(all).not.toContain(hostOf(SHARED_MAILBOX));
  });

  it('tell places of one reading in one prefecture apart', () => {
    expect([nameByCode.get('013617'), primaryHostOf('013617')]).toEqual([
      '江差町',
      'town-esashi-01361.hokkaido.example',
    ]);
    expect([nameByCode.get('015148'), primaryHostOf('015148')]).toEqual([
      '枝幸町',
      'town-esashi-01514.hokkaido.example',
    ]);
  });

  it('belong to one municipality each, save one that two villages share', () => {
    const owners = new Map<string, Set<string>>();
    for (const registration of registrations) {
      for (const address of mailboxesOf(registration)) {
        owners.set(address, (owners.get(address) ?? new Set()).add(registration.municipalityCode));
      }
    }
    const shared = [...owners].filter(([, codes]) => codes.size > 1);
    expect(shared).toHaveLength(1);
    expect(shared[0]?.[0]).toBe(SHARED_MAILBOX);
    expect([...(shared[0]?.[1] ?? [])].map((code) => nameByCode.get(code))).toEqual(['小菅村', '丹波山村']);
  });

  it('occur once within a registration', () => {
    for (const registration of registrations) {
      const mailboxes = mailboxesOf(registration);
      expect(new Set(mailboxes).size).toBe(mailboxes.length);
    }
  });
});

describe('their numbers and offices', () => {
  it('have telephone numbers that cannot exist, no two the same', () => {
    const numbers = registrations.flatMap(({ mainPhone, departments }) => [
      mainPhone,
      ...departments.flatMap(({ phone, fax }) => [phone, fax]),
    ]);
    for (const number of numbers) expect(number).toMatch(/^0[1-9]\d\d-00-\d{4}$/);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('stand where the master says, or at an invented address', () => {
    const offices = municipalities.flatMap((row) =>
      (byCode.get(row.code)?.departments ?? []).map((department) => ({ row, department })),
    );
    const [known, invented] = [true, false].map((isKnown) =>
      offices.filter(({ row }) => (row.officeAddress !== null) === isKnown),
    );
    expect(known?.map(({ department }) => [department.postalCode, department.address])).toEqual(
      known?.map(({ row }) => [row.officePostalCode, row.officeAddress]),
    );
    expect(invented?.length).toBeGreaterThan(82);
    for (const { row, department } of invented ?? []) {
      expect(department.postalCode).toMatch(/^\d{3}-99\d{2}$/);
      expect(department.address).toMatch(new RegExp(`[道府県]${row.name}(市役所|役場)前１番地$`));
    }
  });
});

describe('their people', () => {
  it('have names and kana that belong together and can be stored', () => {
    const kanaOf = new Map([...SURNAMES, ...GIVEN_NAMES]);
    for (const { name, kana, title } of contacts) {
      expect(kana).toBe(
        name
          .split(' ')
          .map((word) => kanaOf.get(word))
          .join(' '),
      );
      expect(kana).toMatch(/^[ぁ-ん]+ [ぁ-ん]+$/);
      for (const text of [name, kana, title])
        expect(checkText(text, { max: 40, multiline: false })).toBeNull();
    }
  });

  it('include 髙 and 﨑', () => {
    expect(contacts.filter(({ name }) => name.includes('髙')).length).toBeGreaterThan(5);
    expect(contacts.filter(({ name }) => name.includes('﨑')).length).toBeGreaterThan(5);
  });

  it('only sometimes have a mailbox or an extension of their own', () => {
    for (const key of ['email', 'extension'] as const) {
      const having = share(
        contacts.filter((contact) => contact[key] !== null),
        contacts,
      );
      expect(having).toBeGreaterThan(0.2);
      expect(having).toBeLessThan(0.9);
    }
  });
});

describe('romanize', () => {
  it.each([
    ['おとふけ', 'otofuke'],
    ['ろっかしょ', 'rokkasho'],
    ['とうべつ', 'tobetsu'],
    ['うりゅう', 'uryu'],
    ['ひろお', 'hiroo'],
    ['おおさき', 'osaki'],
    ['おうむ', 'omu'],
    ['じょうよう', 'joyo'],
    ['きょうたんご', 'kyotango'],
    ['まっちゃ', 'matcha'],
    ['ぴっぷ', 'pippu'],
    ['しんいち', 'shinichi'],
    ['', ''],
  ])('spells %s %s', (kana, roman) => {
    expect(romanize(kana)).toBe(roman);
  });

  it.each(['ニセコ', '音更', 'a', 'ー'])('refuses %s', (text) => {
    expect(() => romanize(text)).toThrow(RangeError);
  });
});
