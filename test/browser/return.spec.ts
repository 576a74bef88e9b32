import type { Browser } from 'playwright-core';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff } from '../factories/people.js';
import { startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { type Clerk, clerkAt } from '../setup/clerk.js';
import { mailedCode } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import { keyboard, mouse } from '../setup/visitor.js';

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

const send = async ({ api, registration }: Clerk, proposed: unknown): Promise<ChangeRequestResponse> => {
  const { status, body } = await api.post<ChangeRequestResponse>(
    `/registrations/${registration.id}/change-requests`,
    { ifMatch: 1, body: { proposed } },
  );
  expect(status).toBe(201);
  return body;
};

const giveBack = async (request: ChangeRequestResponse, reason: string): Promise<void> => {
  const reviewer = await signInStaff(portal, ['reviewer']);
  const answer = await reviewer.client.post(`/change-requests/${request.id}/return`, {
    ifMatch: request.version,
    body: { reason },
  });
  expect(answer.status).toBe(200);
};

it.each([
  ['mouse', mouse],
  ['keyboard alone', keyboard],
] as const)('what the office returns is put right and sent again, with the %s', async (_name, hands) => {
  const clerk = await clerkAt(browser, portal, '/v', hands);
  const { page, visitor, registration } = clerk;
  const request = await send(clerk, withPhone(registration.document, '0155-00-1111'));
  await giveBack(request, '代表電話の番号が違うようです。お確かめください。');

  await page.goto('/');
  await visitor.press(`変更届 ${request.number} を直して、もう一度届け出る`, 'link');
  await visitor.see('直していただきたいところがあります');
  await page.getByText('代表電話の番号が違うようです。').waitFor();
  await visitor.press('直して、もう一度届け出る', 'link');
  await visitor.see(`変更届 ${request.number} を直す`);
  expect(await visitor.field(/^代表電話/).inputValue()).toBe('0155-00-1111');
  await visitor.type(/^代表電話/, '0155-00-2222');
  await visitor.press('変更の内容を確かめる');
  await visitor.see(/変更は1か所です。/);
  await visitor.press('この内容で届け出る');
  await visitor.see('届出を受け付けました');

  const { body } = await clerk.api.get<ChangeRequestResponse>(`/change-requests/${request.id}`);
  expect([body.status, body.proposed.mainPhone]).toEqual(['under_review', '0155-00-2222']);
});

it('a new mailbox is proved on the page of the change request, or by whoever reads it without signing in', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor, registration } = clerk;
  const [first, second] = ['chosei@new.example', 'hisho@new.example'];
  const { document } = registration;
  const request = await send(clerk, {
    ...withMailbox(document, first),
    contacts: document.contacts.map((person, index) => (index === 0 ? { ...person, email: second } : person)),
  });
  const kind = 'change-request.verify-address';

  await page.goto(`/change-requests/${request.id}`);
  await visitor.see('新しいアドレスのコードを入力してください');
  await visitor.type(`${first} に届いたコード`, '0000 0000');
  await page.getByRole('button', { name: 'アドレスを確認する' }).first().click();
  await page.getByText('コードが違うか、期限が過ぎています。').first().waitFor();
  const code = await mailedCode(portal, kind, first);
  // As one pastes it from a mail that a gateway has made full-width.
  await visitor.type(
    `${first} に届いたコード`,
    ` ${code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))} `,
  );
  await page.getByRole('button', { name: 'アドレスを確認する' }).first().click();
  await page.getByText('確認済み').waitFor();

  const other = request.verifications.find(({ email }) => email === second);
  await page.goto('/v');
  await visitor.see('メールアドレスの確認');
  await visitor.type('番号', other?.number ?? '');
  await visitor.type('コード', await mailedCode(portal, kind, second));
  await visitor.press('アドレスを確認する');
  await visitor.see('アドレスを確認しました');
  await page.getByText(request.number).waitFor();
});

it('what was taken back can be sent again as it was', async () => {
  const { page, visitor } = await clerkAt(browser, portal, '/registration/edit');
  const numbers: string[] = [];
  for (let time = 1; time <= 2; time += 1) {
    await visitor.see('登録を修正する');
    await visitor.type(/^代表電話/, '0155-00-4444');
    await visitor.press('変更の内容を確かめる');
    await visitor.see(/変更は1か所です。/);
    await visitor.press('この内容で届け出る');
    await visitor.see('届出を受け付けました');
    numbers.push((await page.locator('.eyebrow').innerText()).replace('変更届 ', ''));
    await visitor.press('この変更届を取り下げる');
    await visitor.press('取り下げる');
    await visitor.see('この変更届は取り下げられました');
    await visitor.press('登録情報', 'link');
    await visitor.press('修正する', 'link');
  }
  expect(new Set(numbers).size).toBe(2);
});

it('somebody taken off can be put back after the look before sending', async () => {
  const { page, visitor } = await clerkAt(browser, portal, '/registration/edit');
  await visitor.see('登録を修正する');
  await page
    .getByRole('button', { name: /^登録から外す/ })
    .last()
    .click();
  expect(await page.locator(':focus').innerText()).toContain('髙﨑 由美を登録から外します。');
  await visitor.press('変更の内容を確かめる');
  await visitor.see(/変更は1か所です。/);
  await visitor.press(/^直す/, 'link');
  await visitor.see('登録を修正する');
  await visitor.press('元に戻す');
  await page.getByRole('region', { name: '登録から外すもの' }).waitFor({ state: 'detached' });
  await visitor.press('変更の内容を確かめる');
  await page.getByText('いまの登録から変わったところがありません。').waitFor();
});
