import type { Browser, Page } from 'playwright-core';
import { DemoSeed } from '../../src/demo/demo.seed.js';
import type { SettingsResponse } from '../../src/settings/settings.dto.js';
import { runJobs } from '../factories/clock.js';
import { type SignedIn, signInStaff } from '../factories/people.js';
import {
  faultsAtBothWidths,
  NARROW,
  openPage,
  startBrowser,
  startPortalForBrowsers,
} from '../setup/browser.js';
import { bringSession } from '../setup/clerk.js';
import type { TestPortal } from '../setup/test-portal.js';
import { keyboard, Visitor } from '../setup/visitor.js';

/** What the office sees of how fresh the registrations are, and what it sets about it. */
let portal: TestPortal;
let browser: Browser;
let editor: SignedIn;
let admin: SignedIn;

beforeAll(async () => {
  portal = await startPortalForBrowsers({ mode: 'demo' });
  browser = await startBrowser();
  await portal.app.get(DemoSeed).fill();
  await runJobs(portal);
  editor = await signInStaff(portal, ['editor']);
  admin = await signInStaff(portal, ['admin']);
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

async function at(who: SignedIn, address: string): Promise<{ page: Page; visitor: Visitor }> {
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, who.cookie);
  await page.goto(address);
  return { page, visitor: new Visitor(page, keyboard(page)) };
}

describe('情報の鮮度', () => {
  it('says how things stand, on a map, in tables and as a course', async () => {
    const { page, visitor } = await at(editor, '/staff/freshness');
    await visitor.see('情報の鮮度');
    await page.getByText(/^登録している372自治体のうち、1年以内に確認されたのは/).waitFor();
    const tiles = page.locator('.tile');
    expect(await tiles.count()).toBe(47);
    // Links say their numbers in words; where nobody is registered there is nowhere to go.
    expect(
      await page.getByRole('link', { name: /^北海道\s*1年以内に確認\s*\d+\s*件、登録\s*144\s*件$/ }).count(),
    ).toBe(1);
    expect(await page.locator('div.tile', { hasText: '沖縄' }).innerText()).toMatch(/登録なし/);
    const first = page.getByRole('row').filter({ hasText: '北海道' }).first();
    expect((await first.innerText()).split('\t').at(-2)?.trim()).toBe('144');
    await page
      .getByRole('img', { name: /^全国のすべての登録の鮮度の変わり方の図。.*は、1年以内\d+%、/ })
      .waitFor();
    expect(await page.locator('.curves polyline').count()).toBe(3);
  });

  it('leads to those who have to be asked', async () => {
    const { page } = await at(editor, '/staff/freshness');
    const stale = page.getByRole('link', { name: /^奈良県の確認が古い\d+件を見る$/ });
    const count = await stale.innerText();
    await stale.click();
    await page.getByText(`${count}件`, { exact: true }).waitFor();
    expect(await page.getByLabel('最後の確認').inputValue()).toBe('stale');
  });

  it('keeps what was chosen in the address, and leaves the map out where it does not fit', async () => {
    const { page, visitor } = await at(editor, '/staff/freshness');
    await visitor.see('情報の鮮度');
    await page.getByLabel('何の変わり方か').selectOption({ label: '京都府市長会' });
    await page.getByLabel('期間').selectOption('90');
    await page.getByLabel('どこの項目か').selectOption({ label: '奈良県' });
    await page.getByText(/^奈良県の\d+項目のうち/).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      course: 'a-kyoto-shicho',
      period: '90',
      place: 'p-290009',
    });
    await page.reload();
    await page.getByRole('img', { name: /^京都府市長会/ }).waitFor();
    await page.getByText('数字を表で見る').click();
    expect(
      await page.getByRole('table', { name: '京都府市長会の鮮度の変わり方' }).getByRole('row').count(),
    ).toBe(92);
    await page.setViewportSize(NARROW);
    expect(await page.locator('.tiles').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tiles').isVisible()).toBe(true);
  });
});

describe('the settings', () => {
  const read = async (): Promise<SettingsResponse> =>
    (await admin.client.get<SettingsResponse>('/settings')).body;

  it('take what counts as fresh and closed days, by the keyboard, and say in place what is wrong', async () => {
    const { page, visitor } = await at(admin, '/staff/settings');
    await visitor.see('設定');
    await visitor.type(/^確認が新しいとみなす期間/, '37');
    await visitor.press('休業日を加える');
    await page.getByLabel('理由（休業日1）').fill('事務所の移転');
    await visitor.press('休業日を加える');
    await visitor.press('保存する');
    const summary = page.getByRole('alert').filter({ hasText: '入力を確認してください（2か所）' });
    await summary.waitFor();
    await summary.getByRole('link', { name: /^休業日1の日付/ }).click();
    const date = page.getByLabel('休業日1', { exact: true });
    expect(await date.and(page.locator(':focus')).count()).toBe(1);
    expect(await date.getAttribute('aria-invalid')).toBe('true');
    expect(await faultsAtBothWidths(page)).toEqual([]);
    await page.getByLabel(/^確認が新しいとみなす期間/).fill('６');
    await page.getByText('6か月以内', { exact: true }).waitFor();
    await date.fill('2027-05-06');
    // The second one was left empty.
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('保存しました。', { exact: true }).waitFor();
    expect(await read()).toMatchObject({
      freshMonths: 6,
      closedDays: [{ date: '2027-05-06', note: '事務所の移転' }],
    });
  });

  it('are what every page goes by', async () => {
    const { page } = await at(editor, '/staff/registrations?freshness=stale');
    await page.getByText('6か月以上前').nth(1).waitFor();
    await page.goto('/staff/freshness');
    await page
      .getByText(/6か月以内に確認されたのは/)
      .first()
      .waitFor();
    await page.getByText(/までは、1年以内を新しいものとして数えています。/).waitFor();
    await page.goto('/staff/settings');
    expect(await page.getByText('2027年5月6日（木）　事務所の移転').innerText()).toBeTruthy();
  });
});
