import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { DemoAccount } from '../../../src/demo/demo-accounts.js';
import { DemoSeed } from '../../../src/demo/demo.seed.js';
import type { StaffRole } from '../../../src/platform/access/permission.js';
import {
  createStaff,
  signInAs,
  signInMember,
  type SignedIn,
  type StaffPerson,
} from '../../factories/people.js';
import { CODES } from '../../factories/registrations.js';
import { openPage, startBrowser, startPortalForBrowsers } from '../../setup/browser.js';
import { bringSession } from '../../setup/clerk.js';
import type { TestPortal } from '../../setup/test-portal.js';
import { Tour } from '../../setup/tour.js';
import { Visitor } from '../../setup/visitor.js';

/** `npm run tour` says so: then pictures are taken and docs/tour.md is written. */
const PICTURES = process.env['TOUR'] === 'on';
const DOCS = path.resolve(import.meta.dirname, '../../../docs');

export let portal: TestPortal;
export let browser: Browser;
export let tour: Tour;
/** Members of the demo, by their municipality's code. */
export let otofuke: SignedIn & { readonly registrationId: string };
export let totsukawa: typeof otofuke;
export let reviewer: Staff;
export let colleague: Staff;
export let admin: Staff;
export let editor: Staff;

export interface Staff {
  readonly person: StaffPerson;
  readonly signedIn: SignedIn;
}

/** A portal with the demo's data and somebody of each kind, for all that is walked. */
export async function openStage(): Promise<void> {
  portal = await startPortalForBrowsers({ mode: 'demo' });
  browser = await startBrowser();
  tour = new Tour(PICTURES ? path.join(DOCS, 'images', 'tour') : null);
  const accounts = await portal.app.get(DemoSeed).fill();
  otofuke = await member(accounts, CODES.otofuke);
  totsukawa = await member(accounts, CODES.totsukawa);
  reviewer = await staff(['reviewer'], '中邨 彩葉', 'nakamura@council.example');
  colleague = await staff(['reviewer'], '檜垣 史織', 'higaki@council.example');
  admin = await staff(['admin'], '桐生 澄香', 'kiryu@council.example');
  editor = await staff(['editor'], '堀越 直央', 'horikoshi@council.example');
}

/** The walk goes on for longer than their access tokens last; a page gets its own. */
export function renewTokens(): void {
  for (const member of [otofuke, totsukawa]) member.renew();
  for (const { signedIn } of [reviewer, colleague, admin, editor]) signedIn.renew();
}

export async function closeStage(): Promise<void> {
  tour.write(
    path.join(DOCS, 'tour.md'),
    '# A tour of the page\n\nEvery page and the states that matter, at 1280 and 375 px, with the demo’s invented data. `npm run tour` takes the pictures anew; the same walk is a test that looks for faults at each stop.',
  );
  await browser.close();
  await portal.close();
}

async function member(accounts: readonly DemoAccount[], code: string): Promise<typeof otofuke> {
  const account = accounts.find(({ municipalityCode }) => municipalityCode === code);
  const registrationId = account?.registrationId ?? '';
  const registration = { id: registrationId, mailbox: account?.email ?? '' };
  return { ...(await signInMember(portal, registration)), registrationId };
}

async function staff(roles: readonly StaffRole[], name: string, email: string): Promise<Staff> {
  const person = await createStaff(portal, roles, name, email);
  return { person, signedIn: await signInAs(portal, person, roles) };
}

/** @returns a page of theirs, signed in beforehand */
export async function as(who: SignedIn | null): Promise<{ page: Page; visitor: Visitor }> {
  const { page, context } = await openPage(browser, portal);
  if (who) await bringSession(context, portal, who.cookie);
  return { page, visitor: new Visitor(page) };
}

/** Looks at a page, or a state of it, at both widths; see Tour. */
export async function expectNoFaults(...stop: Parameters<Tour['stop']>): Promise<void> {
  // oxlint-disable-next-line jest/no-standalone-expect -- called from within tests
  expect([stop[1].name, await tour.stop(...stop)]).toEqual([stop[1].name, []]);
}
