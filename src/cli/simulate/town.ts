import { DEPARTMENTS, GIVEN_NAMES, romanize, SURNAMES } from '../../demo/demo-names.js';
import { diffRegistrations } from '../../registry/registration-diff.js';
import type {
  ContactDocument,
  DepartmentDocument,
  RegistrationDocument,
} from '../../registry/registration-document.js';
import type { Assumed } from './assumptions.js';
import type { Chance } from './chance.js';

/** Somebody in a town hall: a post, and the how-manieth to hold it since the simulation's past began. */
export interface Person {
  readonly key: string;
  /** As they type it. */
  readonly name: string;
  /** Whether they came by the last change of posts. */
  readonly isNew: boolean;
}

/** Who opens a mailbox, so far as anybody does. */
export interface Mailbox {
  readonly email: string;
  readonly life: 'read' | 'unread' | 'refuses';
  /** Whose it is: a department, or one holder of a post. */
  readonly owner: { readonly department: number } | { readonly contact: number; readonly holder: number };
}

/** A change of posts and offices: `2027-04`. */
export type Season = `${number}-04` | `${number}-10`;

/**
 * One town hall as it is in truth, beside what is registered of it: who holds which post, what the departments are called,
 * and which mailboxes are still read by whom. Everything in it follows from the seed.
 */
export class Town {
  private document: RegistrationDocument;
  private readonly boxes = new Map<string, Mailbox>();
  /** How many have left a post so far, by the contact's position. */
  private readonly holders: number[];
  private lastSeason: Season | null = null;
  private readonly movedIn = new Map<number, Season>();

  /** @param registered what the portal has at the beginning; true of some earlier day */
  constructor(
    readonly code: string,
    registered: RegistrationDocument,
    private readonly assumed: Assumed,
    private readonly chance: Chance,
  ) {
    this.document = registered;
    this.holders = registered.contacts.map(() => 0);
    registered.departments.forEach(({ email }, department) => {
      this.open({ email, life: 'read', owner: { department } });
    });
    registered.contacts.forEach(({ email }, contact) => {
      if (email !== null) this.open({ email, life: 'read', owner: { contact, holder: 0 } });
    });
  }

  /** What would have to be registered. */
  get truth(): RegistrationDocument {
    return this.document;
  }

  isTrue(registered: RegistrationDocument): boolean {
    return diffRegistrations(registered, this.document).length === 0;
  }

  mailbox(email: string): Mailbox | null {
    return this.boxes.get(email.toLowerCase()) ?? null;
  }

  /** Posts change hands and, in April, departments change: what that makes of mailboxes included. */
  begin(season: Season): void {
    const isApril = season.endsWith('-04');
    this.lastSeason = season;
    const { primaryRotates, deputyRotates, movesInOctober, departmentChanges } = this.assumed;
    this.document.contacts.forEach(({ role }, contact) => {
      const april = role === 'primary' ? primaryRotates : deputyRotates;
      if (this.happens(isApril ? april : movesInOctober, season, 'rotates', contact)) {
        this.rotate(contact, season);
      }
    });
    if (!isApril) return;
    this.document.departments.forEach((_department, index) => {
      if (this.happens(departmentChanges, season, 'changes', index)) this.changeDepartment(index, season);
    });
  }

  /** Whoever does the work of a department: its 正, else its 副, else somebody whom nobody registered. */
  inCharge(department: number): Person {
    const id = this.document.departments[department]?.id;
    const posts = this.document.contacts.flatMap(({ departmentId, role }, contact) =>
      departmentId === id ? [{ contact, role }] : [],
    );
    const post = posts.find(({ role }) => role === 'primary') ?? posts[0];
    if (post) return this.holderOf(post.contact);
    return { key: `department ${department}`, name: '担当', isNew: false };
  }

  holderOf(contact: number): Person {
    const isNew = this.lastSeason !== null && this.movedIn.get(contact) === this.lastSeason;
    return {
      key: `contact ${contact} ${this.holders[contact] ?? 0}`,
      name: this.document.contacts[contact]?.name ?? '担当',
      isNew,
    };
  }

