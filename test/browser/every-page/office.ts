import { TOTP } from 'otpauth';
import type { ChangeRequestResponse } from '../../../src/change-requests/change-request.dto.js';
import { withConnection } from '../../../src/platform/database/database-roles.js';
import { Database } from '../../../src/platform/database/database.service.js';
import type { RegistrationDocument } from '../../../src/registry/registration-document.js';
import type {
  ProposedRegistrationDto,
  RegistrationResponse,
} from '../../../src/registry/registration.dto.js';
import { PASSWORD, totpOf } from '../../factories/people.js';
import { CODES, moveRegistration } from '../../factories/registrations.js';
import type { Client } from '../../setup/client.js';
import { mailedCode } from '../../setup/outbox.js';
import { admin, as, colleague, expectNoFaults, otofuke, portal, reviewer, totsukawa } from './stage.js';

const read = async (client: Client, id: string): Promise<RegistrationResponse> =>
  (await client.get<RegistrationResponse>(`/registrations/${id}`)).body;

const proposalOf = ({
  mainPhone,
  primaryDepartmentId,
  departments,
  contacts,
}: RegistrationResponse): ProposedRegistrationDto =>
  structuredClone({ mainPhone, primaryDepartmentId, departments, contacts });

/** What the office has. */
export function walkForTheOffice(): void {
  describe('for the office', () => {
    const chapter = 'For the office';

    it('what waits, and the review', async () => {
      const { page, visitor } = await as(reviewer.signedIn);
      await page.goto('/staff');
      await visitor.see('今日の仕事');
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await expectNoFaults(page, { chapter, name: 'today', caption: 'What waits today' });
      await page.goto('/staff/review');
      await visitor.see('内容確認');
      const first = page.locator('.queue a').first();
      await first.waitFor();
      await expectNoFaults(page, { chapter, name: 'queue', caption: 'Change requests, oldest first' });
      await first.click();
      await page.getByRole('button', { name: /反映する/ }).waitFor();
      await expectNoFaults(page, { chapter, name: 'review', caption: 'Old and new side by side' });
      await page.getByRole('checkbox').first().uncheck();
      await page
        .getByRole('button', { name: /反映する|差し戻す/ })
        .first()
        .click();
      await page.getByRole('alert').first().waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'review-error', caption: 'What isn’t taken over needs a reason' },
        'state',
      );
      await page.getByRole('checkbox').first().check();
      await page.getByRole('button', { name: /反映する/ }).click();
      await page.locator('.notice.ok').waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'decided', caption: 'Decided; the next one is offered' },
        'state',
      );
    });

    it('a registration that moved', async () => {
      const before = await read(reviewer.signedIn.client, totsukawa.registrationId);
      const sent = await totsukawa.client.post<ChangeRequestResponse>(
        `/registrations/${before.id}/change-requests`,
        { ifMatch: before.version, body: { proposed: { ...proposalOf(before), mainPhone: '0746-00-1111' } } },
      );
      expect(sent.status).toBe(201);
      const document = proposalOf(before) as RegistrationDocument;
      await moveRegistration(
        portal,
        { id: before.id, document },
        { ...document, mainPhone: '0746-00-2222' },
        before.version,
      );
      const { page } = await as(reviewer.signedIn);
      await page.goto(`/staff/review/${sent.body.id}`);
      await page.getByText('重なった項目').first().waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'review-moved',
        caption: 'The registration changed meanwhile: three ways',
      });
    });

    it('registrations', async () => {
      const { page, visitor } = await as(reviewer.signedIn);
      await page.goto('/staff/registrations');
      await visitor.see('登録自治体');
      await page.locator('main tbody tr').first().waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'registrations',
        caption: 'All registrations, searched as one types',
      });
      await page.getByLabel('さがす').fill('そんなまちはない');
      await page
        .getByText(/見つかりません|ありません/)
        .first()
        .waitFor();
      await expectNoFaults(page, { chapter, name: 'registrations-none', caption: 'Nothing found' }, 'state');
      await page.goto(`/staff/registrations/${otofuke.registrationId}`);
      await page.getByRole('heading', { level: 1, name: /音更町/ }).waitFor();
      await page.getByText('第1版').first().waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'staff-registration',
        caption: 'One registration, its history and mails',
      });
      await page.goto(`/staff/registrations/${totsukawa.registrationId}/edit`);
      await visitor.see('自治体に代わって変更を届け出る');
      await expectNoFaults(page, { chapter, name: 'staff-edit', caption: 'A change heard on the telephone' });
      await page.goto('/staff/registrations/new');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectNoFaults(page, { chapter, name: 'staff-new', caption: 'Registering a municipality' });
    });

    it('how fresh what is registered is', async () => {
      const { page, visitor } = await as(reviewer.signedIn);
      await page.goto('/staff/freshness');
      await visitor.see('情報の鮮度');
      await page.getByRole('img', { name: /変わり方の図/ }).waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'freshness',
        caption: 'How much was confirmed lately: where, of what, and over time',
      });
      await page.getByText('数字を表で見る').click();
      await page.getByLabel('何の変わり方か').selectOption({ label: '所属アドレス' });
      await page.getByRole('img', { name: /^所属アドレス/ }).waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'freshness-course', caption: 'The course of one kind of field, in numbers too' },
        'state',
      );
    });

    it('applications and lost addresses', async () => {
      const claim = await reviewer.signedIn.client.post('/recoveries', {
        body: {
          municipalityCode: CODES.totsukawa,
          kind: 'everyone-left',
          department: { name: 'まちづくり推進課', email: 'machi@town-yusuhara.kochi.example' },
          contact: { name: '桐生 澄香' },
          message: '4月の異動で、前任の者が全員いなくなりました。',
        },
      });
      expect([201, 202]).toContain(claim.status);
      const { page, visitor } = await as(reviewer.signedIn);
      await page.goto('/staff/applications');
      await visitor.see(/申込み/);
      const application = page
        .locator('main')
        .getByRole('link', { name: /南風原町|R\d+-A/ })
        .first();
      await application.waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'applications',
        caption: 'Municipalities that ask to join',
      });
      await application.click();
      await page
        .getByRole('button', { name: /登録する|受け入れる|認める/ })
        .first()
        .waitFor();
      await expectNoFaults(page, { chapter, name: 'application', caption: 'One application' });
      await page.goto('/staff/recoveries');
      const recovery = page
        .locator('main')
        .getByRole('link', { name: /十津川村|R\d+-K/ })
        .first();
      await recovery.waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'recoveries',
        caption: 'Addresses that nobody reads any more',
      });
      await recovery.click();
      await page.getByText('桐生 澄香').first().waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'recovery',
        caption: 'Checked by telephone, agreed by two',
      });
    });

    it('people, the trail, mails and settings', async () => {
      const { page, visitor } = await as(admin.signedIn);
      await page.goto('/staff/users');
      await page.getByText(admin.person.email).first().waitFor();
      await expectNoFaults(page, { chapter, name: 'users', caption: 'The office’s own accounts' });
      await page.goto(`/staff/users/${colleague.person.accountId}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('button').nth(3).waitFor();
      await expectNoFaults(page, { chapter, name: 'user', caption: 'One account, its roles and sessions' });
      await page.goto('/staff/audit');
      await visitor.see('監査ログ');
      await page.locator('main').getByRole('time').or(page.locator('main time')).first().waitFor();
      await expectNoFaults(page, { chapter, name: 'audit', caption: 'Who did what, sealed' });
      await page.goto('/staff/mail');
      await visitor.see('送信メール');
      const mail = page
        .locator('main')
        .getByRole('link', { name: /変更届/ })
        .first();
      await mail.waitFor();
      await expectNoFaults(page, { chapter, name: 'mails', caption: 'What was sent to whom' });
      await mail.click();
      await page.getByRole('heading', { name: '本文' }).waitFor();
      await expectNoFaults(page, { chapter, name: 'mail', caption: 'One mail, as it went out' });
      await page.goto('/staff/settings');
      await visitor.see('設定');
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'settings',
        caption: 'Texts, days and the rules for what is applied at once',
      });
      await page.goto('/account');
      await page.getByText('確認アプリ').first().waitFor();
      await page
        .getByRole('button', { name: /確認アプリを/ })
        .first()
        .waitFor();
      await expectNoFaults(page, { chapter, name: 'credentials', caption: 'One’s own password and app' });
    });

    it('a new member of staff, from the invitation to the first sign-in', async () => {
      const email = 'saegusa@council.example';
      await forgetStepUps();
      const { page } = await as(admin.signedIn);
      await page.goto('/staff/users');
      await page.getByLabel(/^氏名/).fill('三枝 千紘');
      await page.getByLabel(/^メールアドレス/).fill(email);
      await page.getByRole('button', { name: '案内を送る' }).click();
      const code = page.getByLabel('確認アプリの6桁のコード');
      await code.fill('000000');
      await page.getByRole('button', { name: '確認する' }).click();
      await page.locator('#step-up-code-error').waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'step-up', caption: 'Weighty things ask for a code again' },
        'state',
      );
      await code.fill(await totpOf(portal, admin.person));
      await page.getByRole('button', { name: '確認する' }).click();
      await page.getByText('に案内をお送りしました。').first().waitFor();

      const { page: own, visitor } = await as(null);
      await own.goto('/i');
      await visitor.see(/.+/);
      await expectNoFaults(own, {
        chapter,
        name: 'invitation',
        caption: 'An invited person: number and code of the mail',
      });
      await visitor.type('番号', await invitationNumber(email));
      await visitor.type('コード', await mailedCode(portal, 'staff.staff-invitation', email));
      await own.getByRole('button', { name: '次へ進む' }).click();
      await own.getByRole('img').waitFor();
      await expectNoFaults(own, { chapter, name: 'invitation-set-up', caption: 'App and password' }, 'state');
      const secret = (await own.locator('code').first().innerText()).replace(/\s/g, '');
      await own.getByLabel('新しいパスワード').fill(PASSWORD);
      await own.getByLabel('確認アプリに表示された6桁のコード').fill(new TOTP({ secret }).generate());
      await own.getByRole('button', { name: '設定する' }).click();
      await visitor.see('設定が終わりました');
      await expectNoFaults(
        own,
        { chapter, name: 'invitation-done', caption: 'Recovery codes, shown once' },
        'state',
      );
      const recoveryCode = await own.locator('main ol li').first().innerText();
      await own.getByRole('link', { name: 'ログインへ進む' }).click();
      await visitor.see('事務局の方のログイン');
      await visitor.type('メールアドレス', email);
      await own.getByLabel('パスワード').fill(PASSWORD);
      await visitor.press(/予備コードを使う/);
      await visitor.type('予備コード', recoveryCode);
      await visitor.press('ログインする');
      await visitor.see('今日の仕事');
    });
  });
}

/** As ten minutes after signing in. */
const forgetStepUps = (): Promise<unknown> =>
  withConnection(portal.database.adminUrl, (root) =>
    root.query('UPDATE session SET stepped_up_at = NULL WHERE account_id = $1', [admin.person.accountId]),
  );

async function invitationNumber(email: string): Promise<string> {
  const [row] = await portal.app.get(Database).asSystem('test', (tx) =>
    tx.query<{ number: string }>(
      `SELECT i.number FROM staff_invitation i JOIN account a ON a.id = i.account_id
        WHERE a.email = $1 ORDER BY i.id DESC LIMIT 1`,
      [email],
    ),
  );
  return row?.number ?? '';
}
