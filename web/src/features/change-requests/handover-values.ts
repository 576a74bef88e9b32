import type { ChangeRequestResponse, HandoverDto, RegistrationResponse } from '../../api/schema';
import { today } from '../../ui/text';
import { orNull } from '../../ui/or-null';

/** What the form holds: text everywhere. */
export interface HandoverValues {
  outgoingContactId: string;
  name: string;
  kana: string;
  title: string;
  extension: string;
  email: string;
  effectiveOn: string;
  comment: string;
}

/** @returns the next 1 April, when most people move */
export function nextApril(now = today()): string {
  const year = Number(now.slice(0, 4));
  return now.slice(5) < '04-01' ? `${year}-04-01` : `${year + 1}-04-01`;
}

export function startValues(registration: RegistrationResponse): HandoverValues {
  const primary = registration.contacts.filter(
    ({ departmentId }) => departmentId === registration.primaryDepartmentId,
  );
  const outgoing = primary.find(({ role }) => role === 'primary') ?? primary[0] ?? registration.contacts[0];
  return {
    outgoingContactId: outgoing?.id ?? '',
    name: '',
    kana: '',
    title: '',
    extension: '',
    email: '',
    effectiveOn: nextApril(),
    comment: '',
  };
}

/** @returns what a returned handover proposed, to be put right */
export function incomingOf(
  registration: RegistrationResponse,
  request: ChangeRequestResponse,
): HandoverValues {
  const kept = new Set(request.proposed.contacts.map(({ id }) => id));
  const known = new Set(registration.contacts.map(({ id }) => id));
  const incoming = request.proposed.contacts.find(({ id }) => !known.has(id));
  const outgoing = registration.contacts.find(({ id }) => !kept.has(id));
  return {
    outgoingContactId: outgoing?.id ?? '',
    name: incoming?.name ?? '',
    kana: incoming?.kana ?? '',
    title: incoming?.title ?? '',
    extension: incoming?.extension ?? '',
    email: incoming?.email ?? '',
    effectiveOn: request.effectiveOn ?? nextApril(),
    comment: request.comment ?? '',
  };
}

export function toHandover(values: HandoverValues): HandoverDto {
  return {
    outgoingContactId: values.outgoingContactId,
    incoming: {
      name: values.name,
      kana: orNull(values.kana),
      title: orNull(values.title),
      extension: orNull(values.extension),
      email: orNull(values.email),
    },
    effectiveOn: values.effectiveOn,
    comment: orNull(values.comment),
  };
}
