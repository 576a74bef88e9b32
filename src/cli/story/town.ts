import type { ChangeRequestPage, ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type {
  ContactDto,
  ProposedRegistrationDto,
  RegistrationPage,
  RegistrationResponse,
} from '../../registry/registration.dto.js';
import { type Answer, codeIn, expect, type Mail, numberIn, Person, StoryError } from './person.js';
import { inDays, say, type Stage } from './stage.js';

/** A municipality that a chapter is about, and its clerk. */
export interface Town {
  readonly id: string;
  readonly code: string;
  /** `北海道音更町` */
  readonly name: string;
  /** The primary department's, which the clerk reads. */
  readonly mailbox: string;
  readonly registration: RegistrationResponse;
  readonly clerk: Person;
}

type Suits = (registration: RegistrationResponse) => boolean;

/**
 * The municipality that has changed least so far and where nothing is under way, so that a telling is a first time for
 * somebody however often the story was told, and one that broke off stands in nobody's way.
 */
export async function visitTown(stage: Stage, suits: Suits = () => true): Promise<Town> {
  const { reviewer, visited, accounts } = stage;
  const busy = await busyRegistrations(reviewer);
  const { body } = await reviewer.must<RegistrationPage>(200, 'GET', '/registrations?limit=2000');
  const isShared = (mailbox: string): boolean =>
    body.items.filter(({ primaryMailbox }) => primaryMailbox === mailbox).length > 1;
  const candidates = body.items
    .filter(({ id, primaryMailbox }) => !busy.has(id) && !visited.has(id) && !isShared(primaryMailbox))
    .filter(({ id }) => !accounts.some(({ registrationId }) => registrationId === id))
    .toSorted((a, b) => a.version - b.version || a.municipalityCode.localeCompare(b.municipalityCode));
  for (const { id, primaryMailbox: mailbox, municipalityCode: code } of candidates) {
    const { body: registration } = await reviewer.must<RegistrationResponse>(
      200,
      'GET',
      `/registrations/${id}`,
    );
    if (!suits(registration)) continue;
    visited.add(id);
    const name = registration.prefecture + registration.municipality;
    const clerk = new Person(stage.base, '小野寺 真理');
    await clerk.signInByMail(mailbox);
    say(`a clerk of ${name} has signed in from ${mailbox}`);
    return { id, code, name, mailbox, registration, clerk };
  }
  throw new StoryError('no municipality of the demo suits this chapter');
}

async function busyRegistrations(reviewer: Person): Promise<ReadonlySet<string>> {
  const busy = new Set<string>();
  for (const status of ['awaiting_verification', 'under_review', 'returned', 'scheduled']) {
    const path = `/change-requests?status=${status}&limit=2000`;
    const { body } = await reviewer.must<ChangeRequestPage>(200, 'GET', path);
    for (const { registrationId } of body.items) busy.add(registrationId);
  }
  return busy;
}

/** Somebody of the primary department without a mailbox of their own. */
export const officeContact = (registration: RegistrationResponse): ContactDto | undefined =>
  registration.contacts.find(
    ({ departmentId, email }) => departmentId === registration.primaryDepartmentId && email === null,
  );

export const readTown = (person: Person, { id }: Town): Promise<Answer<RegistrationResponse>> =>
  person.must<RegistrationResponse>(200, 'GET', `/registrations/${id}`);

/** The part of a registration that people type. */
export const sheetOf = ({
  mainPhone,
  primaryDepartmentId,
  departments,
  contacts,
}: RegistrationResponse): ProposedRegistrationDto => ({
  mainPhone,
  primaryDepartmentId,
  departments,
  contacts,
});

export const withContact = (
  sheet: ProposedRegistrationDto,
  id: string,
  change: Partial<ContactDto>,
): ProposedRegistrationDto => ({
  ...sheet,
  contacts: sheet.contacts.map((contact) => (contact.id === id ? { ...contact, ...change } : contact)),
});

/** Sends a change of what is registered now. */
export async function sendChange(
  town: Town,
  change: (sheet: ProposedRegistrationDto) => ProposedRegistrationDto,
  comment = '人事異動によるものです。',
): Promise<Answer<ChangeRequestResponse>> {
  const { clerk, id } = town;
  const { body, etag } = await readTown(clerk, town);
  return clerk.must<ChangeRequestResponse>(201, 'POST', `/registrations/${id}/change-requests`, {
    ifMatch: etag,
    body: { proposed: change(sheetOf(body)), comment },
  });
}

/** Takes over all of it, as the reviewer sees it now. */
export async function approve(
  reviewer: Person,
  id: string,
  body: unknown = {},
): Promise<ChangeRequestResponse> {
  const { etag } = await reviewer.must(200, 'GET', `/change-requests/${id}`);
  const path = `/change-requests/${id}/approve`;
  return (await reviewer.must<ChangeRequestResponse>(200, 'POST', path, { ifMatch: etag, body })).body;
}

/** Types number and code of a mail into the form that it leads to; nobody signs in for it. */
export const typeCode = <T = { status: string }>(person: Person, mail: Mail): Promise<Answer<T>> =>
  person.must<T>(200, 'POST', `/verifications/${numberIn(mail)}`, { body: { code: codeIn(mail) } });

const SUCCESSORS = [
  { name: '三枝 千紘', kana: 'さえぐさ ちひろ', title: '主事', extension: '530' },
  { name: '檜垣 悠生', kana: 'ひがき ゆうせい', title: '主任', extension: '541' },
] as const;

/** Hands a person's work over on a day to come; a reviewer has looked at it, and now it waits. */
export async function scheduleHandover(
  stage: Stage,
  town: Town,
  outgoing: ContactDto,
  days: number,
): Promise<ChangeRequestResponse> {
  const incoming = SUCCESSORS.find(({ name }) => name !== outgoing.name);
  const { etag } = await readTown(town.clerk, town);
  const sent = await town.clerk.must<ChangeRequestResponse>(
    201,
    'POST',
    `/registrations/${town.id}/handovers`,
    {
      ifMatch: etag,
      body: { outgoingContactId: outgoing.id, incoming, effectiveOn: inDays(days) },
    },
  );
  const scheduled = await approve(stage.reviewer, sent.body.id);
  expect(scheduled.status === 'scheduled', 'it waits for its day');
  say(`${outgoing.name} will hand over to ${incoming?.name} on ${inDays(days)} (${scheduled.number})`);
  return scheduled;
}

/** Another number of the same exchange, which can't exist either. */
export const otherPhone = (phone: string | null): string => {
  const [, head = '0100-00-', last = '0000'] = /^(.*?)(\d{4})$/.exec(phone ?? '') ?? [];
  return head + String((Number(last) + 1) % 10_000).padStart(4, '0');
};

export const otherExtension = (extension: string | null): string =>
  String(200 + ((Number(extension ?? '0') + 1) % 700));
