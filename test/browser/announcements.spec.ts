import type { Browser } from 'playwright-core';
import type { AnnouncementPage, AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import { correct, picked, publish } from '../factories/announcements.js';
import { newRegistration } from '../factories/change-requests.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { bringSession, type Clerk, clerkAt, newClerk } from '../setup/clerk.js';
import type { TestPortal } from '../setup/test-portal.js';
import { keyboard, mouse, Visitor } from '../setup/visitor.js';

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

/** Announcements for this clerk's municipality alone. */
const publishFor = async (
  { registration }: Clerk,
  ...all: Record<string, unknown>[]
): Promise<AnnouncementResponse[]> => {
  const made: AnnouncementResponse[] = [];
  for (const fields of all) {
    made.push(await publish(editor, { audience: picked(registration.code), ...fields }));
  }
  return made;
};

it.each([
  ['mouse', mouse],
  ['keyboard alone', keyboard],
] as const)(
  'what is new stands on ホーム and is acknowledged in one click, with the %s',
  async (_, hands) => {
    const clerk = await clerkAt(browser, portal, '/v', hands);
    const { page, visitor } = clerk;
    await publishFor(
      clerk,
      { title: '防災協定の手引き', pinned: true },
      { title: '全国連携展示の募集' },
      { title: '講演会の参加申込み' },
    );
    await page.goto('/');
    const news = page.getByRole('region', { name: 'お知らせ' });
    await news.getByRole('listitem').nth(2).waitFor();
    expect(await news.getByRole('link').allInnerTexts()).toEqual([
      '防災協定の手引き',
      '講演会の参加申込み',
      '全国連携展示の募集',
      'すべてのお知らせを見る',
    ]);
    await page.getByRole('link', { name: 'お知らせ（未読3件）' }).waitFor();

    await visitor.press(/^確認しました\s*（講演会の参加申込み）/);
    const item = news.getByRole('listitem').filter({ hasText: '講演会の参加申込み' });
    await item.getByText('確認済み', { exact: true }).waitFor();
    expect(await item.getByText('未読').count()).toBe(0);
    expect(await page.locator(':focus').innerText()).toBe('講演会の参加申込み');
    await page
      .getByRole('status')
      .filter({ hasText: '「講演会の参加申込み」を確認済みにしました。' })
      .waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'お知らせ（未読2件）' }).waitFor();

    const { body } = await clerk.api.get<AnnouncementPage>('/announcements?acknowledged=true');
    expect(body.items.map(({ title }) => title)).toEqual(['講演会の参加申込み']);
  },
);

it('opening one marks it as read, and whoever comes next sees who confirmed it', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor, registration } = clerk;
  const [first] = await publishFor(clerk, { title: '講演会の参加申込み' }, { title: '全国連携展示の募集' });
  await page.goto('/announcements');
  await visitor.see('お知らせ');
  await page.getByText('2件', { exact: true }).waitFor();
  const item = page.locator('main').getByRole('listitem').filter({ hasText: '講演会の参加申込み' });
  await item.getByText('未読').waitFor();
  await visitor.press('講演会の参加申込み', 'link');
  await visitor.see('講演会の参加申込み');
  expect(await page.locator(':focus').innerText()).toBe('講演会の参加申込み');
  await page.getByRole('link', { name: 'お知らせ（未読1件）' }).waitFor();
  await page.getByText('どなたかお一人が押せば、貴自治体として確認済みになります。').waitFor();
  await visitor.press('確認しました');
  await page.getByText('小野寺 真理さんが確認しました。').waitFor();
  expect(await page.locator(':focus').innerText()).toBe('確認済みです');
  await visitor.press('お知らせの一覧へ', 'link');
  await item.getByText('確認済み').waitFor();
  expect(await item.getByText('未読').count()).toBe(0);

  const colleague = await signInMember(portal, registration, '檜垣 史織');
  const other = await openPage(browser, portal);
  await bringSession(other.context, portal, colleague.cookie);
  await other.page.goto(`/announcements/${first?.id}`);
  await other.page.getByText('小野寺 真理さんが確認しました。').waitFor();
  expect(await other.page.getByRole('button', { name: '確認しました' }).count()).toBe(0);
});

it('is found by a word of two characters, and the search stands in the address', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor } = clerk;
  await publishFor(
    clerk,
    { title: '講演会の参加申込み' },
    { title: '協定のお知らせ', body: '## 内容\n\n防災に関する協定を結びました。' },
  );
  await page.goto('/announcements');
  await visitor.see('お知らせ');
  await page.getByText('2件', { exact: true }).waitFor();
  await page.getByRole('searchbox', { name: '言葉' }).fill('防災');
  await visitor.press('さがす');
  await page.getByText('1件', { exact: true }).waitFor();
  expect(await page.getByRole('heading', { level: 2, name: /協定|講演/ }).allInnerTexts()).toEqual([
    '協定のお知らせ',
  ]);
  expect(new URL(page.url()).searchParams.get('q')).toBe('防災');

  await visitor.press('協定のお知らせ', 'link');
  await visitor.see('協定のお知らせ');
  await page.getByRole('link', { name: 'お知らせ（未読1件）' }).waitFor();
  await page.goBack();
  await page.getByText('1件', { exact: true }).waitFor();
  await page.getByLabel('表示').selectOption('未読だけ');
  await visitor.press('さがす');
  await page.getByText('当てはまるお知らせはありません。').first().waitFor();
  await visitor.press('すべてのお知らせを見る', 'link');
  await page.getByText('2件', { exact: true }).waitFor();
  expect(await page.getByRole('searchbox', { name: '言葉' }).inputValue()).toBe('');

  await page.goto('/announcements?show=unread');
  await page.getByText('1件', { exact: true }).waitFor();
  await page.getByRole('link', { name: '講演会の参加申込み' }).waitFor();
});

