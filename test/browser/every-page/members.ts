import { as, expectNoFaults, otofuke, totsukawa } from './stage.js';

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
