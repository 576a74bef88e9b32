import type { Browser } from 'playwright-core';
import { createStaff, PASSWORD, totpOf } from '../factories/people.js';
import { buildDocument, CODES, createRegistration } from '../factories/registrations.js';
import { openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { clerkAt, newClerk, signInOnPage } from '../setup/clerk.js';
import { mailedCode } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import { Visitor } from '../setup/visitor.js';

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

const fullWidth = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

it('takes a code as it is pasted, and a mailbox of several municipalities asks which', async () => {
  const document = buildDocument('shared.example');
  await createRegistration(portal, CODES.otofuke, document);
  await createRegistration(portal, CODES.totsukawa, buildDocument('shared.example'));
  const { page } = await openPage(browser, portal);
  const visitor = new Visitor(page);
  await page.goto('/registration');
  await visitor.see('ログイン');
  await visitor.type('メールアドレス', ' kikaku@shared.example ');
  await visitor.press('コードを送る');
  await visitor.see('コードとお名前を入力してください');
  const code = await mailedCode(portal, 'sign-in.sign-in-code', 'kikaku@shared.example');
  await visitor.type('コード', `　${fullWidth(code.slice(0, 4))} ${code.slice(4)}\n`);
  await visitor.type('お名前', '檜垣 史織');
  await visitor.press('ログインする');
  await visitor.see('どの自治体としてログインしますか');
  await visitor.press('奈良県十津川村');
  // Where one had wanted to go.
  await visitor.see('登録情報');
  await page.getByText('奈良県十津川村').first().waitFor();
});

it('says how to mend what is missing or wrong, first in a summary that has the focus', async () => {
  const { page, visitor, registration } = await newClerk(browser, portal);
  await page.goto('/sign-in');
  await visitor.press('コードを送る');
  expect(await page.locator(':focus').innerText()).toContain('メールアドレスを入力してください。');
  await page.getByRole('link', { name: 'メールアドレスを入力してください。' }).click();
  expect(await page.locator(':focus').getAttribute('id')).toBe('sign-in-email');
  await visitor.type('メールアドレス', registration.mailbox);
  await visitor.press('コードを送る');
  await visitor.see('コードとお名前を入力してください');
  await visitor.type('コード', '0000 0000');
  await visitor.type('お名前', '檜垣 史織');
  await visitor.press('ログインする');
  await page.getByText('コードが違うか、期限が過ぎています。').first().waitFor();
  expect(await visitor.field('お名前').inputValue()).toBe('檜垣 史織');
});

it('lets staff in with password and app, to their own pages', async () => {
  const person = await createStaff(portal, ['reviewer']);
  const { page } = await openPage(browser, portal);
  const visitor = new Visitor(page);
  await page.goto('/staff/registrations?q=a');
  await visitor.see('事務局の方のログイン');
  await visitor.type('メールアドレス', person.email);
  await page.getByLabel('パスワード').fill(PASSWORD);
  await visitor.type('確認アプリの6桁のコード', await totpOf(portal, person));
  await visitor.press('ログインする');
  await visitor.see('登録自治体');
});

it('signs out, and the way back shows nothing any more', async () => {
  const clerk = await newClerk(browser, portal);
  await clerk.page.goto('/');
  await signInOnPage(portal, clerk);
  await clerk.visitor.see('登録の内容は、いまも正しいですか');
  await clerk.visitor.press('ログアウト');
  await clerk.visitor.see('ログイン');
  await clerk.page.goBack();
  await clerk.visitor.see('ログイン');
  expect(await clerk.page.getByText('企画課').count()).toBe(0);
});

it('ends a session from elsewhere in the list of sessions', async () => {
  const clerk = await clerkAt(browser, portal, '/account');
  const { page, visitor, registration } = clerk;
  const other = await newClerk(browser, portal);
  await other.page.goto('/');
  await signInOnPage(portal, { ...other, registration });
  await other.visitor.see('登録の内容は、いまも正しいですか');
  await page.reload();
  await visitor.see('ログインの状況');
  await page.getByRole('button', { name: /^終わらせる/ }).click();
  await page.getByRole('button', { name: /^終わらせる/ }).waitFor({ state: 'detached' });
  await other.page.reload();
  await other.visitor.see('ログイン');
});
