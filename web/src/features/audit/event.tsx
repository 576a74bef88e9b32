import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import type { AuditEventResponse, StaffResponse } from '../../api/schema';
import { usersQuery } from '../../api/users';
import { formatDateTimeJa } from '../../ui/text';
import { ACTORS, eventName, PURPOSES, keyName, valueText } from './event-words';

/** What an event is about, where a page shows it. */
function pageOf({ subjectType, subjectId }: AuditEventResponse): string | null {
  const rooms: Readonly<Record<string, string>> = {
    registration: 'registrations',
    'change-request': 'review',
    application: 'applications',
    recovery: 'recoveries',
    account: 'users',
    mail: 'mail',
    announcement: 'announcements',
  };
  const room = rooms[subjectType];
  return room === undefined ? null : `/staff/${room}/${subjectId}`;
}

/** What an event keeps, but for what its line says already; an account by its name. */
function factsOf(event: AuditEventResponse, users: readonly StaffResponse[]): [string, string][] {
  const { by: _, ...details } = event.details;
  return Object.entries({ ...details, ...event.personal })
    .toSorted(([a], [b]) => Number(a === 'after') - Number(b === 'after'))
    .map(([key, value]) => [
      keyName(key),
      (key === 'accountId' && users.find(({ id }) => id === value)?.name) || valueText(value),
    ]);
}

export function Event({ event }: { readonly event: AuditEventResponse }): ReactNode {
  const to = pageOf(event);
  const users = useQuery(usersQuery()).data?.items ?? [];
  const facts = factsOf(event, users);
  return (
    <li className="desktop:grid desktop:grid-cols-[14rem_1fr] desktop:gap-x-6">
      <p className="small quiet">
        <time dateTime={event.occurredAt}>{formatDateTimeJa(new Date(event.occurredAt))}</time>
        <br />
        <Actor event={event} />
      </p>
      <div>
        <h2 className="text-base">{eventName(event.type)}</h2>
        {facts.length > 0 && (
          <dl className="facts small !mt-1">
            {facts.map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd className="whitespace-pre-line">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <p className="small flex flex-wrap gap-x-4">
          {to && <Link to={to}>対象を見る</Link>}
          <Link to={`/staff/audit?subjectId=${event.subjectId}`}>この対象の記録</Link>
          {event.registrationId && event.subjectType !== 'registration' && (
            <Link to={`/staff/registrations/${event.registrationId}`}>登録を見る</Link>
          )}
        </p>
      </div>
    </li>
  );
}

function Actor({ event }: { readonly event: AuditEventResponse }): ReactNode {
  const users = useQuery(usersQuery());
  const found = users.data?.items.find(({ id }) => id === event.actorAccountId);
  if (found) return `事務局　${found.name}`;
  const purpose = PURPOSES[valueText(event.details['by'])];
  return (ACTORS[event.actorKind] ?? event.actorKind) + (purpose ? `（${purpose}）` : '');
}
