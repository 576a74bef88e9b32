import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { addFile, PDF } from '../factories/announcement-files.js';
import { picked, publish } from '../factories/announcements.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { type Clerk, clerkAt } from '../setup/clerk.js';
import { mailedCode } from '../setup/outbox.js';
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

const BUTTON = /^ダウンロード\s*（開催要項/;

/** A clerk before an announcement with a file. */
async function readerOfFile(): Promise<Clerk> {
  const clerk = await clerkAt(browser, portal, '/v');
  const { id } = await publish(editor, {
    title: '要項のお知らせ',
    audience: picked(clerk.registration.code),
  });
  await addFile(portal, id, PDF);
  await clerk.page.goto(`/announcements/${id}`);
  await clerk.visitor.see('要項のお知らせ');
  await clerk.page.getByText('PDF・176KB').waitFor();
  return clerk;
}

type Reply = 'file' | 'nothing' | 'session-ended' | 'not-found';

/** What comes down the line, one reply for each time it is asked for. @returns the tokens that were shown */
async function replyWith(page: Page, ...replies: Reply[]): Promise<(string | undefined)[]> {
  const shown: (string | undefined)[] = [];
  await page.route('**/attachments/*', async (route) => {
    shown.push(route.request().headers()['authorization']);
    const reply = replies.shift() ?? 'nothing';
    if (reply === 'nothing') return route.abort();
    if (reply === 'file') return route.fulfill({ contentType: PDF.mediaType, body: PDF.content });
    return route.fulfill({
      status: reply === 'not-found' ? 404 : 401,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: reply, title: '見つかりませんでした。' }),
    });
  });
  return shown;
}

it('a file is saved under its name, with the token of the session', async () => {
  const { page, visitor } = await readerOfFile();
  const shown = await replyWith(page, 'file');
  const coming = page.waitForEvent('download');
  await visitor.press(BUTTON);
  const file = await coming;
  expect(file.suggestedFilename()).toBe(PDF.name);
  expect(await readFile(await file.path(), 'utf8')).toBe(PDF.content);
  expect(shown).toEqual([expect.stringMatching(/^Bearer \S+\.\S+\.\S+$/)]);
  await page
    .getByRole('status')
    .filter({ hasText: `${PDF.name} をダウンロードしました。` })
    .waitFor({ state: 'attached' });
});

it('a line that breaks is told beside the button, which tries again', async () => {
  const { page, visitor } = await readerOfFile();
  await replyWith(page, 'nothing', 'file');
  await visitor.press(BUTTON);
  await page.getByRole('alert').getByText('ダウンロードできませんでした。').waitFor();
  const coming = page.waitForEvent('download');
  await visitor.press(BUTTON);
  await coming;
  expect(await page.getByRole('alert').count()).toBe(0);
});

it('a file that a correction took away is said to be gone', async () => {
  const { page, visitor } = await readerOfFile();
  const shown = await replyWith(page, 'not-found');
  await visitor.press(BUTTON);
  await page.getByText('このファイルは、いまは掲載されていません。').waitFor();
  expect(shown).toHaveLength(1);
});

it('a session that lapsed asks to sign in, and then the file comes', async () => {
  const { page, visitor, registration } = await readerOfFile();
  await withConnection(portal.database.adminUrl, (admin) =>
    admin.query('UPDATE session SET revoked_at = now() WHERE registration_id = $1', [registration.id]),
  );
  await replyWith(page, 'session-ended', 'file');
  await visitor.press(BUTTON);
  await visitor.see('もう一度ログインしてください');
  await visitor.press('コードを送る');
  await visitor.see('コードとお名前を入力してください');
  await visitor.type('コード', await mailedCode(portal, 'sign-in.sign-in-code', registration.mailbox));
  const coming = page.waitForEvent('download');
  await visitor.press('ログインする');
  expect((await coming).suggestedFilename()).toBe(PDF.name);
});
