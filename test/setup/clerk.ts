import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newRegistration } from '../factories/change-requests.js';
import type { SignedIn } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { openPage } from './browser.js';
import { mailedCode } from './outbox.js';
import type { TestPortal } from './test-portal.js';
import { type Hands, mouse, Visitor } from './visitor.js';

export interface Clerk {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly visitor: Visitor;
  readonly registration: TestRegistration;
  /** The same municipality through the API, in a session of its own. */
  readonly api: SignedIn['client'];
}

/** A clerk of a municipality that no other test knows, at the portal's door. */
export async function newClerk(
  browser: Browser,
  portal: TestPortal,
  hands: (page: Page) => Hands = mouse,
): Promise<Clerk> {
  const { registration, clerk } = await newRegistration(portal);
  const { page, context } = await openPage(browser, portal);
  return { page, context, registration, api: clerk.client, visitor: new Visitor(page, hands(page)) };
}

/** Through the sign-in, as the page has it. */
export async function signInOnPage(portal: TestPortal, { visitor, registration }: Clerk): Promise<void> {
  const { mailbox } = registration;
  await visitor.see('ログイン');
  await visitor.type('メールアドレス', mailbox);
  await visitor.press('コードを送る');
  await visitor.see('コードとお名前を入力してください');
  await visitor.type('コード', await mailedCode(portal, 'sign-in.sign-in-code', mailbox));
  await visitor.type('お名前', '小野寺 真理');
  await visitor.press('ログインする');
}

/** Signed in beforehand: the cookie is there, and the page opens where the test wants it. */
export async function clerkAt(
  browser: Browser,
  portal: TestPortal,
  address: string,
  hands: (page: Page) => Hands = mouse,
): Promise<Clerk> {
  const clerk = await newClerk(browser, portal, hands);
  await bringSession(clerk.context, portal, clerk.api.cookies.get('renkei_session') ?? '');
  await clerk.page.goto(address);
  return clerk;
}

export const bringSession = (context: BrowserContext, portal: TestPortal, value: string): Promise<void> =>
  context.addCookies([
    {
      name: 'renkei_session',
      value,
      url: portal.settings.publicUrl,
      httpOnly: true,
      sameSite: 'Strict',
    },
  ]);