  /** The holder of a post now, and whether it is still the one whose mailbox this is. */
  holderBehind({ owner }: Mailbox): { readonly person: Person; readonly isOwner: boolean } {
    if ('department' in owner) return { person: this.inCharge(owner.department), isOwner: true };
    return {
      person: this.holderOf(owner.contact),
      isOwner: this.holders[owner.contact] === owner.holder,
    };
  }

  /** A registered mailbox from which the one in charge can sign in, or null where there is none any more. */
  wayIn(registered: RegistrationDocument): string | null {
    const addresses = [
      ...registered.departments.map(({ email }) => email),
      ...registered.contacts.map(({ email }) => email),
    ];
    return (
      addresses.find((email) => {
        const box = email === null ? null : this.mailbox(email);
        return box?.life === 'read' && this.holderBehind(box).isOwner;
      }) ?? null
    );
  }

  private rotate(contact: number, season: Season): void {
    const before = this.document.contacts[contact];
    if (!before) return;
    const holder = (this.holders[contact] ?? 0) + 1;
    this.holders[contact] = holder;
    this.movedIn.set(contact, season);
    const [surname, surnameKana] = this.differentSurname(before.name, contact, holder);
    const [given, givenKana] = this.chance.pick(GIVEN_NAMES, this.code, 'given', contact, holder);
    const email = before.email === null ? null : this.ownMailbox(before.email, surnameKana, givenKana);
    this.replaceContact(contact, {
      ...before,
      name: `${surname} ${given}`,
      kana: `${surnameKana} ${givenKana}`,
      email,
    });
    if (before.email !== null) this.leave(before.email, season, contact);
    if (email !== null) this.open({ email, life: 'read', owner: { contact, holder } });
  }

  private differentSurname(before: string, contact: number, holder: number): readonly [string, string] {
    const others = SURNAMES.filter(([written]) => !before.startsWith(written));
    return this.chance.pick(others, this.code, 'surname', contact, holder);
  }

  /** Whoever stays in the town hall keeps reading the own mailbox; of the others it refuses, or goes unread. */
  private leave(email: string, season: Season, contact: number): void {
    const box = this.mailbox(email);
    if (!box) return;
    const gone = this.happens(this.assumed.leavesTownHall, season, 'leaves', contact);
    const refuses = this.happens(this.assumed.goneRefuses, season, 'refuses', contact);
    this.open({ ...box, life: gone ? (refuses ? 'refuses' : 'unread') : 'read' });
  }

  private changeDepartment(index: number, season: Season): void {
    const before = this.document.departments[index];
    if (!before) return;
    const taken = new Set(this.document.departments.map(({ name }) => name));
    const { name, kana } = this.chance.pick(
      DEPARTMENTS.filter((kind) => !taken.has(kind.name)),
      this.code,
      season,
      'name',
      index,
    );
    const replaced = this.happens(this.assumed.sharedMailboxGoes, season, 'mailbox', index);
    const email = replaced ? before.email.replace('@', `-${season.slice(2, 4)}@`) : before.email;
    this.replaceDepartment(index, { ...before, name, kana, email });
    if (!replaced) return;
    const refuses = this.happens(this.assumed.goneRefuses, season, 'shared refuses', index);
    this.open({ email: before.email, life: refuses ? 'refuses' : 'unread', owner: { department: index } });
    this.open({ email, life: 'read', owner: { department: index } });
  }

  private replaceContact(index: number, contact: ContactDocument): void {
    this.document = { ...this.document, contacts: this.document.contacts.with(index, contact) };
  }

  private replaceDepartment(index: number, department: DepartmentDocument): void {
    this.document = { ...this.document, departments: this.document.departments.with(index, department) };
  }

  /** Never one that is or was somebody else's here. */
  private ownMailbox(before: string, surnameKana: string, givenKana: string): string {
    const host = before.slice(before.indexOf('@'));
    const name = `${romanize(surnameKana)}.${romanize(givenKana)}`;
    return this.mailbox(name + host) ? `${name}${this.boxes.size}${host}` : name + host;
  }

  private open(box: Mailbox): void {
    this.boxes.set(box.email.toLowerCase(), box);
  }

  private happens(probability: number, ...question: readonly (string | number)[]): boolean {
    return this.chance.happens(probability, this.code, ...question);
  }
}
