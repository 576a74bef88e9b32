import type { Browser, BrowserContext, Page } from 'playwright-core';
import { on } from '../factories/campaign-walk.js';
import { readOff, reviewer } from '../factories/campaigns.js';
import { CODES, createRegistration } from '../factories/registrations.js';
import { openPage, startBrowser } from '../setup/browser.js';
import { freePort } from '../setup/child.js';
import { bringSession } from '../setup/clerk.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import type { QueuedMail } from '../setup/outbox.js';
import { Visitor } from '../setup/visitor.js';

/** A 年度確認 as the office has it on its screen, from the plan in March to the telephone in May. */
let portal: ClockedPortal;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let visitor: Visitor;
/** Of the campaign's page. */
let address: string;
let asks: QueuedMail[];

beforeAll(async () => {
  const port = await freePort();
  portal = await startPortalWithFakedClock({ port, publicUrl: `http://127.0.0.1:${port}` });
  await portal.clock.set('2027-03-01T10:00:00+09:00');
  for (const code of [CODES.otofuke, CODES.yusuhara, CODES.totsukawa]) await createRegistration(portal, code);
  browser = await startBrowser();
  ({ page, context } = await openPage(browser, portal));
  visitor = new Visitor(page);
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

/** Signs a reviewer in: no session outlives a day, and here months pass. */
async function sitDown(): Promise<void> {
  await page.goto('about:blank');
  await bringSession(context, portal, (await reviewer(portal)).cookie);
}

it('begins from what is ready, says what to mend and where, and starts', async () => {
  await sitDown();
  await page.goto('/staff/campaigns');
  await page.getByText('年度確認はまだありません。').waitFor();
  await visitor.press('年度確認を作る', 'link');
  await visitor.see('新しい年度確認');
  await page.getByLabel(/^期限/).fill('2027-04-10');
  // Nothing typed is lost by a look elsewhere.
  await page.getByRole('link', { name: '年度確認の一覧へ' }).click();
  await visitor.press('年度確認を作る', 'link');
  await page.getByText('入力の続きを開きました。').waitFor();
  expect(await page.getByLabel(/^期限/).inputValue()).toBe('2027-04-10');
  await visitor.press(/^下書きを保存/);
  await visitor.see('令和9年度 登録情報の年度確認');
  await page.getByText('始める前に直すところ（1か所）').waitFor();
  expect(await page.getByRole('button', { name: /始める$/ }).count()).toBe(0);
  await page.getByRole('link', { name: '期限は、最後にメールを送る日かそれより後にしてください。' }).click();
  await visitor.see('年度確認の下書き');
  expect(await page.locator(':focus').getAttribute('id')).toBe('deadline');
  await page.getByLabel(/^期限/).fill('2027-04-30');
  await visitor.press(/^下書きを保存/);
  await page.getByText('宛先').first().waitFor();
  expect(await page.locator('pre').first().innerText()).toContain('すべて正しいとき（ログインはいりません）');
  await visitor.press('3件の自治体で始める');
  await page.getByText(/^3件の自治体で始まりました。まだ何も送られていません。/).waitFor();
  address = page.url();
});

it('moves steps, and puts what the server refuses at its field', async () => {
  await page.goto(`${address}/edit`);
  await visitor.see('これからの段階を変える');
  await page.getByRole('button', { name: /^下へ.*（2.確認のお願い）/ }).click();
  expect(await page.locator(':focus').innerText()).toMatch(/^3\s+確認のお願い$/);
  await visitor.press('変更を保存する');
  const summary = page.getByRole('alert').filter({ hasText: '入力を確認してください' });
  await summary.waitFor();
  await summary.getByRole('link').first().click();
  const focused = page.locator(':focus');
  expect(await focused.getAttribute('aria-invalid')).toBe('true');
  expect(await focused.getAttribute('id')).toMatch(/^step-.*-template$/);
  await visitor.press('保存していない変更を取り消す');
  expect(await page.getByRole('heading', { level: 3 }).nth(1).innerText()).toMatch(/^2\s+確認のお願い$/);
});

it('asks what to do with what somebody else has saved meanwhile', async () => {
  await page.getByLabel(/^名前/).fill('令和9年度 年度確認');
  const { client } = await reviewer(portal);
  const id = address.split('/').at(-1) ?? '';
  const { body } = await client.get<{ version: number; steps: object[] } & Record<string, unknown>>(
    `/campaigns/${id}`,
  );
  const { audience, countsFrom, title, steps } = body;
  const fields = new Set(['id', 'template', 'recipients', 'on', 'afterDays', 'hour', 'opening']);
  const kept = steps.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([name]) => fields.has(name))),
  );
  const put = await client.put(`/campaigns/${id}`, {
    ifMatch: body.version,
    body: { title, audience, countsFrom, deadline: '2027-05-07', steps: kept },
  });
  expect(put.status).toBe(200);
  await visitor.press('変更を保存する');
  await page.getByRole('heading', { name: '入力のあいだに、ほかの職員が内容を変えました' }).waitFor();
  await page.getByText('2027年5月7日（金）').waitFor();
  expect(await page.getByLabel(/^名前/).inputValue()).toBe('令和9年度 年度確認');
  await visitor.press('この内容で保存する');
  await visitor.see('令和9年度 年度確認');
  await page.getByText('変更を保存しました。').first().waitFor();
});

