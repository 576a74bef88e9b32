import type { ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type { DemoAccount } from '../../demo/demo-accounts.js';
import type { DaysPassed } from '../../demo/dev-time.dto.js';
import type { StaffRole } from '../../platform/access/permission.js';
import { expect, type Mail, Person } from './person.js';

/** The council's people, signed in, and what every chapter shares. */
export interface Stage {
  readonly base: string;
  readonly accounts: readonly DemoAccount[];
  readonly reviewer: Person;
  readonly secondReviewer: Person;
  readonly admin: Person;
  readonly secondAdmin: Person;
  /** Registrations that a chapter of this telling has been to. */
  readonly visited: Set<string>;
}

export async function openStage(base: string, accounts: readonly DemoAccount[]): Promise<Stage> {
  step('Two reviewers and two admins sign in, each with a password and a code of an app');
  const of = async (role: StaffRole, index: number, name: string): Promise<Person> => {
    const account = accounts.filter((candidate) => candidate.role === role)[index];
    expect(account?.password && account.totpSecret, `the demo has ${index + 1} × ${role}`);
    const person = new Person(base, name);
    await person.signInWithPassword(account.email, account.password, account.totpSecret);
    await person.must(200, 'GET', '/me');
    return person;
  };
  return {
    base,
    accounts,
    reviewer: await of('reviewer', 0, '事務局 一人目'),
    secondReviewer: await of('reviewer', 1, '事務局 二人目'),
    admin: await of('admin', 0, '管理者 一人目'),
    secondAdmin: await of('admin', 1, '管理者 二人目'),
    visited: new Set(),
  };
}

/** Lets days pass for one change request or application alone, as only a demo can. */
export async function letDaysPass(
  { reviewer }: Stage,
  subject: { changeRequestId: string } | { applicationId: string },
  days: number,
): Promise<void> {
  const { body } = await reviewer.must<DaysPassed>(200, 'POST', '/dev/time', { body: { ...subject, days } });
  say(`… ${days} ${days === 1 ? 'day passes' : 'days pass'} for ${body.number} …`);
}

/** @returns the calendar date in Japan so many days from today, `YYYY-MM-DD` */
export const inDays = (days: number): string =>
  new Date(Date.now() + (9 + days * 24) * 3_600_000).toISOString().slice(0, 10);

/** Sets this telling's mailboxes apart from all others'. */
export const mark = (): string => Date.now().toString(36);

export const step = (text: string): void => console.log(`\n● ${text}`);
export const say = (text: string): void => console.log(`  ${text}`);

export function showDiff({
  number,
  changes,
}: Pick<ChangeRequestResponse, 'number'> & { readonly changes: readonly Shown[] }): void {
  say(`変更届 ${number}`);
  showChanges(changes);
}

interface Shown {
  readonly label: string;
  readonly beforeText: string | null;
  readonly afterText: string | null;
}

export function showChanges(changes: readonly Shown[]): void {
  for (const { label, beforeText, afterText } of changes) {
    say(`  ${label}: ${inline(beforeText)} → ${inline(afterText)}`);
  }
}

export const inline = (text: string | null): string => (text ?? '（なし）').replaceAll('\n', ' / ');

export function show(mail: Mail): void {
  const lines = [`To: ${mail.to}`, `Subject: ${mail.subject}`, '', ...mail.text.trimEnd().split('\n')];
  console.log(lines.map((line) => `  │ ${line}`).join('\n'));
}
