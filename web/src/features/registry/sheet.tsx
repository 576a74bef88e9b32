import type { ReactNode } from 'react';
import type { RegistrationResponse } from '../../api/schema';
import { formatDateJa, Hidden, Mailbox, Tag } from '../../ui/text';
import {
  type Confirmed,
  confirmedText,
  fieldNote,
  type FreshnessRule,
  freshnessOf,
  isStale,
  newestIn,
  oldestOf,
  staleText,
} from './freshness';

type Department = RegistrationResponse['departments'][number];
type Contact = RegistrationResponse['contacts'][number];

/** What is registered, whether it holds now, held once or is only proposed. */
export type Registered = Pick<
  RegistrationResponse,
  | 'mainPhone'
  | 'primaryDepartmentId'
  | 'departments'
  | 'contacts'
  | 'freshness'
  | 'freshMonths'
  | 'freshSince'
>;

/** Of a registration whose age says nothing: it held once, or is only proposed. */
export const NO_FRESHNESS = { freshness: {}, freshMonths: 0, freshSince: '' } as const;

interface SheetProps {
  readonly registration: Registered;
  /** Beside a department's name, such as the way to change it. */
  readonly action?: (department: Department) => ReactNode;
  /** `differing`: a field speaks of its age only where its department's line isn't true of it; `all`: always; `none`: never, as for a past day. */
  readonly freshness?: 'differing' | 'all' | 'none';
  readonly headings?: 'h2' | 'h3';
  /** Where a page has two sheets, their headings need ids of their own. */
  readonly idPrefix?: string;
}

/** The primary department first. */
export function inOrder(registration: Registered): Department[] {
  return registration.departments.toSorted(
    (a, b) =>
      Number(b.id === registration.primaryDepartmentId) - Number(a.id === registration.primaryDepartmentId),
  );
}

/** A registration to read: a table for each department, with what is known of its age. */
export function Sheet({
  registration,
  action,
  freshness = 'differing',
  headings = 'h2',
  idPrefix = 'd',
}: SheetProps): ReactNode {
  const Heading = headings;
  return (
    <>
      <MainPhone registration={registration} all={freshness === 'all'} />
      {inOrder(registration).map((department) => {
        const line = newestIn(registration, department.id);
        return (
          <section className="dept" key={department.id} aria-labelledby={`${idPrefix}-${department.id}`}>
            <div className="dept-head">
              <Heading id={`${idPrefix}-${department.id}`}>{department.name}</Heading>
              {action?.(department)}
            </div>
            {freshness !== 'none' && (
              <FreshLine
                confirmed={line}
                rule={registration}
                primary={
                  registration.departments.length > 1 && department.id === registration.primaryDepartmentId
                }
              />
            )}
            <DepartmentTable
              registration={registration}
              department={department}
              line={freshness === 'none' ? null : line}
              all={freshness === 'all'}
            />
          </section>
        );
      })}
    </>
  );
}

function MainPhone({
  registration,
  all,
}: {
  readonly registration: Registered;
  readonly all: boolean;
}): ReactNode {
  const own = freshnessOf(registration, '/mainPhone');
  return (
    <table className="sheet mt-8">
      <caption className="sr-only">自治体の代表電話</caption>
      <tbody>
        <Row label="代表電話" own={own} line={all ? null : own} all={all} rule={registration}>
          <span className="num">{registration.mainPhone}</span>
        </Row>
      </tbody>
    </table>
  );
}

function FreshLine({
  confirmed,
  rule,
  primary,
}: {
  readonly confirmed: Confirmed | null;
  readonly rule: FreshnessRule;
  readonly primary: boolean;
}): ReactNode {
  return (
    <p className="fresh">
      {primary && <span>主な窓口</span>}
      {confirmed === null ? (
        <span>確認した日の記録がありません</span>
      ) : (
        <>
          {isStale(confirmed.at, rule) && <Tag tone="warn">{staleText(rule)}</Tag>}
          <span>{confirmedText(confirmed)}</span>
        </>
      )}
    </p>
  );
}

function DepartmentTable({
  registration,
  department,
  line,
  all,
}: {
  readonly registration: Registered;
  readonly department: Department;
  readonly line: Confirmed | null;
  readonly all: boolean;
}): ReactNode {
  const at = (field: string): Confirmed | null =>
    freshnessOf(registration, `/departments/${department.id}/${field}`);
  const people = registration.contacts.filter(({ departmentId }) => departmentId === department.id);
  const row = { line, all, rule: registration };
  return (
    <table className="sheet">
      <caption className="sr-only">{department.name}の登録内容</caption>
      <tbody>
        {department.kana && (
          <Row label="部署名のふりがな" own={at('kana')} {...row}>
            {department.kana}
          </Row>
        )}
        <Row label="所属アドレス" own={at('email')} {...row}>
          <Mailbox>{department.email}</Mailbox>
        </Row>
        <Row label="電話番号" own={at('phone')} {...row}>
          {department.phone && <span className="num">{department.phone}</span>}
        </Row>
        <Row label="ファクス番号" own={at('fax')} {...row}>
          {department.fax && <span className="num">{department.fax}</span>}
        </Row>
        <Row label="所在地" own={at('address')} {...row}>
          {(department.postalCode ?? department.address) && (
            <>
              {department.postalCode && <span className="num">〒{department.postalCode}</span>}
              {department.postalCode && department.address && <br />}
              {department.address}
            </>
          )}
        </Row>
        {people.length === 0 && (
          <Row label="担当者" own={null} line={null} all={false} rule={registration}>
            {null}
          </Row>
        )}
        {people
          .toSorted((a, b) => Number(a.role === 'deputy') - Number(b.role === 'deputy'))
          .map((person) => (
            <Row
              key={person.id}
              label={person.role === 'primary' ? '担当者（正）' : '担当者（副）'}
              own={oldestOf(
                registration,
                ['name', 'kana', 'title', 'email', 'extension']
                  .filter((field) => person[field as keyof Contact] !== null)
                  .map((field) => `/contacts/${person.id}/${field}`),
              )}
              {...row}
            >
              <Person person={person} />
            </Row>
          ))}
      </tbody>
    </table>
  );
}

export function Person({ person }: { readonly person: Contact }): ReactNode {
  const details = [person.title, person.extension && `内線 ${person.extension}`].filter(Boolean).join('　');
  return (
    <>
      {person.name}
      {person.kana && `（${person.kana}）`}
      {details && (
        <>
          <br />
          <span className="quiet">{details}</span>
        </>
      )}
      {person.email && (
        <>
          <br />
          <Mailbox>{person.email}</Mailbox>
        </>
      )}
    </>
  );
}

function Row({
  label,
  own,
  line,
  all,
  rule,
  children,
}: {
  readonly label: string;
  readonly own: Confirmed | null;
  readonly line: Confirmed | null;
  readonly all: boolean;
  readonly rule: FreshnessRule;
  readonly children: ReactNode;
}): ReactNode {
  const note = children ? (all ? ageOf(own, line, rule) : fieldNote(own, line, rule)) : null;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        {children ?? <span className="quiet">登録なし</span>}
        {note && (
          <span className="note">
            <Hidden>{`${label}：`}</Hidden>
            {note}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Who said so stands in the department's line already, where it is the same. */
function ageOf(own: Confirmed | null, line: Confirmed | null, rule: FreshnessRule): string {
  if (own === null) return '確認した日の記録がありません';
  if (own.at === line?.at && own.by === line.by) return `${formatDateJa(new Date(own.at))}に確認`;
  return `${confirmedText(own)}${isStale(own.at, rule) ? `　${staleText(rule)}` : ''}`;
}