it('the way of being told is chosen for the municipality, and overwrites nobody unasked', async () => {
  const clerk = await clerkAt(browser, portal, '/announcements');
  const { page, visitor, registration, api } = clerk;
  await visitor.see('お知らせ');
  await page.getByText('いま掲載しているお知らせはありません。').waitFor();
  await page.getByText('はじめからの設定です。').waitFor();
  await visitor.press('1日1回まとめて（毎日8時ごろ）', 'radio');
  await visitor.press('保存する');
  await page.getByText('お届けのしかたを保存しました。').first().waitFor();
  await page.getByText('小野寺 真理さんが設定しました。').waitFor();

  const path = `/registrations/${registration.id}/announcement-delivery`;
  await visitor.press('そのつど', 'radio');
  for (const delivery of ['at-once', 'digest']) {
    const { status } = await api.put(path, {
      ifMatch: delivery === 'at-once' ? 2 : 3,
      body: { delivery },
    });
    expect(status).toBe(200);
  }
  await visitor.press('保存する');
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('radio', { name: 'そのつど' }).isChecked()).toBe(true);
  await visitor.press('保存する');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.locator('.notice').getByText('お届けのしかたを保存しました。').waitFor();
  const { body } = await api.get<{ delivery: string; version: number }>(path);
  expect(body).toMatchObject({ delivery: 'at-once', version: 5 });
});

it('a correction is shown near the top, and asks once more', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor } = clerk;
  const [announcement] = (await publishFor(clerk, { title: '開始時刻のお知らせ' })) as [AnnouncementResponse];
  await clerk.api.post(`/announcements/${announcement.id}/acknowledgements`, { body: { revision: 1 } });
  await correct(editor, announcement, { askAgain: true });
  await page.goto('/announcements');
  await page.getByText('もう一度ご確認ください').waitFor();
  await visitor.press('開始時刻のお知らせ', 'link');
  await visitor.see('開始時刻のお知らせ');
  await page.getByText('開始の時刻を、14時から15時に改めました。').waitFor();
  await page.getByRole('heading', { name: '訂正後の内容をもう一度ご確認ください' }).waitFor();
  await visitor.press('「確認しました」を押すところへ', 'link');
  await visitor.press('確認しました');
  await page.getByRole('heading', { name: '確認済みです' }).waitFor();
});

it('what was corrected while somebody read it is not acknowledged, but shown', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { page, visitor } = clerk;
  const [announcement] = (await publishFor(clerk, { title: '会場のお知らせ' })) as [AnnouncementResponse];
  await page.goto(`/announcements/${announcement.id}`);
  await visitor.see('会場のお知らせ');
  await correct(editor, announcement, { askAgain: true, body: '会場は、東京区政会館です。' });
  await visitor.press('確認しました');
  await page.getByText('ご覧になっているあいだに、このお知らせが訂正されました').waitFor();
  await page.getByText('会場は、東京区政会館です。').waitFor();
  expect(await page.locator(':focus').innerText()).toBe('会場のお知らせ');
  await visitor.press('確認しました');
  await page.getByRole('heading', { name: '確認済みです' }).waitFor();
});

it('is not there for another municipality', async () => {
  const clerk = await clerkAt(browser, portal, '/v');
  const { registration } = await newRegistration(portal);
  const foreign = await publish(editor, { audience: picked(registration.code) });
  await clerk.page.goto(`/announcements/${foreign.id}`);
  await clerk.visitor.see('お知らせが見つかりませんでした');
  expect(await clerk.page.getByText(foreign.title).count()).toBe(0);
});

it('an address from a mail leads through the sign-in to the announcement', async () => {
  const clerk = await newClerk(browser, portal);
  const [announcement] = await publishFor(clerk, { title: '講演会の参加申込み' });
  await clerk.page.goto(`/announcements/${announcement?.id}`);
  await clerk.visitor.see('ログイン');
  expect(new URL(clerk.page.url()).searchParams.get('from')).toBe(`/announcements/${announcement?.id}`);
});

it('whoever reads for the office has the text, and nothing to press', async () => {
  const clerk = await newClerk(browser, portal);
  await publishFor(clerk, { title: '事務局も読むお知らせ' });
  const reviewer = await signInStaff(portal, ['reviewer']);
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, reviewer.cookie);
  const visitor = new Visitor(page);
  await page.goto('/staff');
  await visitor.press('お知らせ', 'link');
  await visitor.see('お知らせ');
  expect(await page.getByText('メールでのお届け').count()).toBe(0);
  await visitor.press('事務局も読むお知らせ', 'link');
  await visitor.see('事務局も読むお知らせ');
  expect(await page.getByRole('button', { name: '確認しました' }).count()).toBe(0);
});
