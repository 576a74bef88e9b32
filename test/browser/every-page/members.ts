import { addFile, EXCEL, PDF } from '../../factories/announcement-files.js';
import { categoryId, correct, picked, publish } from '../../factories/announcements.js';
import { signInStaff } from '../../factories/people.js';
import { CODES } from '../../factories/registrations.js';
import { as, expectNoFaults, otofuke, portal, totsukawa } from './stage.js';

/** What members have. */
export function walkForMembers(): void {
  describe('for members', () => {
    const chapter = 'For members';

    it('home, and the answer', async () => {
      const { page, visitor } = await as(totsukawa);
      await page.goto('/');
      await visitor.see('登録の内容は、いまも正しいですか');
      await expectNoFaults(page, { chapter, name: 'home', caption: 'Is my registration right?' });
      await page.setViewportSize({ width: 375, height: 812 });
      await visitor.press('メニュー');
      await page.setViewportSize({ width: 375, height: 812 });
      await expectNoFaults(page, { chapter, name: 'menu', caption: 'The menu of a phone' }, 'state');
      await visitor.press('変更はありません');
      await visitor.see('「変更はありません」と記録しました');
      await expectNoFaults(page, { chapter, name: 'confirmed', caption: 'Nothing has changed' }, 'state');
    });

    it('registration, editing, the look before sending, and after', async () => {
      const { page, visitor } = await as(otofuke);
      await page.goto('/registration');
      await visitor.see('登録情報');
      await page.getByText(/^第1版　/).waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'registration',
        caption: 'The registration, with the age of each field',
      });
      await visitor.press('修正する', 'link');
      await visitor.see('登録を修正する');
      await expectNoFaults(page, {
        chapter,
        name: 'edit',
        caption: 'Editing: only what changes is unfolded',
      });
      await page
        .getByRole('button', { name: /^この部署を修正する/ })
        .first()
        .click();
      const name = page.locator('input[name="departments.0.name"]');
      const was = await name.inputValue();
      await name.fill('');
      await visitor.press('変更の内容を確かめる');
      await page.getByRole('alert').waitFor();
      await expectNoFaults(page, { chapter, name: 'edit-error', caption: 'What has to be mended' }, 'state');
      await name.fill(was);
      await page
        .locator('input[name="departments.0.email"]')
        .fill('kikaku-chosei@town-otofuke.hokkaido.example');
      await page.locator('input[name="contacts.0.name"]').fill('小野寺 真理');
      await page.locator('input[name="contacts.0.kana"]').fill('おのでら まり');
      await page.locator('input[name="departments.0.address"]').fill('');
      await page.locator('input[id$="-postalCode"]').first().fill('０６０８５８８');
      await page.getByText('所在地に「北海道札幌市').waitFor();
      expect(await page.locator('input[name="departments.0.address"]').inputValue()).toContain('札幌市');
      await page
        .getByRole('button', { name: /^登録から外す/ })
        .nth(1)
        .click();
      await page.getByRole('button', { name: '元に戻す' }).waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'edit-more', caption: 'A postal code fills in; a person goes, and may come back' },
        'state',
      );
      await visitor.press('元に戻す');
      await visitor.press('変更の内容を確かめる');
      await visitor.see(/この内容で届け出ますか/);
      await expectNoFaults(page, { chapter, name: 'check', caption: 'The look before sending, in words' });
      await visitor.press('この内容で届け出る');
      await visitor.see(/新しいアドレスのコードを入力してください/);
      await expectNoFaults(page, { chapter, name: 'sent', caption: 'The code of a new mailbox' });
      await visitor.press('この変更届を取り下げる');
      await page.getByText('取り下げると、').waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'withdraw', caption: 'Taking back asks once more' },
        'state',
      );
      await page.goto('/');
      await visitor.see('変更届の手続き中です');
      expect(await page.getByRole('button', { name: '変更はありません' }).count()).toBe(0);
      await expectNoFaults(
        page,
        { chapter, name: 'home-in-progress', caption: 'Home while a change request is on its way' },
        'state',
      );
      await page.goto('/change-requests');
      await visitor.see('変更届の状況');
      await page.getByText('新しいアドレスの確認待ち').waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'change-requests',
        caption: 'What was sent, and whose turn it is',
      });
      await page.goto('/registration/edit');
      await visitor.see('先に出された変更届があります');
      await expectNoFaults(
        page,
        { chapter, name: 'edit-open', caption: 'One change request at a time' },
        'state',
      );
    });

    it('announcements, to read and to acknowledge', async () => {
      const { id, correctAgain } = await publishSome();
      const { page, visitor } = await as(totsukawa);
      await page.goto('/');
      await visitor.press(/^確認しました.*会員用ホームページの使い方/);
      await page.getByText('確認済み', { exact: true }).waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'home-announcements', caption: 'What is new, acknowledged in one click' },
        'state',
      );
      await page.goto('/announcements');
      await visitor.see('お知らせ');
      await page
        .getByText(/^\d+件$/)
        .first()
        .waitFor();
      await page.getByText('はじめからの設定です。').waitFor();
      await expectNoFaults(page, { chapter, name: 'announcements', caption: 'Announcements, and a search' });
      await page.goto('/announcements?q=温泉&show=unread');
      await page.getByText('当てはまるお知らせはありません。').waitFor();
      await page.getByText('はじめからの設定です。').waitFor();
      await expectNoFaults(page, { chapter, name: 'announcements-none', caption: 'Nothing found' }, 'state');
      await page.goto(`/announcements/${id}`);
      await visitor.see('令和9年度第1回 全国連携講演会の参加申込みについて');
      await page.getByText('Excel・1.2MB').waitFor();
      await page.getByRole('heading', { name: '次第' }).waitFor();
      await expectNoFaults(page, { chapter, name: 'announcement', caption: 'One announcement, corrected' });
      await visitor.press('確認しました');
      await page.getByRole('heading', { name: '確認済みです' }).waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'announcement-acknowledged', caption: 'Who has acknowledged it' },
        'state',
      );
      await page.goto('/announcements/019b3a5c-0c20-7000-8000-000000000001');
      await visitor.see('お知らせが見つかりませんでした');
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-none',
        caption: 'Not there, or not for this municipality',
      });
      await correctAgain();
      await page.goto('/');
      await page.getByRole('link', { name: /^訂正の内容を見て確認する/ }).waitFor();
      await page.getByText('うち1件は、訂正がありましたので').waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'home-asked-again', caption: 'Corrected after it was acknowledged' },
        'state',
      );
    });

    it('handing over, and where one is signed in', async () => {
      const { page, visitor } = await as(totsukawa);
      await page.goto('/registration/handover');
      await visitor.see('引継ぎを届け出る');
      await expectNoFaults(page, { chapter, name: 'handover', caption: 'Handing over on a date' });
      await visitor.press('届け出る内容を確かめる');
      await page.getByRole('alert').waitFor();
      await expectNoFaults(page, { chapter, name: 'handover-error', caption: 'A name is missing' }, 'state');
      await visitor.type(/^氏名/, '檜垣 史織');
      await visitor.press('届け出る内容を確かめる');
      await visitor.see(/付けの引継ぎです。/);
      await expectNoFaults(page, { chapter, name: 'handover-check', caption: 'From that day on' }, 'state');
      await page.goto('/account');
      await visitor.see('ログインの状況');
      await page.getByText('この画面', { exact: true }).waitFor();
      await expectNoFaults(page, { chapter, name: 'sessions', caption: 'Where one is signed in' });
    });
  });
}

