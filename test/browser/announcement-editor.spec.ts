import type { Browser, Page } from 'playwright-core';
import type { AnnouncementPage, AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import type { AnnouncementSettingsResponse } from '../../src/announcements/announcement-settings.dto.js';
import type { ReachPage } from '../../src/announcements/reach.dto.js';
import { draft, publish } from '../factories/announcements.js';
import { letMinutesPass, runJobs } from '../factories/clock.js';
import { type SignedIn, signInMember, signInStaff } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { complaintsOf, openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { bringSession } from '../setup/clerk.js';
import { queuedMails } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import { keyboard, mouse, Visitor } from '../setup/visitor.js';

/** What an editor does with announcements, from the first word to the last reminder. */
let portal: TestPortal;
let browser: Browser;
let editor: SignedIn;
let colleague: SignedIn;
let otofuke: TestRegistration;

beforeAll(async () => {
  portal = await startPortalForBrowsers();
  browser = await startBrowser();
  editor = await signInStaff(portal, ['editor'], '堀越 直央');
  colleague = await signInStaff(portal, ['editor'], '藤澤 理久');
  otofuke = await createRegistration(portal, CODES.otofuke);
  await createRegistration(portal, CODES.totsukawa);
  await createRegistration(portal, CODES.takasaki);
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

async function at(
  address: string,
  { who = editor, hands = mouse }: { who?: SignedIn; hands?: typeof keyboard } = {},
): Promise<{ page: Page; visitor: Visitor }> {
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, who.cookie);
  await page.goto(address);
  return { page, visitor: new Visitor(page, hands(page)) };
}

const read = async (id: string): Promise<AnnouncementResponse> =>
  (await colleague.client.get<AnnouncementResponse>(`/announcements/${id}`)).body;
const called = async (title: string): Promise<AnnouncementResponse> => {
  const { body } = await colleague.client.get<AnnouncementPage>(
    `/announcements?q=${encodeURIComponent(title)}`,
  );
  return read(body.items[0]?.id ?? '');
};
const addressOf = ({ id }: { id: string }, rest = ''): string => `/staff/announcements/${id}${rest}`;

describe('an announcement', () => {
  it('is written, counted, looked at, published, watched and followed up', async () => {
    const title = '全国連携講演会のご案内';
    const { page, visitor } = await at('/staff/announcements');
    await visitor.press('新しいお知らせを書く', 'link');
    await visitor.see('新しいお知らせ');
    await visitor.press('下書きを保存する');
    await page.getByRole('alert').getByText('表題を入力してください。').waitFor();
    await visitor.type(/^表題/, title);
    await page.getByLabel(/^分類/).selectOption({ label: '講演会' });
    await visitor.type(/^要約/, '8月28日に講演会を開きます。');
    await visitor.type(/^本文/, '## 日時\n\n**8月28日**<script>alert(1)</script>');
    const preview = page.getByRole('region', { name: '本文の見え方' });
    await preview.getByRole('heading', { name: '日時' }).waitFor();
    expect(await preview.locator('strong').innerText()).toBe('8月28日');
    expect(await preview.innerText()).toContain('<script>alert(1)</script>');
    expect(await preview.locator('script').count()).toBe(0);

    await page.getByText('まだ選んでいません。').waitFor();
    await visitor.press('すべての登録自治体', 'radio');
    await page.getByText(/いま当てはまるのは、3自治体/).waitFor();
    await visitor.press('条件や名前で選ぶ', 'radio');
    await page.getByRole('checkbox', { name: '村', exact: true }).check();
    await page.getByText(/いま当てはまるのは、1自治体/).waitFor();
    await page.getByText('名前で選ぶ（なし）').click();
    await visitor.type('自治体をさがす', 'おとふけ');
    await visitor.press(/音更町.*を加える/);
    await page.getByText(/いま当てはまるのは、2自治体/).waitFor();
    await visitor.press('保存して、公開の確認へ進む');

    await visitor.see(title);
    await page.getByText(/いま当てはまるのは、2自治体/).waitFor();
    expect(await page.locator('pre').innerText()).toContain('8月28日に講演会を開きます。');
    await visitor.press('いま公開する');
    await page.getByText('公開しました。2自治体が対象です。').first().waitFor();

    const { id } = await called(title);
    const clerk = await signInMember(portal, otofuke);
    await clerk.client.post(`/announcements/${id}/acknowledgements`, { body: { revision: 1 } });
    await visitor.press('自治体ごとの状況と、再度のお願い', 'link');
    await visitor.see('確認の状況');
    await page.getByText(/小野寺 真理$/).waitFor();
    await page.getByLabel('確認', { exact: true }).selectOption({ label: '未確認' });
    await visitor.press('さがす');
    await page.getByText(/小野寺 真理$/).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '奈良県十津川村' }).waitFor();
    await visitor.press('未確認の自治体にもう一度お願いする');
    await visitor.press('1自治体にお願いする');
    await page
      .getByText(/1自治体に、もう一度お願いしました/)
      .first()
      .waitFor();
    await page.getByText('未確認の自治体には、すべて、もう一度お願いしてあります。').waitFor();
    const { body: reach } = await colleague.client.get<ReachPage>(`/announcements/${id}/reach`);
    expect(reach).toMatchObject({ recipients: 2, acknowledged: 1, followedUp: 1 });
    expect(complaintsOf(page)).toEqual([]);
  });

  it('is written and published by keyboard alone', async () => {
    const title = '鍵盤だけで書いたお知らせ';
    const { page, visitor } = await at('/staff/announcements/new', { hands: keyboard });
    await visitor.type(/^表題/, title);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await visitor.type(/^要約/, '要約です。');
    await visitor.type(/^本文/, '本文です。');
    await visitor.press('すべての登録自治体', 'radio');
    await visitor.press('保存して、公開の確認へ進む');
    await visitor.see(title);
    await visitor.press('いま公開する');
    await page.getByText('公開しました。').first().waitFor();
    expect((await called(title)).state).toBe('published');
  });

  it('may not lead to where no link may lead, and says so in Japanese at the field', async () => {
    const { id } = await draft(editor, { title: '危ないリンク' });
    const { page, visitor } = await at(addressOf({ id }, '/edit'));
    await visitor.type(/^本文/, '[ここ](javascript:alert(1))');
    await visitor.press('下書きを保存する');
    await page.locator('#body-error').getByText('リンク先は、https://').waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
    await visitor.press(/リンク先は/, 'link');
    expect(await page.evaluate('document.activeElement.id')).toBe('body');
    expect((await read(id)).body).not.toContain('javascript');
  });

  it('is shown as it was typed, with the reason, where drawing it would hold up the page', async () => {
    const { id } = await draft(editor, { title: '引用だけの本文' });
    const { page, visitor } = await at(addressOf({ id }, '/edit'));
    await visitor.field(/^本文/).fill('>'.repeat(20_000));
    const preview = page.getByRole('region', { name: '本文の見え方' });
    await preview.getByText('引用（>）や箇条書きの重なりが深すぎます。6段までにしてください。').waitFor();
    await visitor.press('下書きを保存する');
    await page.locator('#body-error').getByText('6段までにしてください。').waitFor();
    expect((await read(id)).body).not.toContain('>>');
  });

  it('of a scheduled time is taken back, put off and thrown away', async () => {
    const announcement = await draft(editor, { title: '来年のお知らせ' });
    const { page, visitor } = await at(addressOf(announcement));
    await visitor.press('日時を指定する', 'radio');
    await visitor.press('この日時に公開する');
    await page.getByRole('alert').getByText('公開する日を入力してください。').waitFor();
    await page.getByLabel('公開する日').fill('2031-04-01');
    await visitor.press('この日時に公開する');
    await page.getByText('公開の日時を決めました。').first().waitFor();
    expect(await read(announcement.id)).toMatchObject({
      state: 'scheduled',
      publishAt: '2031-04-01T00:00:00.000Z',
    });
    await page.getByText('2031年4月1日（火）9時00分').first().waitFor();
    await page.getByLabel('公開する日').fill('2020-04-01');
    await visitor.press('この日時に公開する');
    await page.locator('#publish-date-error').getByText('いまよりあと').waitFor();
    await visitor.press('公開の予定を取り消す');
    await page.getByText('公開の予定を取り消しました。').first().waitFor();
    expect((await read(announcement.id)).state).toBe('draft');
    await visitor.press('このお知らせを消す');
    await visitor.press('消す');
    await visitor.see('お知らせの編集');
    expect((await colleague.client.get(addressOf(announcement).replace('/staff', ''))).status).toBe(404);
  });

  it('ends on the day that was chosen, in Tokyo, and stands first, without a correction', async () => {
    const announcement = await publish(editor, { title: '年度末まで載るお知らせ' });
    const { page, visitor } = await at(addressOf(announcement));
    await page.getByLabel(/^掲載の終わり/).fill('2031-03-31');
    await visitor.press(/一覧の先頭に固定/, 'checkbox');
    await visitor.press('掲載のしかたを保存する');
    await page.getByText('掲載のしかたを変えました。').first().waitFor();
    expect(await read(announcement.id)).toMatchObject({
      expiresAt: '2031-03-31T15:00:00.000Z',
      pinned: true,
      revision: 1,
    });
    await page.getByText('2031年3月31日（月）').first().waitFor();
    await visitor.press('掲載を終える');
    await visitor.press('終える');
    await page.getByText('掲載を終えました。').first().waitFor();
    expect((await read(announcement.id)).state).toBe('archived');
  });

  it('is corrected with a note, and its history says what changed', async () => {
    const announcement = await publish(editor, { title: '時刻の違うお知らせ' });
    const { page, visitor } = await at(addressOf(announcement));
    await visitor.press('訂正する', 'link');
    await visitor.see('お知らせを訂正する');
    await visitor.type(/^本文/, announcement.body.replace('14時', '15時'));
    await visitor.press('訂正の確認へ進む');
    await page.locator('#note-error').waitFor();
    await visitor.type(/^訂正の内容/, '開始の時刻を改めました。');
    await visitor.press(/確認をもう一度お願いする/, 'checkbox');
    await visitor.press('訂正の確認へ進む');
    await visitor.see('訂正の確認');
    expect((await read(announcement.id)).revision).toBe(1);
    await visitor.press('この内容で訂正する');
    await visitor.see('これまでの版');
    await page.getByText('訂正のお知らせのメールを、対象の自治体に送っています。').waitFor();
    await page.getByText('訂正の内容　開始の時刻を改めました。').waitFor();
    expect([await page.locator('del').innerText(), await page.locator('ins').innerText()]).toEqual([
      '4',
      '5',
    ]);
    const told = (await queuedMails(portal)).filter(({ kind }) => kind === 'announcement.corrected');
    expect(told.map(({ recipient }) => recipient)).toContain(otofuke.mailbox);
  });

  it('that ended before it could go out waits among the tasks, and leads to where it is mended', async () => {
    const title = '間に合わなかったお知らせ';
    const soon = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
    const { id, version } = await draft(editor, { title, expiresAt: soon(120) });
    await colleague.client.post(`/announcements/${id}/schedule`, {
      ifMatch: version,
      body: { publishAt: soon(60) },
    });
    await letMinutesPass(portal, id, 24 * 60);
    await runJobs(portal);
    const { page, visitor } = await at('/staff');
    await page.getByRole('heading', { name: /^公開できなかったお知らせの確認/ }).waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: '担当は決まっていません' })
      .getByRole('link', { name: title })
      .click();
    await visitor.see(title);
    await page.getByText('掲載の終わりの日が過ぎているので、公開できません。').waitFor();
    await page.getByRole('link', { name: '書き直す' }).last().click();
    await page.getByLabel(/^掲載の終わり/).fill('');
    await visitor.press('保存して、公開の確認へ進む');
    await visitor.press('いま公開する');
    await page.getByText('公開しました。').first().waitFor();
  });
});

