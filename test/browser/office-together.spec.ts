import type { Browser, Page } from 'playwright-core';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { RegistrationResponse } from '../../src/registry/registration.dto.js';
import type { SettingsResponse } from '../../src/settings/settings.dto.js';
import { mailsTo, newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { createStaff, type SignedIn, signInStaff } from '../factories/people.js';
import { moveRegistration } from '../factories/registrations.js';
import { openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { Client } from '../setup/client.js';
import { bringSession } from '../setup/clerk.js';
import { mailedCode } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import { Visitor } from '../setup/visitor.js';

/** Two of the office at the same thing: nobody's work is lost, and nobody overwrites what they haven't seen. */
let portal: TestPortal;
let browser: Browser;
let reviewer: SignedIn;
let colleague: SignedIn;
let admin: SignedIn;

beforeAll(async () => {
  portal = await startPortalForBrowsers();
  browser = await startBrowser();
  reviewer = await signInStaff(portal, ['reviewer']);
  colleague = await signInStaff(portal, ['reviewer', 'admin'], '藤澤 理久');
  admin = await signInStaff(portal, ['admin'], '桐生 澄香');
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

async function at(who: SignedIn, address: string): Promise<{ page: Page; visitor: Visitor }> {
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, who.cookie);
  await page.goto(address);
  return { page, visitor: new Visitor(page) };
}

const CHANGED = '入力のあいだに、ほかの職員が内容を変えました';

describe('the settings', () => {
  const read = async (): Promise<SettingsResponse> =>
    (await colleague.client.get<SettingsResponse>('/settings')).body;
  const saveElsewhere = async (reviewBusinessDays: number): Promise<void> => {
    const { version, changedAt: _at, changedByName: _by, ...settings } = await read();
    const { status } = await colleague.client.put('/settings', {
      ifMatch: version,
      body: { ...settings, reviewBusinessDays },
    });
    expect(status).toBe(200);
  };

  it('ask whose holds, and save what was typed once that is said', async () => {
    const { page, visitor } = await at(admin, '/staff/settings');
    await visitor.type(/^内容確認の目安/, '7');
    await saveElsewhere(9);
    await visitor.press('保存する');
    const asked = page.getByRole('alert').filter({ hasText: CHANGED });
    await asked.getByText('9', { exact: true }).waitFor();
    expect((await read()).reviewBusinessDays).toBe(9);
    await visitor.press('保存する');
    expect((await read()).reviewBusinessDays).toBe(9);
    await visitor.press('この内容で保存する');
    await page.getByText('保存しました。', { exact: true }).waitFor();
    expect((await read()).reviewBusinessDays).toBe(7);
    expect(await asked.count()).toBe(0);
  });

  it('take the newer ones in place of what was typed, and without a question where nothing was', async () => {
    const { page, visitor } = await at(admin, '/staff/settings');
    const days = visitor.field(/^内容確認の目安/);
    await visitor.type(/^内容確認の目安/, '8');
    await saveElsewhere(10);
    await visitor.press('保存する');
    await visitor.press('新しい内容を読み込む');
    expect(await days.inputValue()).toBe('10');
    await saveElsewhere(11);
    await visitor.press('保存する');
    await page.getByText('表示したあとに内容が変わりました。').waitFor();
    expect([await days.inputValue(), await page.getByText(CHANGED).count()]).toEqual(['11', 0]);
  });
});

it('an account keeps what a colleague saved, although the form was opened before', async () => {
  const person = await createStaff(portal, ['editor'], '大槻 千尋');
  const path = `/users/${person.accountId}`;
  const { visitor } = await at(admin, `/staff/users/${person.accountId}`);
  await visitor.see('大槻 千尋 さん');
  await visitor.type(/^氏名/, '大槻 千裕');
  const { body } = await colleague.client.get<{ version: number }>(path);
  await colleague.client.patch(path, { ifMatch: body.version, body: { name: '大槻 ちひろ' } });
  await visitor.press('変更する');
  await visitor.press('新しい内容を読み込む');
  expect(await visitor.field(/^氏名/).inputValue()).toBe('大槻 ちひろ');
  await visitor.see('大槻 ちひろ さん');
});

describe('what the office types for a municipality', () => {
  it('outlives a reload, is its writer’s alone, and is put on top of what has changed', async () => {
    const { registration } = await newRegistration(portal);
    const { page, visitor } = await at(reviewer, `/staff/registrations/${registration.id}/edit`);
    await visitor.see('自治体に代わって変更を届け出る');
    await visitor.type(/^代表電話/, '0155-00-1111');
    await page.reload();
    await page.getByText('入力の続きを開きました。').waitFor();
    expect(await visitor.field(/^代表電話/).inputValue()).toBe('0155-00-1111');

    await bringSession(page.context(), portal, colleague.cookie);
    await page.reload();
    await visitor.see('自治体に代わって変更を届け出る');
    expect(await visitor.field(/^代表電話/).inputValue()).toBe('0155-00-2110');
    expect(await page.getByText('入力の続きを開きました。').count()).toBe(0);

    await bringSession(page.context(), portal, reviewer.cookie);
    await page.reload();
    await visitor.press('変更の内容を確かめる');
    await visitor.see(/変更は1か所です。/);
    await moveRegistration(portal, registration, withPhone(registration.document, '0155-00-3333'));
    await visitor.press('この内容で届け出る');
    await visitor.see('書きかけのあとに、登録が変わりました');
    await page.reload();
    await visitor.see('書きかけのあとに、登録が変わりました');
    await visitor.press(/書きかけの内容にする/, 'radio');
    await visitor.press('この内容で修正を続ける');
    await visitor.press('変更の内容を確かめる');
    await visitor.see(/変更は1か所です。/);
    await visitor.press('この内容で届け出る');
    await page.getByText('あなたが出した変更届です。').waitFor();
  });
});

describe('a registration that moves while its conflicts are chosen', () => {
  it('moves once more: what was chosen stays, and the newest is shown', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const { document } = registration;
    const { body: sent } = await submit(clerk, registration, withPhone(document, '0155-00-1111'));
    const first = withPhone(document, '0155-00-3333');
    await moveRegistration(portal, registration, first);
    const { page, visitor } = await at(reviewer, `/staff/review/${sent.id}`);
    await visitor.press(/このまま残す/, 'radio');
    await visitor.type(/^いまの登録を残す理由/, '公式サイトの番号です。');
    await moveRegistration(
      portal,
      { ...registration, document: first },
      withPhone(document, '0155-00-4444'),
      2,
    );
    await visitor.press('取り込む');
    await page.getByText('選んだ内容は残っています。').waitFor();
    await page.getByText('0155-00-4444').first().waitFor();
    expect(await page.getByRole('radio', { name: /このまま残す/ }).isChecked()).toBe(true);
    expect(await visitor.field(/^いまの登録を残す理由/).inputValue()).toBe('公式サイトの番号です。');
    await visitor.press(/変更届の内容にする/, 'radio');
    await visitor.press('取り込む');
    await page.getByText('続けて、反映するか差し戻すかを決めてください。').first().waitFor();
  });
});

it('a change request that waited for its code is shown anew to whoever comes back', async () => {
  const { registration, clerk } = await newRegistration(portal);
  const email = `new@t${registration.code}.example`;
  const { body: sent } = await submit(clerk, registration, withMailbox(registration.document, email));
  const { page, visitor } = await at(reviewer, `/staff/review/${sent.id}`);
  await page.getByText('で受信が確認されると、内容確認に進みます。').waitFor();
  await visitor.press('今日の仕事', 'link');
  await visitor.see('今日の仕事');
  const [asked] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ number: string }>('SELECT number FROM address_verification WHERE email = $1', [email]),
    );
  const code = await mailedCode(portal, 'change-request.verify-address', email);
  await new Client(portal).post(`/verifications/${asked?.number}`, { body: { code } });
  await page.goBack();
  await page.getByRole('button', { name: /^1件を反映する/ }).waitFor();
  const { body } = await reviewer.client.get<ChangeRequestResponse>(`/change-requests/${sent.id}`);
  expect(body.status).toBe('under_review');
});

