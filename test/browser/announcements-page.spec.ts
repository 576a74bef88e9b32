import type { Browser } from 'playwright-core';
import type { AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import type { AnnouncementSettingsResponse } from '../../src/announcements/announcement-settings.dto.js';
import { categoryId, correct, picked, publish } from '../factories/announcements.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import {
  faultsAtBothWidths,
  NARROW,
  openPage,
  startBrowser,
  startPortalForBrowsers,
} from '../setup/browser.js';
import { bringSession, type Clerk, clerkAt } from '../setup/clerk.js';
import type { TestPortal } from '../setup/test-portal.js';
import { Visitor } from '../setup/visitor.js';

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

/** A clerk before an announcement for their municipality alone. */
async function readerOf(
  fields: Record<string, unknown>,
): Promise<Clerk & { readonly announcement: AnnouncementResponse }> {
  const clerk = await clerkAt(browser, portal, '/v');
  const announcement = await publish(editor, { audience: picked(clerk.registration.code), ...fields });
  await clerk.page.goto(`/announcements/${announcement.id}`);
  await clerk.visitor.see(announcement.title);
  return { ...clerk, announcement };
}

it('an address that lost a part on its way names nothing', async () => {
  const { page, visitor } = await clerkAt(browser, portal, '/announcements/not-a-uuid');
  await visitor.see('お知らせが見つかりませんでした');
  expect(await page.getByRole('button', { name: 'もう一度読み込む' }).count()).toBe(0);
  await page.goto('/change-requests/019b3a5c-0c20-7000');
  await visitor.see('見つかりませんでした');
  expect(await page.getByRole('button', { name: 'もう一度読み込む' }).count()).toBe(0);
});

it('to editors as well', async () => {
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, editor.cookie);
  const visitor = new Visitor(page);
  for (const rest of ['', '/edit', '/correct', '/history', '/reach']) {
    await page.goto(`/staff/announcements/not-a-uuid${rest}`);
    await visitor.see('見つかりませんでした');
    expect(await page.getByRole('button', { name: 'もう一度読み込む' }).count()).toBe(0);
  }
});

it('only what opens a page opens it in another tab, and says so', async () => {
  const { page } = await readerOf({
    body: '[要項](https://www.example.jp/guide)、[03-5210-9747](tel:03-5210-9747)、[事務局](mailto:office@example.jp?subject=a)',
  });
  const guide = page.getByRole('link', { name: /^要項/ });
  expect(await guide.getAttribute('target')).toBe('_blank');
  expect(await guide.getByText('（別の画面で開きます）').count()).toBe(1);
  for (const name of ['03-5210-9747', '事務局']) {
    const link = page.getByRole('link', { name, exact: true });
    expect([name, await link.getAttribute('target')]).toEqual([name, null]);
  }
});

it('on paper it says for whom it is and where its links lead, and has none of the footer’s', async () => {
  const { page } = await readerOf({
    title: '会場のお知らせ',
    body: '[地図](https://www.example.jp/map)と https://www.example.jp/bare をご覧のうえ、[事務局](mailto:office@example.jp?subject=a)へ。',
  });
  await page.getByRole('link', { name: /^地図/ }).waitFor();
  const municipality = (await page.locator('.who').innerText()).split('\n')[0] ?? '';
  const behind = (address: string): Promise<string> =>
    page.evaluate(
      `getComputedStyle(document.querySelector('.markdown a[href*="${address}"]'), '::after').content`,
    );
  expect(await behind('/map')).toBe('none');
  await page.emulateMedia({ media: 'print' });
  expect(await behind('/map')).toContain('https://www.example.jp/map');
  expect(await behind('mailto:')).toContain('（office@example.jp）');
  expect(await behind('/bare')).toBe('none');
  expect(await page.locator('main').getByText(municipality, { exact: true }).isVisible()).toBe(true);
  expect(await page.getByText('事務局の方のログイン').isVisible()).toBe(false);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

it('several corrections of one day are told apart by their times', async () => {
  const { page, announcement } = await readerOf({ title: '会場のお知らせ' });
  const first = await correct(editor, announcement, { note: '会場を改めました。' });
  await correct(editor, first, { note: '時刻を改めました。' });
  await page.reload();
  const told = page.getByRole('region', { name: '訂正があります' }).getByRole('listitem');
  await told.nth(1).waitFor();
  expect(await told.locator('time').allInnerTexts()).toEqual([
    expect.stringMatching(/日（.）\d+時\d+分$/),
    expect.stringMatching(/日（.）\d+時\d+分$/),
  ]);
});

it('a table that is wider than the screen says so, and is moved with the keyboard', async () => {
  const columns = ['時刻', '内容', '登壇者', '会場', '申込み', '備考'];
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const { page } = await readerOf({
    body: [row(columns), row(columns.map(() => '---')), row(columns)].join('\n'),
  });
  await page.getByRole('table').waitFor();
  const hint = page.getByText('表は、横に動かしてご覧になれます。');
  const frame = page.getByRole('region', { name: '表（横に動かせます）' });
  expect([await hint.count(), await frame.count()]).toEqual([0, 0]);
  await page.setViewportSize(NARROW);
  await hint.waitFor();
  await frame.focus();
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowRight');
  await page.locator('.table-room:not(.more-right)').waitFor();
  expect(await faultsAtBothWidths(page)).toEqual([]);
});

it('how one is told by mail is found from the top of the list', async () => {
  const { page, visitor } = await clerkAt(browser, portal, '/announcements');
  await visitor.see('お知らせ');
  await page.getByText('はじめからの設定です。').waitFor();
  await visitor.press('メールでのお届けのしかたを選ぶ', 'link');
  await page.locator('h2:focus').waitFor();
  expect(await page.locator(':focus').innerText()).toBe('メールでのお届け');
  await page.getByText('まとめてのメールに、訂正後の内容を載せます。').waitFor();
});

it('a former category stays among the choices while something has it', async () => {
  const { page, visitor, announcement } = await readerOf({
    title: '協定のお知らせ',
    categoryId: await categoryId(editor, '連携協定'),
  });
  const { body: settings } = await editor.client.get<AnnouncementSettingsResponse>('/announcement-settings');
  const { version, categories, attachmentMaxBytes, attachmentMaxCount, digestHour } = settings;
  const { status } = await editor.client.put('/announcement-settings', {
    ifMatch: version,
    body: {
      categories: categories.filter(({ id }) => id !== announcement.category.id),
      attachmentMaxBytes,
      attachmentMaxCount,
      digestHour,
    },
  });
  expect(status).toBe(200);
  await page.goto('/announcements');
  await page.getByLabel('分類').selectOption('連携協定（以前の分類）');
  await visitor.press('さがす');
  await page.getByText('1件', { exact: true }).waitFor();
  await page.getByRole('link', { name: '協定のお知らせ' }).waitFor();

  const office = await openPage(browser, portal);
  await bringSession(office.context, portal, editor.cookie);
  await office.page.goto('/staff/announcements');
  await office.page.getByLabel('分類').selectOption('連携協定（以前の分類）');
  await new Visitor(office.page).press('さがす');
  await office.page.getByText('1件', { exact: true }).waitFor();
});
