import { createHmac } from 'node:crypto';
import type { StaffRole } from '../platform/access/permission.js';

/** One way into the demo; `var/demo-accounts.json` is a list of these. Members sign in by a mailed code. */
export interface DemoAccount {
  readonly role: 'member' | StaffRole;
  readonly email: string;
  readonly password?: string;
  /** Base32; for an authenticator app, which then shows the codes that the mailbox page shows, too. */
  readonly totpSecret?: string;
  readonly municipalityCode?: string;
  readonly registrationId?: string;
}

export interface DemoStaff {
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
}

/** Who wrote the announcements. */
export const DEMO_EDITOR = 'editor@council.example';

/** Invented people of the council. */
export const DEMO_STAFF: readonly DemoStaff[] = [
  { email: 'reviewer1@council.example', name: '中邨 彩葉', role: 'reviewer' },
  { email: 'reviewer2@council.example', name: '藤澤 理久', role: 'reviewer' },
  { email: DEMO_EDITOR, name: '笹原 涼香', role: 'editor' },
  { email: 'admin@council.example', name: '堀越 直央', role: 'admin' },
  { email: 'admin2@council.example', name: '仁科 柚木', role: 'admin' },
];

/** Whose mailboxes stand among the demo accounts: 音更町 and 十津川村. Nothing of theirs waits at the start. */
export const DEMO_MEMBER_CODES = ['016314', '294497'] as const;

/** @returns a password that belongs to this installation alone, the same at every start */
export function demoPassword(codeSecret: Buffer, email: string): string {
  const mac = createHmac('sha256', codeSecret).update(`demo-password\0${email}`).digest('hex');
  return `demo-${mac.slice(0, 8)}-${mac.slice(8, 16)}`;
}
