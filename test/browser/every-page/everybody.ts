import { Database } from '../../../src/platform/database/database.service.js';
import { mailedCode } from '../../setup/outbox.js';
import { as, expectNoFaults, portal } from './stage.js';

/** What is open to everybody. */
export function walkForEverybody(): void {
  describe('for everybody', () => {
    const chapter = 'For everybody';

    it('sign-in', async () => {
      const { page, visitor } = await as(null);
      await page.goto('/');
      await visitor.see('ログイン');
      await expectNoFaults(page, { chapter, name: 'sign-in', caption: 'Signing in: the mailbox' });
      await visitor.press('コードを送る');
      await page.getByRole('alert').waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'sign-in-error', caption: 'What is missing, and the way there' },
        'state',
      );
      await visitor.type('メールアドレス', 'kikaku@town-otofuke.hokkaido.example');
      await visitor.press('コードを送る');
      await visitor.see('コードとお名前を入力してください');
      await expectNoFaults(
        page,
        { chapter, name: 'sign-in-code', caption: 'The mailed code, and who sits here' },
        'state',
      );
    });

    it.each([
      ['/staff/sign-in', '事務局の方のログイン', 'staff-sign-in', 'Staff: password and authenticator app'],
      ['/v', 'メールアドレスの確認', 'verify', 'A new mailbox proves itself, without sign-in'],
      ['/k', '登録内容の確認', 'confirm', 'An answer from a mail, without sign-in'],
      ['/apply', '登録の申込み', 'apply', 'A municipality asks to join'],
      ['/recover', 'アドレスが使えなくなったとき', 'recover', 'Nobody can sign in any more'],
      ['/nowhere', 'ページが見つかりません', 'not-found', 'No such page'],
    ])('%s', async (address, heading, name, caption) => {
      const { page, visitor } = await as(null);
      await page.goto(address);
      await visitor.see(heading);
      await expectNoFaults(page, { chapter, name, caption });
    });

    it('applying, wrong and right', async () => {
      const { page, visitor } = await as(null);
      await page.goto('/apply');
      await visitor.press('申し込む');
      await page.getByRole('alert').waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'apply-error', caption: 'An application that lacks things' },
        'state',
      );
      await visitor.type(/^団体コード/, '473502');
      await visitor.type(/^代表電話/, '098-000-0000');
      await visitor.type(/^部署名\s*必須/, '企画財政課');
      await visitor.type(/^所属アドレス/, 'kikaku@town-haebaru.okinawa.example');
      await visitor.type(/^氏名/, '檜垣 史織');
      await visitor.type(/^申し込む方のお名前/, '檜垣 史織');
      await visitor.press('申し込む');
      await visitor.see('申込みを受け付けました');
      await expectNoFaults(page, { chapter, name: 'applied', caption: 'What happens next' }, 'state');
      const mailbox = 'kikaku@town-haebaru.okinawa.example';
      const number = await newestNumber(mailbox);
      await page.goto('/v');
      await visitor.type('番号', number);
      await visitor.type('コード', await mailedCode(portal, 'membership.verify-address', mailbox));
      await visitor.press('アドレスを確認する');
      await visitor.see('アドレスを確認しました');
      await expectNoFaults(page, { chapter, name: 'verified', caption: 'The mailbox has answered' }, 'state');
    });
  });
}

/** What the mail shows for a person to type. */
async function newestNumber(email: string): Promise<string> {
  const [row] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ number: string }>(
        'SELECT number FROM address_verification WHERE email = $1 ORDER BY id DESC LIMIT 1',
        [email],
      ),
    );
  return row?.number ?? '';
}