it('shows an answer from a mail when it reads its numbers anew, and says so once', async () => {
  await on(portal, '2027-03-10T09:00:10+09:00');
  asks = await on(portal, '2027-04-05T09:00:10+09:00');
  await sitDown();
  await page.goto(address);
  await page.getByText('3件が残っています。').waitFor();
  await visitor.press('止める');
  const [mail] = asks;
  const [read] = mail ? readOff(portal, mail) : [];
  const clerk = await openPage(browser, portal);
  const at = new Visitor(clerk.page);
  await clerk.page.goto('/k');
  await at.type(/^番号/, read?.number ?? '');
  await at.type(/^確認コード/, read?.code ?? '');
  await at.type(/^回答される方の氏名/, '小野寺 真理');
  await at.press('変更はありません');
  await at.see('回答を受け付けました');
  await visitor.press('いま読み込む');
  await page
    .getByRole('status')
    .filter({ hasText: '確認済みが1件になりました。' })
    .waitFor({ state: 'attached' });
  await page.getByText('2件が残っています。').waitFor();
  expect(await page.locator('.funnel > li').nth(3).innerText()).toMatch(/確認済み\s+1\s*件　33\.3%/);
});

it('lists whom to call, takes down what was said, and prints with room to write', async () => {
  await on(portal, '2027-05-10T09:05:00+09:00');
  await sitDown();
  await page.goto(`${address}/calls`);
  await page.getByText('2件', { exact: true }).waitFor();
  const write = page.getByRole('button', { name: /^結果を書く/ });
  await write.nth(1).click();
  await page.getByText('いまの登録', { exact: true }).waitFor();
  await page.getByLabel(/^不在/).check();
  await page.getByLabel(/^次にかける日/).fill('2027-05-14');
  await page.getByLabel(/^メモ/).fill('午後に、もう一度');
  await visitor.press('結果を記録する');
  await page.getByText('記録しました。', { exact: true }).waitFor();
  await page.locator('table.calls').getByText('午後に、もう一度', { exact: true }).waitFor();
  expect(await page.locator(':focus').innerText()).toContain('結果を書く');

  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.call-print');
  expect(await sheet.isVisible()).toBe(true);
  expect(await page.locator('table.calls').isVisible()).toBe(false);
  expect(await sheet.getByRole('columnheader').allInnerTexts()).toContain('記録');
  expect((await sheet.locator('.by-hand').allInnerTexts()).map((text) => text.trim())).toEqual(['', '']);
  expect(await sheet.innerText()).toMatch(/年\d+月\d+日（.）\d+時\d+分に印刷/);
  const breaks = await page.evaluate(
    "getComputedStyle(document.querySelector('.call-print tbody tr')).breakInside",
  );
  expect(breaks).toBe('avoid');
  await page.emulateMedia({ media: 'screen' });

  await write.first().click();
  await page.getByLabel(/^すべて正しい/).check();
  await visitor.press('結果を記録する');
  await page
    .getByText(/の登録を、すべて確認済みにしました。/)
    .first()
    .waitFor();
  expect(await page.locator(':focus').innerText()).toContain('すべて確認済みにしました');
  await page.goto(address);
  await page.getByText('電話・郵送 1件').waitFor();
  await visitor.press('年度確認を終える');
  await page.getByText(/^まだ確認の済んでいない1件は、回答のないまま終わります。/).waitFor();
  await visitor.press('終える');
  await page
    .getByText(/^年度確認を終わりました。/)
    .first()
    .waitFor();
});