describe('what is typed', () => {
  it('outlives a reload, is its writer’s alone, and goes once it is saved', async () => {
    const { page, visitor } = await at('/staff/announcements/new');
    await visitor.type(/^表題/, '書きかけのお知らせ');
    await page.reload();
    await page.getByText('入力の続きを開きました。').waitFor();
    expect(await visitor.field(/^表題/).inputValue()).toBe('書きかけのお知らせ');
    await bringSession(page.context(), portal, colleague.cookie);
    await page.reload();
    await visitor.see('新しいお知らせ');
    expect(await visitor.field(/^表題/).inputValue()).toBe('');
    await bringSession(page.context(), portal, editor.cookie);
    await page.reload();
    await page.getByText('入力の続きを開きました。').waitFor();
    await page.getByLabel(/^分類/).selectOption({ label: '講演会' });
    await visitor.press('下書きを保存する');
    await visitor.see('お知らせの下書き');
    await page.goto('/staff/announcements/new');
    await visitor.see('新しいお知らせ');
    expect(await visitor.field(/^表題/).inputValue()).toBe('');
  });
});

describe('categories', () => {
  const settings = async (): Promise<AnnouncementSettingsResponse> =>
    (await colleague.client.get<AnnouncementSettingsResponse>('/announcement-settings')).body;
  const names = async (): Promise<string[]> => (await settings()).categories.map(({ name }) => name);

  it('are added, renamed, put in order and retired', async () => {
    const before = await names();
    const { page, visitor } = await at('/staff/announcements/settings');
    await visitor.see('お知らせの設定');
    await visitor.press('分類を加える');
    await visitor.press('保存する');
    await page.getByRole('alert').getByText('分類の名前を入力してください。').waitFor();
    await visitor.type(`分類${before.length + 1}`, '交流');
    await visitor.press(/上へ.*（交流）/);
    await visitor.type('分類1', 'おしらせ');
    await visitor.press(new RegExp(`今後は使わない.*（${before[1]}）`));
    await page.getByLabel(/送る時刻/).selectOption('7');
    await visitor.press('保存する');
    await page.getByText('保存しました。', { exact: true }).waitFor();
    const [, , ...middle] = before.slice(0, -1);
    expect(await names()).toEqual(['おしらせ', ...middle, '交流', before.at(-1)]);
    expect((await settings()).digestHour).toBe(7);
  });
});
