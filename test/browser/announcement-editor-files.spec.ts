import type { Browser, Page } from 'playwright-core';
import type { AnnouncementPage, AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import type { AnnouncementSettingsResponse } from '../../src/announcements/announcement-settings.dto.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { draft, publish } from '../factories/announcements.js';
import { createStaff, PASSWORD, type SignedIn, signInAs, signInStaff, totpOf } from '../factories/people.js';
import { complaintsOf, openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { bringSession } from '../setup/clerk.js';
import type { TestPortal } from '../setup/test-portal.js';
import { Visitor } from '../setup/visitor.js';

let portal: TestPortal;
let browser: Browser;
let editor: SignedIn;
let colleague: SignedIn;

beforeAll(async () => {
  portal = await startPortalForBrowsers();
  browser = await startBrowser();
  editor = await signInStaff(portal, ['editor'], '堀越 直央');
  colleague = await signInStaff(portal, ['editor'], '藤澤 理久');
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

async function at(address: string, who = editor): Promise<{ page: Page; visitor: Visitor }> {
  const { page, context } = await openPage(browser, portal);
  await bringSession(context, portal, who.cookie);
  await page.goto(address);
  return { page, visitor: new Visitor(page) };
}

const read = async (id: string): Promise<AnnouncementResponse> =>
  (await colleague.client.get<AnnouncementResponse>(`/announcements/${id}`)).body;
const editing = ({ id }: { id: string }): string => `/staff/announcements/${id}/edit`;

describe('files of an announcement', () => {
  const pdf = (name: string, bytes = 2000): { name: string; mimeType: string; buffer: Buffer } => ({
    name,
    mimeType: 'application/pdf',
    buffer: Buffer.from(`%PDF-1.4\n%${' '.repeat(bytes)}\n%%EOF\n`),
  });
  const setLimit = async (attachmentMaxBytes: number): Promise<void> => {
    const { body } = await colleague.client.get<AnnouncementSettingsResponse>('/announcement-settings');
    const { version, categories, attachmentMaxCount, digestHour } = body;
    const { status } = await colleague.client.put('/announcement-settings', {
      ifMatch: version,
      body: { categories, attachmentMaxCount, digestHour, attachmentMaxBytes },
    });
    expect(status).toBe(200);
  };
  const names = async (id: string): Promise<string[]> =>
    (await read(id)).attachments.map(({ name }) => name).toSorted();

  it('that are too large are told before anything is sent', async () => {
    await setLimit(2048);
    const { id } = await draft(editor, { title: '大きなファイル' });
    const { page } = await at(editing({ id }));
    await page.getByLabel('ファイルを加える').setInputFiles([pdf('大きな要項.pdf', 4000)]);
    await page.getByText('ファイルが大きすぎます（4KB）').first().waitFor();
    expect(await names(id)).toEqual([]);
    await setLimit(20 * 1024 * 1024);
  });

  it('go with an announcement while its text is still being typed', async () => {
    const { page, visitor } = await at('/staff/announcements/new');
    await visitor.type(/^表題/, '要項を添えたお知らせ');
    await page.getByLabel(/^分類/).selectOption({ label: '講演会' });
    await visitor.press('下書きを保存して、ファイルを加える');
    await visitor.see('お知らせの下書き');
    expect(await page.evaluate('document.activeElement.id')).toBe('attachments');
    const { body: found } = await colleague.client.get<AnnouncementPage>('/announcements');
    const id = found.items.find(({ title }) => title === '要項を添えたお知らせ')?.id ?? '';
    await visitor.type(/^要約/, '要項をご覧ください。');
    const twice = [
      pdf('開催要項.pdf'),
      { ...pdf('案内.pdf'), buffer: Buffer.from('PDFではない') },
      pdf('地図.pdf'),
    ];
    await page.getByLabel('ファイルを加える').setInputFiles(twice);
    await page.getByRole('button', { name: /外す.*（地図\.pdf）/ }).waitFor();
    await page.getByText('ファイルの中身が、名前の拡張子（.pdf）と合っていません。').first().waitFor();
    await visitor.press(/一覧から消す.*（案内\.pdf）/);
    expect(await names(id)).toEqual(['地図.pdf', '開催要項.pdf']);
    await visitor.press(/^外す.*（地図\.pdf）/);
    await visitor.press(/^添付から外す.*（地図\.pdf）/);
    await page.getByRole('button', { name: /外す.*（地図\.pdf）/ }).waitFor({ state: 'detached' });
    await page.getByText('「地図.pdf」を外しました。').waitFor();
    // The files have moved the version on; what was typed is saved all the same.
    await visitor.press('下書きを保存する');
    await page.getByText('保存しました。').first().waitFor();
    expect(await read(id)).toMatchObject({
      summary: '要項をご覧ください。',
      attachments: [{ name: '開催要項.pdf' }],
    });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      visitor.press(/ダウンロード.*（開催要項\.pdf）/),
    ]);
    expect(download.suggestedFilename()).toBe('開催要項.pdf');
    expect(complaintsOf(page)).toEqual([]);
  });

  it('of one that is out are taken away only when asked, since members see it', async () => {
    const { id } = await publish(editor, { title: '公開中のファイル' });
    const { page, visitor } = await at(`/staff/announcements/${id}`);
    await page.getByText('選ぶと、すぐに保存されます。自治体の方にも、すぐに見えます。').waitFor();
    await page.getByLabel('ファイルを加える').setInputFiles([pdf('開催要項.pdf')]);
    await visitor.press(/^外す.*（開催要項\.pdf）/);
    await page.getByText(/「開催要項.pdf」を外しますか。自治体の方から、すぐに見えなくなります。/).waitFor();
    await visitor.press('やめる');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('外す');
    expect(await names(id)).toEqual(['開催要項.pdf']);
    await visitor.press(/^外す.*（開催要項\.pdf）/);
    await visitor.press(/^添付から外す/);
    await page.getByText('「開催要項.pdf」を外しました。').waitFor();
    expect(await names(id)).toEqual([]);
  });

  it('are sent again only where that may help, and a second one of the same name only when asked', async () => {
    const { id } = await draft(editor, { title: '同じ名前のファイル' });
    const { page, visitor } = await at(editing({ id }));
    const files = page.getByLabel('ファイルを加える');
    await files.setInputFiles([pdf('案内.pdf')]);
    await page.getByRole('button', { name: /^外す.*（案内\.pdf）/ }).waitFor();
    await files.setInputFiles([
      { ...pdf('空の要項.pdf'), buffer: Buffer.alloc(0) },
      { ...pdf('ページ.pdf'), buffer: Buffer.from('<!doctype html><p>PDFではない</p>') },
      pdf('案内.pdf'),
    ]);
    await page.getByText('（0KB）').waitFor();
    await page.getByText('ファイルの中身が、名前の拡張子（.pdf）と合っていません。').first().waitFor();
    await page.getByText('同じ名前のファイルが、すでに添付されています。').first().waitFor();
    expect(await page.getByRole('button', { name: /^もう一度送る/ }).count()).toBe(0);
    expect(await names(id)).toEqual(['案内.pdf']);
    await visitor.press(/^それでも添付する.*（案内\.pdf）/);
    await page.getByRole('button', { name: /^外す/ }).nth(1).waitFor();
    expect(await names(id)).toHaveLength(2);
  });

  it('wait for whoever has to sign in again, and go then', async () => {
    const { id } = await draft(editor, { title: '途中でログインが切れるお知らせ' });
    const person = await createStaff(portal, ['editor'], '堀越 直央');
    const { page, visitor } = await at(editing({ id }), await signInAs(portal, person, ['editor']));
    const files = page.getByLabel('ファイルを加える');
    await files.waitFor();
    await withConnection(portal.database.adminUrl, (admin) =>
      admin.query('UPDATE session SET revoked_at = now() WHERE account_id = $1', [person.accountId]),
    );
    await files.setInputFiles([pdf('開催要項.pdf')]);
    await visitor.see('もう一度ログインしてください');
    await visitor.type('パスワード', PASSWORD);
    await visitor.type(/6桁のコード/, await totpOf(portal, person));
    await visitor.press('ログインする');
    await page.getByRole('button', { name: /外す.*（開催要項\.pdf）/ }).waitFor();
    expect(await names(id)).toEqual(['開催要項.pdf']);
  });

  it('come to one that is out as a correction, which the page shows at once', async () => {
    const { id } = await publish(editor, { title: '公開したお知らせ' });
    const { page, visitor } = await at(`/staff/announcements/${id}`);
    await page.getByText('「訂正」として会員ページに出ます').waitFor();
    await page.getByLabel('ファイルを加える').setInputFiles([pdf('開催要項.pdf')]);
    await page.getByText('添付ファイルを追加しました（開催要項.pdf）。').waitFor();
    await visitor.press(/^外す.*（開催要項\.pdf）/);
    await visitor.press(/^添付から外す.*（開催要項\.pdf）/);
    await page.getByText('添付ファイルを取り外しました（開催要項.pdf）。').waitFor();
    expect(await read(id)).toMatchObject({ revision: 3, attachments: [] });
    expect(complaintsOf(page)).toEqual([]);
  });

  it('on their way can be stopped, and sent again once the line is back', async () => {
    const { id } = await draft(editor, { title: '途中で止めるファイル' });
    const { page, visitor } = await at(editing({ id }));
    await page.route('**/attachments?*', (route) => route.abort(), { times: 1 });
    await page.getByLabel('ファイルを加える').setInputFiles([pdf('開催要項.pdf')]);
    await page.locator('.err').getByText('送信できませんでした。').waitFor();
    // An answer that doesn't come.
    await page.route('**/attachments?*', () => undefined, { times: 1 });
    await visitor.press(/もう一度送る.*（開催要項\.pdf）/);
    await page.getByRole('progressbar', { name: '開催要項.pdfを送っています' }).waitFor();
    await visitor.press(/取りやめる.*（開催要項\.pdf）/);
    expect(await page.evaluate('document.activeElement.id')).toBe('files');
    await page.getByLabel('ファイルを加える').setInputFiles([pdf('開催要項.pdf')]);
    await page.getByRole('button', { name: /外す.*（開催要項\.pdf）/ }).waitFor();
    expect(await names(id)).toEqual(['開催要項.pdf']);
  });
});
