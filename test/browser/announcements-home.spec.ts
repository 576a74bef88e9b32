import type { Browser, Locator, Page } from 'playwright-core';
import type { AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import { correct, picked, publish } from '../factories/announcements.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { NARROW, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { type Clerk, clerkAt } from '../setup/clerk.js';
import type { TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let browser: Browser;
let editor: SignedIn;

beforeAll(async () => {
  portal = await startPortalForBrowsers();
  browser = await startBrowser();
  editor = await signInStaff(portal, ['editor'], '堀越 直央');
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

/** For this clerk's municipality alone. */
const publishFor = ({ registration }: Clerk, title: string): Promise<AnnouncementResponse> =>
  publish(editor, { title, audience: picked(registration.code) });

/** Acknowledged by the municipality, and then corrected so that it is asked anew. */
async function askedAgain(clerk: Clerk, title: string): Promise<AnnouncementResponse> {
  const announcement = await publishFor(clerk, title);
  await clerk.api.put(`/announcements/${announcement.id}/reading`);
  await clerk.api.post(`/announcements/${announcement.id}/acknowledgements`, { body: { revision: 1 } });
  return correct(editor, announcement, { askAgain: true });
}

const itemOf = (page: Page, title: string): Locator =>
  page
    .getByRole('region', { name: /^お知らせ$/ })
    .getByRole('listitem')
    .filter({ hasText: title });

it('what waits for an acknowledgement is among what is asked, and the two agree', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor } = clerk;
  await page.goto('/');
  await page.getByRole('heading', { name: 'お願いしていること（0件）' }).waitFor();
  await page.getByText('いまはありません。').waitFor();
  await publishFor(clerk, '講演会の参加申込み');
  await askedAgain(clerk, '会場のお知らせ');
  await page.reload();
  await page.getByRole('heading', { name: 'お願いしていること（2件）' }).waitFor();
  await page.getByText('うち1件は、訂正がありましたので').waitFor();
  await visitor.press(/^確認しました/);
  await page.getByRole('heading', { name: 'お願いしていること（1件）' }).waitFor();
  await visitor.press('お知らせの確認（1件）', 'link');
  await visitor.see('お知らせ');
  await page.getByText('1件', { exact: true }).waitFor();
  await page.getByRole('link', { name: '会場のお知らせ' }).waitFor();
});

it('one that was corrected after it was acknowledged counts in the menu, and is seen before it is confirmed', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor } = clerk;
  await askedAgain(clerk, '会場のお知らせ');
  await page.goto('/');
  await page.getByRole('link', { name: 'お知らせ（再確認1件）' }).waitFor();
  const item = itemOf(page, '会場のお知らせ');
  await item.getByText('もう一度ご確認ください').waitFor();
  expect(await item.getByRole('button').count()).toBe(0);
  await visitor.press(/^訂正の内容を見て確認する/, 'link');
  await visitor.see('会場のお知らせ');
  await page.getByText('開始の時刻を、14時から15時に改めました。').waitFor();
  await visitor.press('確認しました');
  await page.getByRole('heading', { name: '確認済みです' }).waitFor();
  await page.getByRole('link', { name: /^お知らせ$/ }).waitFor();
});

it('one that is corrected while it stands on home is not confirmed unseen either', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor } = clerk;
  const announcement = await publishFor(clerk, '会場のお知らせ');
  await page.goto('/');
  const item = itemOf(page, '会場のお知らせ');
  await item.getByRole('button').waitFor();
  await correct(editor, announcement, { askAgain: true });
  await visitor.press(/^確認しました/);
  await item.getByRole('alert').getByText('訂正後の内容をお確かめください').waitFor();
  await item.getByRole('link', { name: /^訂正の内容を見て確認する/ }).waitFor();
  expect(await item.getByRole('button').count()).toBe(0);
});

it('one that was read, and no more, is marked as not confirmed', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page } = clerk;
  const { id } = await publishFor(clerk, '講演会の参加申込み');
  await page.goto('/');
  await itemOf(page, '講演会の参加申込み').getByText('未読').waitFor();
  expect(await page.getByText('未確認', { exact: true }).count()).toBe(0);
  await clerk.api.put(`/announcements/${id}/reading`);
  await page.reload();
  await itemOf(page, '講演会の参加申込み').getByText('未確認', { exact: true }).waitFor();
  await page.goto('/announcements');
  await page.locator('main').getByRole('listitem').getByText('未確認', { exact: true }).waitFor();
});

it('on a phone, a line near the top leads to what is new', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor } = clerk;
  await publishFor(clerk, '講演会の参加申込み');
  await askedAgain(clerk, '会場のお知らせ');
  await page.setViewportSize(NARROW);
  await page.goto('/');
  const line = page.getByRole('link', { name: '未読のお知らせ　1件' });
  await line.waitFor();
  expect((await line.boundingBox())?.y).toBeLessThan(NARROW.height);
  await page.getByRole('link', { name: 'もう一度ご確認いただくお知らせ　1件' }).waitFor();
  await visitor.press('未読のお知らせ　1件', 'link');
  expect(await page.locator(':focus').innerText()).toBe('お知らせ');
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await line.isVisible()).toBe(false);
});

it('a line that breaks is told at the announcement, in sight, with nothing about what was typed', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page } = clerk;
  await publishFor(clerk, '講演会の参加申込み');
  await page.setViewportSize(NARROW);
  await page.goto('/');
  const item = itemOf(page, '講演会の参加申込み');
  const button = item.getByRole('button');
  await button.waitFor();
  await page.route('**/acknowledgements', (route) => route.abort());
  // At the very end of the screen, where whatever comes below it is out of sight.
  await button.focus();
  await page.evaluate('document.activeElement.scrollIntoView({ block: "end" })');
  await page.keyboard.press('Enter');
  const told = item.getByRole('alert');
  await told.getByText('確認済みにできませんでした。').waitFor();
  expect(await told.innerText()).not.toContain('入力');
  const box = await told.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(NARROW.height);
  await page.unroute('**/acknowledgements');
  await page.keyboard.press('Enter');
  await item.getByText('確認済み', { exact: true }).waitFor();
});
