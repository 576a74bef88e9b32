import type { Page } from 'playwright-core';
import type { AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import { correctionOf, draft, publish } from '../factories/announcements.js';
import { CODES, createRegistration } from '../factories/registrations.js';
import { complaintsOf, faultsAtBothWidths } from '../setup/browser.js';
import { type EditorsDesk, openEditorsDesk } from '../setup/editors-desk.js';

/** Two editors at one announcement: neither undoes what the other did without having seen it. */
let desk: EditorsDesk;

beforeAll(async () => {
  desk = await openEditorsDesk();
  await createRegistration(desk.portal, CODES.otofuke);
});
afterAll(() => desk.close());

const addressOf = ({ id }: { id: string }, rest = ''): string => `/staff/announcements/${id}${rest}`;

/** What the colleague does meanwhile. */
const save = async (
  { id, version }: AnnouncementResponse,
  body: Record<string, unknown>,
): Promise<AnnouncementResponse> => {
  const answer = await desk.colleague.client.patch<AnnouncementResponse>(`/announcements/${id}`, {
    ifMatch: version,
    body,
  });
  expect(answer.status).toBe(200);
  return answer.body;
};
const correct = async (
  announcement: AnnouncementResponse,
  fields: Record<string, unknown>,
): Promise<AnnouncementResponse> => {
  const answer = await desk.colleague.client.post<AnnouncementResponse>(
    `/announcements/${announcement.id}/corrections`,
    { ifMatch: announcement.version, body: correctionOf(announcement, fields) },
  );
  expect(answer.status).toBe(201);
  return answer.body;
};
const part = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

describe('a draft that a colleague saves meanwhile', () => {
  it('keeps what each alone changed, and says what came from the other', async () => {
    const announcement = await draft(desk.editor, { title: '二人で書くお知らせ' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/edit'));
    await visitor.type(/^要約/, '堀越の要約です。');
    await save(announcement, { body: '藤澤の本文です。', pinned: true });
    await visitor.press('保存して、公開の確認へ進む');
    await page.getByText(/藤澤 理久さんが保存した「本文」、「先頭に固定」を、取り込みました。/).waitFor();
    expect(await visitor.field(/^本文/).inputValue()).toBe('藤澤の本文です。');
    expect(await desk.read(announcement.id)).toMatchObject({
      summary: '堀越の要約です。',
      body: '藤澤の本文です。',
      pinned: true,
    });
    // Somebody looks at it before it can go out.
    await visitor.see('お知らせの下書き');
    await visitor.press('保存して、公開の確認へ進む');
    await visitor.see('二人で書くお知らせ');
  });

  it('asks where both changed the same, and leads to the question', async () => {
    const announcement = await draft(desk.editor, { title: '二人で直すお知らせ' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/edit'));
    await visitor.type(/^表題/, '堀越の表題');
    await visitor.type(/^要約/, '堀越の要約');
    await save(announcement, { title: '藤澤の表題', summary: '藤澤の要約' });
    await visitor.press('下書きを保存する');
    await page
      .getByRole('alert')
      .getByText(/藤澤 理久さんが保存しました。/)
      .waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('newer');
    expect(await visitor.field(/^表題/).inputValue()).toBe('堀越の表題');
    expect((await desk.read(announcement.id)).title).toBe('藤澤の表題');
    await visitor.press('この内容で保存する');
    await part(page, '表題').getByText('表題を、どちらにするか選んでください。').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('both-title-theirs');
    expect(await faultsAtBothWidths(page)).toEqual([]);
    await part(page, '表題').getByRole('radio', { name: 'いまの内容' }).check();
    await part(page, '要約').getByRole('radio', { name: 'あなたの入力' }).check();
    await visitor.press('この内容で保存する');
    await page.getByText('保存しました。').first().waitFor();
    expect(await desk.read(announcement.id)).toMatchObject({ title: '藤澤の表題', summary: '堀越の要約' });
    expect(complaintsOf(page)).toEqual([]);
  });
});

describe('one that is out, and that a colleague corrects meanwhile', () => {
  it('isn’t put back: what the other corrected is taken over and looked at first', async () => {
    const announcement = await publish(desk.editor, { title: '二人で訂正するお知らせ' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/correct'));
    await visitor.type(/^要約/, '堀越の要約です。');
    await visitor.type(/^訂正の内容/, '要約を改めました。');
    await visitor.press('訂正の確認へ進む');
    await visitor.see('訂正の確認');
    await correct(announcement, { body: '藤澤の本文です。' });
    await visitor.press('この内容で訂正する');
    await page.getByText(/藤澤 理久さんが保存した「本文」を、取り込みました。/).waitFor();
    expect((await desk.read(announcement.id)).revision).toBe(2);
    // Of the text nothing changes any more by this one.
    expect(await page.locator('.revision-changes dt').allInnerTexts()).toEqual(['要約']);
    await visitor.press('この内容で訂正する');
    await visitor.see('これまでの版');
    expect(await desk.read(announcement.id)).toMatchObject({
      revision: 3,
      summary: '堀越の要約です。',
      body: '藤澤の本文です。',
    });
  });

  it('asks where both corrected the same', async () => {
    const announcement = await publish(desk.editor, { title: '同じ文を訂正するお知らせ' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/correct'));
    await visitor.type(/^要約/, '堀越の要約です。');
    await visitor.type(/^訂正の内容/, '要約を改めました。');
    await visitor.press('訂正の確認へ進む');
    await visitor.see('訂正の確認');
    await correct(announcement, { summary: '藤澤の要約です。' });
    await visitor.press('この内容で訂正する');
    await part(page, '要約').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('newer');
    await part(page, '要約').getByRole('radio', { name: 'あなたの入力' }).check();
    expect(await page.getByRole('button', { name: 'この内容で訂正する' }).count()).toBe(0);
    await visitor.press('この内容で確認へ進む');
    await page.getByRole('heading', { name: '知らせる先' }).waitFor();
    await visitor.press('この内容で訂正する');
    await visitor.see('これまでの版');
    expect(await desk.read(announcement.id)).toMatchObject({ revision: 3, summary: '堀越の要約です。' });
  });

  it('is corrected all the same where the other changed only how it is shown', async () => {
    const announcement = await publish(desk.editor, { title: '固定されるお知らせ' });
    const { visitor } = await desk.at(addressOf(announcement, '/correct'));
    await visitor.type(/^要約/, '堀越の要約です。');
    await visitor.type(/^訂正の内容/, '要約を改めました。');
    await visitor.press('訂正の確認へ進む');
    await visitor.see('訂正の確認');
    await save(announcement, { pinned: true, expiresAt: '2031-03-31T15:00:00Z' });
    await visitor.press('この内容で訂正する');
    await visitor.see('これまでの版');
    expect(await desk.read(announcement.id)).toMatchObject({
      pinned: true,
      revision: 2,
      summary: '堀越の要約です。',
    });
  });
});

describe('one that a colleague publishes meanwhile', () => {
  it('is corrected with what was typed', async () => {
    const announcement = await draft(desk.editor, { title: '先に公開されたお知らせ' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/edit'));
    await visitor.type(/^要約/, '書き直した要約です。');
    await desk.colleague.client.post(`/announcements/${announcement.id}/publish`, {
      ifMatch: announcement.version,
    });
    await visitor.press('下書きを保存する');
    await visitor.see('入力のあいだに、公開中になりました');
    expect(await page.locator('pre').nth(1).innerText()).toBe('書き直した要約です。');
    await visitor.press('この内容で訂正を始める');
    await visitor.see('お知らせを訂正する');
    expect(await visitor.field(/^要約/).inputValue()).toBe('書き直した要約です。');
    await page.getByText('入力の続きを開きました。').waitFor();
    await page.goto(addressOf(announcement, '/edit'));
    await visitor.see(announcement.title);
  });

  it('lets one drop what was typed', async () => {
    const announcement = await draft(desk.editor, { title: '控えを消すお知らせ' });
    const { visitor } = await desk.at(addressOf(announcement, '/edit'));
    await visitor.type(/^要約/, '要らなくなった要約です。');
    await desk.colleague.client.post(`/announcements/${announcement.id}/publish`, {
      ifMatch: announcement.version,
    });
    await visitor.press('下書きを保存する');
    await visitor.see('入力のあいだに、公開中になりました');
    await visitor.press('控えを消して、お知らせを見る');
    await visitor.see(announcement.title);
  });
});
