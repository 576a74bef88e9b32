import type { Browser } from 'playwright-core';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { withPhone } from '../factories/change-requests.js';
import { signInStaff } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { faultsAtBothWidths, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { clerkAt } from '../setup/clerk.js';
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

/** The office changes the main telephone in between, and somebody else of the office agrees. */
async function moveOn({ id, document }: TestRegistration, mainPhone: string): Promise<void> {
  const proposer = await signInStaff(portal, ['reviewer']);
  const decider = await signInStaff(portal, ['reviewer']);
  const { body } = await proposer.client.post<ChangeRequestResponse>(`/registrations/${id}/change-requests`, {
    ifMatch: 1,
    body: { proposed: withPhone(document, mainPhone) },
  });
  const decided = await decider.client.post(`/change-requests/${body.id}/approve`, {
    ifMatch: body.version,
    body: {},
  });
  expect(decided.status).toBe(200);
}

it.each([
  ['mouse', mouse],
  ['keyboard alone', keyboard],
] as const)(
  'a draft whose registration has changed asks what holds, and nothing beforehand, with the %s',
  async (_name, hands) => {
    const clerk = await clerkAt(browser, portal, '/registration/edit', hands);
    const { page, visitor, registration } = clerk;
    await visitor.see('登録を修正する');
    await visitor.type(/^代表電話/, '0155-00-1111');
    await page.getByText('書きかけの内容は保存されています').waitFor();
    await moveOn(registration, '0155-00-3333');

    await page.reload();
    await visitor.see('書きかけのあとに、登録が変わりました');
    await page.getByText('重なった項目（1件）').waitFor();
    for (const text of ['0155-00-2110', '0155-00-3333', '0155-00-1111']) {
      expect(await page.getByRole('cell').filter({ hasText: text }).count()).toBe(1);
    }
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await faultsAtBothWidths(page)).toEqual([]);
    await visitor.press('この内容で修正を続ける');
    await page.getByRole('alert').getByText('どちらにするかを選んでください').waitFor();
    await visitor.press(/書きかけの内容にする/, 'radio');
    await visitor.press('この内容で修正を続ける');
    await visitor.see('登録を修正する');
    expect(await visitor.field(/^代表電話/).inputValue()).toBe('0155-00-1111');
    await visitor.press('変更の内容を確かめる');
    await visitor.see(/変更は1か所です。/);
    await page.getByText('0155-00-3333').first().waitFor();
    await visitor.press('この内容で届け出る');
    await visitor.see('届出を受け付けました');
  },
);
