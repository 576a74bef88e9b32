import type { Browser, Page } from 'playwright-core';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { RegistrationResponse } from '../../src/registry/registration.dto.js';
import { newRegistration, withPhone } from '../factories/change-requests.js';
import { type SignedIn, signInStaff } from '../factories/people.js';
import { moveRegistration, type TestRegistration } from '../factories/registrations.js';
import { openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { bringSession } from '../setup/clerk.js';
import type { TestPortal } from '../setup/test-portal.js';
import { type Hands, keyboard, mouse, Visitor } from '../setup/visitor.js';

let portal: TestPortal;
let browser: Browser;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startPortalForBrowsers();
  browser = await startBrowser();
  reviewer = await signInStaff(portal, ['reviewer']);
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

interface Waiting {
  readonly registration: TestRegistration;
  readonly request: ChangeRequestResponse;
}

/** A change request with a new telephone number and a new title for the first person. */
async function send(): Promise<Waiting> {
  const { registration, clerk } = await newRegistration(portal);
  const document = withPhone(registration.document, '0155-00-1111');
  const proposed = {
    ...document,
    contacts: document.contacts.map((person, index) =>
      index === 0 ? { ...person, extension: '999' } : person,
    ),
  };
  const { status, body } = await clerk.client.post<ChangeRequestResponse>(
    `/registrations/${registration.id}/change-requests`,
    { ifMatch: 1, body: { proposed } },
  );
  expect(status).toBe(201);
  return { registration, request: body };
}

async function review(
  hands: (page: Page) => Hands,
  { request }: Waiting,
): Promise<{ readonly page: Page; readonly visitor: Visitor }> {
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, reviewer.cookie);
  await page.goto('/staff/review');
  const visitor = new Visitor(page, hands(page));
  await visitor.see('内容確認');
  // By the address of the list: municipalities of tests have names that hold one another.
  await hands(page).press(page.locator(`[data-request="${request.id}"]`));
  await page.getByText(request.number).first().waitFor();
  return { page, visitor };
}

const read = async (id: string): Promise<RegistrationResponse> =>
  (await reviewer.client.get<RegistrationResponse>(`/registrations/${id}`)).body;
const readRequest = async (id: string): Promise<ChangeRequestResponse> =>
  (await reviewer.client.get<ChangeRequestResponse>(`/change-requests/${id}`)).body;

describe.each([
  ['mouse', mouse],
  ['keyboard alone', keyboard],
] as const)('with the %s', (_name, hands) => {
  it('a reviewer takes over one thing, refuses another with a reason, and goes on to the next', async () => {
    const waiting = await send();
    const { page, visitor } = await review(hands, waiting);
    await visitor.press(/採用.*内線/, 'checkbox');
    await visitor.press(/^1件を反映する/);
    await page.getByRole('alert').first().waitFor();
    expect(await readRequest(waiting.request.id)).toMatchObject({ status: 'under_review' });
    await visitor.type(/^採用しない理由（.*）\s*必須/, '内線番号の桁数が違うようです。');
    await visitor.press(/^1件を反映する/);
    await page.locator('.notice.ok').waitFor();

    const { mainPhone, contacts } = await read(waiting.registration.id);
    expect([mainPhone, contacts[0]?.extension]).toEqual(['0155-00-1111', '521']);
    expect(await readRequest(waiting.request.id)).toMatchObject({
      status: 'partly_approved',
      refused: [{ reason: '内線番号の桁数が違うようです。' }],
    });
  });

  it('a reviewer gives one back, with a text of the office’s own', async () => {
    const waiting = await send();
    const { page, visitor } = await review(hands, waiting);
    await visitor.type(/^差し戻す理由\s*必須/, '代表電話の番号が違うようです。');
    await visitor.press(/^差し戻す/);
    await page.locator('.notice.ok').waitFor();
    expect(await readRequest(waiting.request.id)).toMatchObject({
      status: 'returned',
      decisionReason: '代表電話の番号が違うようです。',
    });
  });

  it('a registration that moved is shown three ways; what holds is chosen, then decided', async () => {
    const waiting = await send();
    const { id, document } = waiting.registration;
    await moveRegistration(portal, waiting.registration, withPhone(document, '0155-00-3333'));
    const { page, visitor } = await review(hands, waiting);
    await page.getByText('重なった項目（1件）').waitFor();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await visitor.press('取り込む');
    await page.getByRole('alert').getByText('どちらにするかを選んでください').waitFor();
    await visitor.press(/変更届の内容にする/, 'radio');
    await visitor.press('取り込む');
    await page.getByText('続けて、反映するか差し戻すかを決めてください。').first().waitFor();
    await visitor.press(/^2件を反映する/);
    await page
      .getByText(/反映しました/)
      .first()
      .waitFor();
    const now = await read(id);
    expect([now.mainPhone, now.contacts[0]?.extension, now.version]).toEqual(['0155-00-1111', '999', 3]);
  });
});

describe('the keys of the review', () => {
  it('move and mark, decide nothing, and can be switched off', async () => {
    const waiting = await send();
    const { page } = await review(mouse, waiting);
    const phone = page.getByRole('checkbox', { name: /代表電話/ });
    await phone.focus();
    await page.keyboard.press('x');
    expect(await phone.isChecked()).toBe(false);
    await page.keyboard.press('x');
    await page.keyboard.press('a');
    expect(await page.locator(':focus').innerText()).toContain('2件を反映する');
    await phone.focus();
    await page.keyboard.press('r');
    expect(await page.locator(':focus').innerText()).toBe('差し戻す');
    const reason = page.getByRole('textbox', { name: /^差し戻す理由/ });
    await reason.focus();
    await page.keyboard.type('axjkr');
    expect(await reason.inputValue()).toBe('axjkr');
    await page.getByRole('button', { name: 'キー操作を使わない' }).click();
    await phone.focus();
    await page.keyboard.press('x');
    expect(await phone.isChecked()).toBe(true);
    expect(await readRequest(waiting.request.id)).toMatchObject({ status: 'under_review' });
  });
});

it('what somebody else decided meanwhile is said, and nothing is decided twice', async () => {
  const waiting = await send();
  const { page, visitor } = await review(mouse, waiting);
  const other = await signInStaff(portal, ['reviewer'], '藤澤 理久');
  const { id, version } = waiting.request;
  await other.client.post(`/change-requests/${id}/return`, {
    ifMatch: version,
    body: { reason: 'お電話で確かめました。' },
  });
  await visitor.press(/^2件を反映する/);
  await page.getByText('この変更届は、内容確認が終わったか、取り下げられています。').first().waitFor();
  expect(await readRequest(id)).toMatchObject({ status: 'returned' });
});
