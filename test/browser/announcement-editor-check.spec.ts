import { draft, picked, publish } from '../factories/announcements.js';
import { letMinutesPass } from '../factories/clock.js';
import { signInMember } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { complaintsOf } from '../setup/browser.js';
import { type EditorsDesk, openEditorsDesk } from '../setup/editors-desk.js';

/** What an editor is told before something goes out, and what is told where it can't. */
let desk: EditorsDesk;
let otofuke: TestRegistration;

beforeAll(async () => {
  desk = await openEditorsDesk();
  otofuke = await createRegistration(desk.portal, CODES.otofuke);
  await createRegistration(desk.portal, CODES.totsukawa);
});
afterAll(() => desk.close());

const addressOf = ({ id }: { id: string }, rest = ''): string => `/staff/announcements/${id}${rest}`;
const FOCUSED = 'document.activeElement.id';

describe('a correction, before it is sent', () => {
  it('says what changes and how many are told', async () => {
    const announcement = await publish(desk.editor, {
      title: '時刻の違うお知らせ',
      audience: picked(CODES.otofuke),
    });
    const clerk = await signInMember(desk.portal, otofuke);
    await clerk.client.post(`/announcements/${announcement.id}/acknowledgements`, { body: { revision: 1 } });
    const { page, visitor } = await desk.at(addressOf(announcement, '/correct'));
    await visitor.type(/^本文/, announcement.body.replace('14時', '15時'));
    await visitor.press('すべての登録自治体', 'radio');
    await visitor.type(/^訂正の内容/, '開始の時刻を改めました。');
    await visitor.press(/確認をもう一度お願いする/, 'checkbox');
    await visitor.press('訂正の確認へ進む');
    await visitor.see('訂正の確認');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.getByRole('row', { name: '訂正のお知らせ 1自治体に、メールを送ります。' }).waitFor();
    await page.getByRole('row', { name: /^加わる自治体 1自治体です。/ }).waitFor();
    await page.getByText('確認済みの1自治体も、未確認に戻ります。').waitFor();
    expect(await page.locator('.revision-changes dt').allInnerTexts()).toEqual(['本文', '対象']);
    await page.goBack();
    await visitor.see('お知らせを訂正する');
    expect(await visitor.field(/^訂正の内容/).inputValue()).toBe('開始の時刻を改めました。');
    await page.goForward();
    // Also after a reload: what is typed is kept, and nothing was sent.
    await page.reload();
    await visitor.see('訂正の確認');
    expect((await desk.read(announcement.id)).revision).toBe(1);
    await visitor.press('この内容で訂正する');
    await visitor.see('これまでの版');
    expect((await desk.read(announcement.id)).reach).toMatchObject({ recipients: 2, acknowledged: 0 });
    expect(complaintsOf(page)).toEqual([]);
  });

  it('says who falls out', async () => {
    const announcement = await publish(desk.editor, { title: '狭めるお知らせ' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/correct'));
    await visitor.press('条件や名前で選ぶ', 'radio');
    await page.getByRole('checkbox', { name: '村', exact: true }).check();
    await visitor.type(/^訂正の内容/, '村だけのお知らせに改めました。');
    await visitor.press('訂正の確認へ進む');
    const told = page.getByRole('region', { name: '知らせる先' });
    await told.getByRole('row', { name: /^外れる自治体 1自治体です。/ }).waitFor();
    await told
      .getByRole('row', { name: /^訂正のお知らせ 訂正後も対象になる自治体に（多くても1自治体）/ })
      .waitFor();
    await visitor.press('この内容で訂正する');
    await visitor.see('これまでの版');
    expect((await desk.read(announcement.id)).reach).toMatchObject({ recipients: 1 });
  });

  it('may explain something without changing a word', async () => {
    const announcement = await publish(desk.editor, { title: '説明だけのお知らせ' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/correct'));
    await visitor.type(/^訂正の内容/, '添付の要項を差し替えました。');
    await visitor.press('訂正の確認へ進む');
    await page.getByText('文章と対象は変わっていません。説明だけをお送りします。').waitFor();
    await visitor.press('入力に戻る');
    await visitor.see('お知らせを訂正する');
  });
});

describe('a draft', () => {
  it('says what it takes to publish it, and leads there', async () => {
    const announcement = await draft(desk.editor, {
      title: '書きかけ',
      summary: null,
      body: null,
      audience: picked(),
    });
    const { page, visitor } = await desk.at(addressOf(announcement));
    for (const [text, field] of [
      ['要約を書く', 'summary'],
      ['本文を書く', 'body'],
      ['対象の自治体を選ぶ', 'audience'],
    ] as const) {
      await visitor.press(text, 'link');
      await visitor.see('お知らせの下書き');
      expect(await page.evaluate(FOCUSED)).toBe(field);
      await page.goBack();
      await visitor.see('書きかけ');
    }
  });

  it('is told all that has to be mended at once, with the lines of the text', async () => {
    const { page, visitor } = await desk.at('/staff/announcements/new');
    await visitor.type(/^表題/, '連'.repeat(101));
    await page.getByText('101／100文字（1文字多くなっています）').waitFor();
    await visitor.type(/^本文/, '[ここ](ftp://a.example/)\n\n![地図](https://a.example/map.png)');
    await visitor.press('下書きを保存する');
    await page.getByRole('heading', { name: '入力を確認してください（4か所）' }).waitFor();
    const told = await page.getByRole('alert').getByRole('listitem').allInnerTexts();
    expect(told.map((text) => text.slice(0, 8))).toEqual([
      '表題は100文字',
      '分類を選んでくだ',
      '1行目：リンク先',
      '3行目：本文に画',
    ]);
  });

  it('can’t be published after its end: says when that is, and leads to it', async () => {
    const announcement = await draft(desk.editor, { expiresAt: '2031-11-24T15:00:00Z' });
    const { page, visitor } = await desk.at(addressOf(announcement));
    await visitor.press('日時を指定する', 'radio');
    await page.getByLabel('公開する日').fill('2031-11-25');
    await visitor.press('この日時に公開する');
    await page.locator('#publish-date-error').getByText('掲載の終わりは2031年11月24日（月）です。').waitFor();
    await visitor.press('掲載の終わりを書き直す', 'link');
    await visitor.see('お知らせの下書き');
    expect(await page.evaluate(FOCUSED)).toBe('lastDay');
  });

  it('leaves the keyboard where one goes on', async () => {
    const announcement = await draft(desk.editor, { audience: { kind: 'chosen', types: ['city'] } });
    const { page, visitor } = await desk.at(addressOf(announcement, '/edit'));
    await page.getByText('名前で選ぶ（なし）').click();
    await visitor.type('自治体をさがす', 'おとふけ');
    await visitor.press(/音更町.*を加える/);
    await page.getByText('選んだ自治体（1）').waitFor();
    expect(await page.evaluate(FOCUSED)).toBe('pick');
    await visitor.press('保存していない変更を取り消す');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  });
});

describe('asking once more', () => {
  it('says when it came out, as long as hardly anybody can have read it', async () => {
    const announcement = await publish(desk.editor, { title: '公開したばかりのお知らせ' });
    const { page } = await desk.at(addressOf(announcement, '/reach'));
    await page.getByText(/に公開したばかりです。/).waitFor();
    await letMinutesPass(desk.portal, announcement.id, 25 * 60);
    await page.reload();
    await page.getByRole('button', { name: '未確認の自治体にもう一度お願いする' }).waitFor();
    expect(await page.getByText(/に公開したばかりです。/).count()).toBe(0);
  });
});

describe('asking once more, with a daily mail yet to go', () => {
  beforeAll(async () => {
    const clerk = await signInMember(desk.portal, otofuke);
    const { status } = await clerk.client.put(`/registrations/${otofuke.id}/announcement-delivery`, {
      ifMatch: 1,
      body: { delivery: 'digest' },
    });
    expect(status).toBe(200);
  });

  it('asks only those who were told, says of whom it waits, and offers nothing that it wouldn’t do', async () => {
    const announcement = await publish(desk.editor, { title: 'まとめてのメールを待つお知らせ' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/reach'));
    await page.getByText('1自治体には、まだ「まとめて」のメールが届いていないので、送りません。').waitFor();
    await visitor.press('未確認の自治体にもう一度お願いする');
    await visitor.press('1自治体にお願いする');
    await page
      .getByText(/1自治体に、もう一度お願いしました/)
      .first()
      .waitFor();
    await page.getByText('ほかの未確認の自治体には、すべて、もう一度お願いしてあります。').waitFor();
    expect(await page.getByRole('button', { name: '未確認の自治体にもう一度お願いする' }).count()).toBe(0);
  });

  it('tells of it before a correction, too', async () => {
    const announcement = await publish(desk.editor, { title: 'まとめてのメールの前の訂正' });
    const { page, visitor } = await desk.at(addressOf(announcement, '/correct'));
    await visitor.type(/^訂正の内容/, '要項を差し替えました。');
    await visitor.press('訂正の確認へ進む');
    await page
      .getByRole('row', {
        name: '訂正のお知らせ 1自治体に、メールを送ります。まだ「まとめて」のメールが届いていない1自治体には、そのメールで、訂正後の内容が届きます。',
      })
      .waitFor();
    expect((await desk.read(announcement.id)).revision).toBe(1);
  });
});

describe('one that was taken down before its end', () => {
  it('says when it ended', async () => {
    const announcement = await publish(desk.editor, { expiresAt: '2031-11-24T15:00:00Z' });
    const { page, visitor } = await desk.at(addressOf(announcement));
    await visitor.press('掲載を終える');
    await visitor.press('終える');
    await page.getByRole('row', { name: /^掲載を終えた日時/ }).waitFor();
    expect(await page.getByRole('row', { name: /^掲載の終わり/ }).count()).toBe(0);
    await page.getByRole('link', { name: '自治体ごとの状況', exact: true }).waitFor();
  });
});

describe('settings', () => {
  it('keep what is typed over a reload, and say which number is out of its range', async () => {
    const { page, visitor } = await desk.at('/staff/announcements/settings');
    await visitor.type(/^1つのファイルの大きさ/, '51');
    await visitor.type(/^1つのお知らせに添付できる数/, '31');
    await page.reload();
    await page.getByText('入力の続きを開きました。').waitFor();
    expect(await visitor.field(/^1つのファイルの大きさ/).inputValue()).toBe('51');
    await visitor.press('保存する');
    const told = page.getByRole('alert');
    await told.getByText('1つのファイルの大きさは、0.01から50まで（MB）の数字で入力してください。').waitFor();
    await told.getByText('1つのお知らせに添付できる数は、0から30までの数字で入力してください。').waitFor();
    await visitor.press('保存していない変更を取り消す');
    expect(await visitor.field(/^1つのファイルの大きさ/).inputValue()).not.toBe('51');
  });
});
