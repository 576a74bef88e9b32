import type { Browser, Page } from 'playwright-core';
import { newRegistration, submit, withPhone } from '../factories/change-requests.js';
import { type SignedIn, signInStaff } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { bringSession } from '../setup/clerk.js';
import type { TestPortal } from '../setup/test-portal.js';
import { keyboard, Visitor } from '../setup/visitor.js';

/** The office's lists: what is looked for stands in the address, and nobody loses their place. */
let portal: TestPortal;
let browser: Browser;
let staff: SignedIn;
let registration: TestRegistration;

beforeAll(async () => {
  portal = await startPortalForBrowsers();
  browser = await startBrowser();
  staff = await signInStaff(portal, ['reviewer', 'admin']);
  const made = await newRegistration(portal);
  registration = made.registration;
  await submit(made.clerk, registration, withPhone(registration.document));
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

async function at(address: string): Promise<{ page: Page; visitor: Visitor }> {
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, staff.cookie);
  await page.goto(address);
  return { page, visitor: new Visitor(page, keyboard(page)) };
}

const searchOf = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
/** Longer than what is typed takes to get into the address. */
const settle = (page: Page): Promise<void> => page.waitForTimeout(600);

describe('登録自治体', () => {
  it('keeps a filter that is chosen while the typed words are on their way to the address', async () => {
    const { page } = await at('/staff/registrations');
    await page.getByText('1件', { exact: true }).waitFor();
    await page.getByRole('searchbox').fill('あいまい');
    await page.getByLabel('最後の確認').selectOption('unknown');
    await settle(page);
    expect(Object.fromEntries(searchOf(page))).toEqual({ q: 'あいまい', freshness: 'unknown' });
    expect(await page.getByLabel('最後の確認').inputValue()).toBe('unknown');
  });

  it('gives up all filters, and brings none of them back', async () => {
    const { page } = await at('/staff/registrations?freshness=fresh&prefecture=990000');
    const search = page.getByRole('searchbox');
    await search.fill('あいまい');
    await page.getByRole('button', { name: 'しぼり込みをやめる' }).click();
    await settle(page);
    expect(Object.fromEntries(searchOf(page))).toEqual({});
    expect([await search.inputValue(), await page.getByLabel('最後の確認').inputValue()]).toEqual(['', '']);
    await page.getByText('1件', { exact: true }).waitFor();
  });
});

describe.each([
  ['/staff/mail', 'さがす', '状態', 'failed', '**/mail/messages*'],
  ['/staff/audit', 'しぼり込む', 'できごと', 'registration.withdrawn', '**/audit-events*'],
] as const)('%s', (address, button, field, value, route) => {
  it('keeps the focus on the button, and says how many there are', async () => {
    const { page, visitor } = await at(address);
    await page
      .getByText(/^\d+件/)
      .first()
      .waitFor();
    await page.getByLabel(field).selectOption(value);
    await visitor.press(button);
    await page
      .getByRole('status')
      .filter({ hasText: '当てはまるものはありません。' })
      .waitFor({ state: 'attached' });
    expect(await page.locator(':focus').innerText()).toBe(button);
    expect(await page.getByLabel(field).inputValue()).toBe(value);
    await page.goBack();
    await page
      .getByText(/^\d+件/)
      .first()
      .waitFor();
    expect(await page.getByLabel(field).inputValue()).toBe('');
  });

  it('that can’t be loaded says so, and is asked for again', async () => {
    const { page, context } = await openPage(browser, portal);
    await bringSession(context, portal, staff.cookie);
    await page.route(route, (asked) => asked.abort());
    await page.goto(address);
    await page.getByText('表示できませんでした').waitFor();
    expect(await page.getByText('入力は残っています').count()).toBe(0);
    await page.unroute(route);
    await page.getByRole('button', { name: 'もう一度読み込む' }).click();
    await page
      .getByText(/^\d+件/)
      .first()
      .waitFor();
  });
});
