import type { Browser } from 'playwright-core';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { signInStaff } from '../factories/people.js';
import { faultsAtBothWidths, openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { bringSession, type Clerk, clerkAt, newClerk, signInOnPage } from '../setup/clerk.js';
import { mailedCode } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import { keyboard, Visitor } from '../setup/visitor.js';

let portal: TestPortal;
let browser: Browser;

beforeAll(async () => {
  portal = await startPortalForBrowsers();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

const endSessions = (registrationId: string): Promise<unknown> =>
  withConnection(portal.database.adminUrl, (admin) =>
    admin.query('UPDATE session SET revoked_at = now() WHERE registration_id = $1', [registrationId]),
  );

it('a session that lapses comes back to the same form, with its text and its focus', async () => {
  const clerk = await clerkAt(browser, portal, '/registration/edit', keyboard);
  const { page, visitor, registration } = clerk;
  await visitor.see('登録を修正する');
  await visitor.type(/^代表電話/, '0155-00-7777');
  await page.getByText('書きかけの内容は保存されています').waitFor();
  await endSessions(registration.id);
  await visitor.type(/^部署名\s*必須/, '企画調整課');

  await visitor.see('もう一度ログインしてください');
  expect(await page.locator('.notice').getByText('入力した内容は残っています。').isVisible()).toBe(true);
  expect(await visitor.field(/^代表電話/).isVisible()).toBe(false);
  expect(await faultsAtBothWidths(page)).toEqual([]);
  expect(await visitor.field('メールアドレス').inputValue()).toBe(registration.mailbox);
  await visitor.press('コードを送る');
  await visitor.see('コードとお名前を入力してください');
  await visitor.type('コード', await mailedCode(portal, 'sign-in.sign-in-code', registration.mailbox));
  const saved = page.waitForResponse(
    (response) => response.url().endsWith('/draft') && response.request().method() === 'PUT' && response.ok(),
  );
  await visitor.press('ログインする');

  await visitor.see('登録を修正する');
  expect(await visitor.field(/^代表電話/).inputValue()).toBe('0155-00-7777');
  expect(await visitor.field(/^部署名\s*必須/).inputValue()).toBe('企画調整課');
  expect(await page.locator(':focus').getAttribute('name')).toBe('departments.0.name');
  await page
    .getByRole('status')
    .filter({ hasText: 'ログインし直しました。続きから入力できます。' })
    .waitFor({ state: 'attached' });
  // The saving that waited was done, with what was typed last.
  expect(await (await saved).text()).toContain('企画調整課');
});

it('an answer that was on its way when the session lapsed is given once somebody is back', async () => {
  const clerk = await clerkAt(browser, portal, '/');
  const { visitor, registration } = clerk;
  await visitor.see('登録の内容は、いまも正しいですか');
  await endSessions(registration.id);
  await visitor.press('変更はありません');
  await visitor.see('もう一度ログインしてください');
  await visitor.press('コードを送る');
  await visitor.see('コードとお名前を入力してください');
  await visitor.type('コード', await mailedCode(portal, 'sign-in.sign-in-code', registration.mailbox));
  await visitor.press('ログインする');
  await visitor.see('「変更はありません」と記録しました');
});

it('a draft is there again in another browser, after this one was closed', async () => {
  const clerk = await clerkAt(browser, portal, '/registration/edit');
  const { page, visitor, context } = clerk;
  await visitor.see('登録を修正する');
  await visitor.type(/^代表電話/, '0155-00-8888');
  await page.getByText('書きかけの内容は保存されています').waitFor();
  await page.close();
  const again = await context.newPage();
  await again.goto('/');
  await again.getByRole('link', { name: '書きかけの修正を続ける' }).click();
  await again.getByText('書きかけの内容を開きました。').waitFor();
  expect(await again.getByRole('textbox', { name: /^代表電話/ }).inputValue()).toBe('0155-00-8888');
});

it('a session that ended over lunch, its token long since, asks to sign in as well', async () => {
  const clerk = await newClerk(browser, portal);
  const { page, visitor, registration } = clerk;
  await page.clock.install();
  await bringSession(clerk.context, portal, clerk.api.cookies.get('renkei_session') ?? '');
  await page.goto('/');
  await visitor.see('登録の内容は、いまも正しいですか');
  await endSessions(registration.id);
  await page.clock.fastForward('01:10:00');
  await visitor.press('変更はありません');
  await visitor.see('もう一度ログインしてください');
  expect(await page.locator(':focus').innerText()).toBe('もう一度ログインしてください');
  await signInAgain(clerk);
  await visitor.see('「変更はありません」と記録しました');
  expect(await page.title()).toMatch(/^ホーム/);
});

it('what waits goes on when the same person signs in in another tab', async () => {
  const clerk = await clerkAt(browser, portal, '/');
  const { page, visitor, registration, context } = clerk;
  await visitor.see('登録の内容は、いまも正しいですか');
  await endSessions(registration.id);
  await visitor.press('変更はありません');
  await visitor.see('もう一度ログインしてください');
  const other = await context.newPage();
  await other.goto('/');
  await signInOnPage(portal, { ...clerk, page: other, visitor: new Visitor(other) });
  await other.getByText('お答えください').waitFor();
  await page.bringToFront();
  // As browsers say it of a tab that is looked at again.
  await page.evaluate("window.dispatchEvent(new Event('focus'))");
  await visitor.see('「変更はありません」と記録しました');
});

it('nothing of one municipality stays when another signs in in its place', async () => {
  const clerk = await clerkAt(browser, portal, '/registration/handover');
  const { page, visitor, registration } = clerk;
  await visitor.see('引継ぎを届け出る');
  await visitor.type(/^氏名/, '檜垣 史織');
  await endSessions(registration.id);
  await visitor.press('届け出る内容を確かめる');
  await visitor.see('もう一度ログインしてください');
  const stranger = await newClerk(browser, portal);
  await visitor.type('メールアドレス', stranger.registration.mailbox);
  await visitor.press('コードを送る');
  await enterCode(clerk, stranger.registration.mailbox);
  await visitor.see('登録の内容は、いまも正しいですか');
  expect(await page.evaluate('sessionStorage.length')).toBe(0);
  await page.goto('/registration/handover');
  await visitor.see('引継ぎを届け出る');
  expect(await visitor.field(/^氏名/).inputValue()).toBe('');
});

it('staff are told their own reasons, and led nowhere that needs a session', async () => {
  const { cookie, person } = await signInStaff(portal, ['reviewer']);
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, cookie);
  const visitor = new Visitor(page);
  await page.goto('/staff');
  await visitor.see('今日の仕事');
  await page.getByRole('link', { name: '自分のログインと確認アプリ' }).waitFor();
  await withConnection(portal.database.adminUrl, (admin) =>
    admin.query('UPDATE session SET revoked_at = now() WHERE account_id = $1', [person.accountId]),
  );
  await visitor.press('登録自治体', 'link');
  await visitor.see('もう一度ログインしてください');
  await page.getByText('パスワードや確認アプリの設定が変わったためです。').waitFor();
  expect(await page.getByText('登録のアドレスが変わった').count()).toBe(0);
  expect(await page.getByRole('link', { name: '自分のログインと確認アプリ' }).count()).toBe(0);
});

async function signInAgain(clerk: Clerk): Promise<void> {
  await clerk.visitor.press('コードを送る');
  await enterCode(clerk, clerk.registration.mailbox);
}

async function enterCode({ visitor }: Clerk, mailbox: string): Promise<void> {
  await visitor.see('コードとお名前を入力してください');
  await visitor.type('コード', await mailedCode(portal, 'sign-in.sign-in-code', mailbox));
  await visitor.press('ログインする');
}