/** @returns the id of one that has everything a text may have, and what asks for it anew */
async function publishSome(): Promise<{
  readonly id: string;
  readonly correctAgain: () => Promise<unknown>;
}> {
  const editor = await signInStaff(portal, ['editor'], '堀越 直央');
  // Not for all: the office's list of mails is to show others, too.
  const audience = picked(CODES.otofuke, CODES.totsukawa);
  await publish(editor, {
    title: '東京区政会館の全国連携展示で紹介する自治体を募集します',
    summary: '秋の展示で、まちの魅力を紹介しませんか。\n応募の締切りは、7月31日です。',
    categoryId: await categoryId(editor, 'イベント'),
    audience,
  });
  await publish(editor, {
    title: '会員用ホームページの使い方',
    summary: '登録情報の確認と、お知らせの「確認しました」について、ご案内します。',
    categoryId: await categoryId(editor, '登録について'),
    pinned: true,
    audience,
  });
  const talk = await publish(editor, {
    title: '令和9年度第1回 全国連携講演会の参加申込みについて',
    summary:
      '8月28日に、地域の連携をテーマに講演会を開きます。会場とオンラインで、どなたでもご参加いただけます。',
    body: TEXT,
    expiresAt: '2035-08-28T15:00:00.000Z',
    audience,
  });
  await addFile(portal, talk.id, PDF);
  await addFile(portal, talk.id, EXCEL);
  const corrected = await correct(editor, talk);
  return { id: talk.id, correctAgain: () => correct(editor, corrected, { askAgain: true }) };
}

const TEXT = `# 日時と会場

令和9年8月28日（土）**15時から17時まで**、東京区政会館20階で開きます。[地図と交通のご案内](https://www.example.jp/access/tokyo-kusei-kaikan/floor-20/hall-201-202-203/very-long-address-that-has-to-wrap?from=member-page)をご覧ください。

## 次第

| 時刻 | 内容 | 登壇者 |
| --- | --- | --- |
| 15時 | 開会のあいさつ | 特別区長会事務局 |
| 15時10分 | 講演「人口減少のなかの地域間連携」 | 東京のある大学の先生 |
| 16時20分 | 事例の発表と意見交換 | 北海道と四国の自治体の皆さま |

## 申込みの方法

1. 添付の申込書に記入してください。
2. 次のアドレスに、**7月31日まで**にお送りください。
   - 会場で参加される方は、人数
   - オンラインで参加される方は、お一人ずつのアドレス

> 定員を超えたときは、お申込みの順に会場へご案内します。

件名は \`講演会申込み\` としてください。

---

お問い合わせは、特別区長会事務局へ*お電話で*お願いします。`;