describe('a registration confirmed on the telephone', () => {
  it('that changed meanwhile is shown anew, and then confirmed', async () => {
    const { registration } = await newRegistration(portal);
    const { page, visitor } = await at(reviewer, `/staff/registrations/${registration.id}`);
    await page.getByText('第1版', { exact: true }).waitFor();
    await moveRegistration(portal, registration, withPhone(registration.document, '0155-00-3333'));
    await visitor.press('電話で確認しました');
    await page.getByText('記録していません。登録が変わっていました').waitFor();
    await page.getByText('第2版', { exact: true }).waitFor();
    await visitor.press('電話で確認しました');
    await page.getByText('電話で確認した日を、すべての項目に記録しました。').waitFor();
    const { body } = await reviewer.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
    expect(body.lastConfirmedAt).not.toBeNull();
  });

  it('is confirmed once, although its answer was lost and the button pressed again', async () => {
    const { registration } = await newRegistration(portal);
    const { page, visitor } = await at(reviewer, `/staff/registrations/${registration.id}`);
    await page.route(
      '**/confirmations',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await visitor.press('電話で確認しました');
    await page.getByRole('alert').getByText('送信できませんでした。').waitFor();
    await visitor.press('電話で確認しました');
    await page.getByText('電話で確認した日を、すべての項目に記録しました。').waitFor();
    expect(await mailsTo(portal, registration.mailbox)).toEqual(['registry.confirmed']);
  });
});
