import type { Browser, Page } from 'playwright-core';
import { on, only, standingOf } from '../factories/campaign-walk.js';
import { campaignMails, readOff, reviewer, start, step } from '../factories/campaigns.js';
import { newRegistration, withPhone } from '../factories/change-requests.js';
import { moveRegistration, type TestRegistration } from '../factories/registrations.js';
import { openPage, startBrowser } from '../setup/browser.js';
import { freePort } from '../setup/child.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import { keyboard, Visitor } from '../setup/visitor.js';

/** 登録内容の確認 at /k: number and code of a mail, no sign-in, nothing shown of what is registered. */
let portal: ClockedPortal;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  portal = await startPortalWithFakedClock({ port, publicUrl: `http://127.0.0.1:${port}` });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

interface Asked {
  readonly registration: TestRegistration;
  readonly campaignId: string;
  readonly number: string;
  readonly code: string;
}

/** A municipality that was asked this morning, with what its mail shows. */
async function asked(): Promise<Asked> {
  await portal.clock.set('2027-04-02T10:00:00+09:00');
  const { registration } = await newRegistration(portal);
  const { id } = await start((await reviewer(portal)).client, {
    audience: only(registration),
    steps: [{ template: 'ask', recipients: 'primary', on: '2027-04-05' }],
  });
  const [mail] = await on(portal, '2027-04-05T09:00:10+09:00');
  const [read] = mail ? readOff(portal, mail) : [];
  if (!read) throw new Error('nobody was asked');
  return { registration, campaignId: id, ...read };
}

const standing = ({ campaignId, registration }: Asked): Promise<string> =>
  standingOf(portal, campaignId, registration);

const fullWidth = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

async function arrive(
  hands?: (page: Page) => ReturnType<typeof keyboard>,
): Promise<{ page: Page; visitor: Visitor }> {
  const { page } = await openPage(browser, portal);
  await page.goto('/k');
  const visitor = new Visitor(page, hands?.(page));
  await visitor.see('登録内容の確認');
  return { page, visitor };
}

async function answer(visitor: Visitor, number: string, code: string): Promise<void> {
  await visitor.type(/^番号/, number);
  await visitor.type(/^確認コード/, code);
  await visitor.type(/^回答される方の氏名/, '小野寺 真理');
  await visitor.press('変更はありません');
}

const focusedText = (page: Page): Promise<string> => page.locator(':focus').innerText();

it('is answered by keyboard alone, after being told what is missing and what doesn’t fit', async () => {
  const one = await asked();
  const { page, visitor } = await arrive(keyboard);
  expect(await page.locator('body').innerText()).not.toContain(one.registration.mailbox);
  expect(await standing(one)).toBe('open');
  await visitor.press('変更はありません');
  await page.getByText('入力を確認してください（3か所）').waitFor();
  expect(await focusedText(page)).toContain('メールに書かれた番号を入力してください。');
  await answer(visitor, one.number, '1234 5678 9012');
  await page.getByRole('heading', { name: '番号と確認コードが合いません' }).waitFor();
  await page.locator('.refusal:focus').waitFor();
  const bothMarked = 'input[aria-invalid="true"]';
  expect(await page.locator(bothMarked).evaluateAll((inputs) => inputs.map(({ id }) => id))).toEqual([
    'number',
    'code',
  ]);
  await visitor.press('確認コードを見直す', 'link');
  expect(await page.locator(':focus').getAttribute('id')).toBe('code');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(fullWidth(one.code).replaceAll(' ', '　'));
  await page.keyboard.press('Enter');
  await visitor.see('回答を受け付けました');
  expect(await focusedText(page)).toBe('回答を受け付けました');
  await page.getByText(/の登録は、2027年4月5日（月）9時00分に「変更なし」と確認されました。/).waitFor();
  expect(await standing(one)).toBe('answered unchanged');
});

it('tells a number that nobody has like a wrong code, and takes hyphens and full-width digits', async () => {
  const one = await asked();
  const { page, visitor } = await arrive();
  await answer(visitor, '999 999 999', one.code);
  await page.getByRole('heading', { name: '番号と確認コードが合いません' }).waitFor();
  await answer(visitor, fullWidth(one.number).replaceAll(' ', '－'), one.code.replaceAll(' ', '-'));
  await visitor.see('回答を受け付けました');
  await page.goto('/k');
  await answer(visitor, one.number, one.code);
  await visitor.see('すでに確認をいただいています');
});

it('says when to try again after too many tries, and keeps what was typed', async () => {
  const one = await asked();
  const { page, visitor } = await arrive();
  await answer(visitor, one.number, '1111 1111 1111');
  const tooMany = page.getByText(/\d+分ほどたってから、もう一度お試しください。/);
  for (let tries = 0; tries < 12 && (await tooMany.count()) === 0; tries += 1) {
    const answered = page.waitForResponse(/\/confirm\//);
    await visitor.press('変更はありません');
    await answered;
    await page.locator('.refusal h2').waitFor();
  }
  await tooMany.waitFor();
  expect(await visitor.field(/^番号/).inputValue()).toBe(one.number);
  expect(await standing(one)).toBe('open');
});

it('says that something else is registered by now, and that the question has ended', async () => {
  const one = await asked();
  await moveRegistration(portal, one.registration, withPhone(one.registration.document));
  const { page, visitor } = await arrive();
  await answer(visitor, one.number, one.code);
  await page.getByRole('heading', { name: 'メールのあとで、登録の内容が変わりました' }).waitFor();
  const renewed = (await campaignMails(portal)).findLast(({ kind }) => kind === 'campaign.renewed');
  const [anew] = renewed ? readOff(portal, renewed) : [];
  await answer(visitor, anew?.number ?? '', anew?.code ?? '');
  await visitor.see('回答を受け付けました');

  const other = await asked();
  await step((await reviewer(portal)).client, { id: other.campaignId, version: 2 }, 'close');
  const late = await arrive();
  await answer(late.visitor, other.number, other.code);
  await late.page.getByRole('heading', { name: 'この確認のお願いは終わりました' }).waitFor();
  await late.visitor.press('修正する（ログインへ進む）', 'link');
  await late.visitor.see('ログイン');
});
