import path from 'node:path';
import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { DemoAccount } from '../../src/demo/demo-accounts.js';
import type { StaffRole } from '../../src/platform/access/permission.js';
import { DemoSeed } from '../../src/demo/demo.seed.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { ProposedRegistrationDto, RegistrationResponse } from '../../src/registry/registration.dto.js';
import {
  createStaff,
  PASSWORD,
  signInAs,
  signInMember,
  type SignedIn,
  type StaffPerson,
  totpOf,
} from '../factories/people.js';
import { CODES, moveRegistration } from '../factories/registrations.js';
import { openPage, startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import type { Client } from '../setup/client.js';
import { bringSession } from '../setup/clerk.js';
import { mailedCode } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import { Tour } from '../setup/tour.js';
import { Visitor } from '../setup/visitor.js';

/** `npm run tour` says so: then pictures are taken and docs/tour.md is written. */
const PICTURES = process.env['TOUR'] === 'on';
const DOCS = path.resolve(import.meta.dirname, '../../docs');

let portal: TestPortal;
let browser: Browser;
let tour: Tour;
/** Members of the demo, by their municipality's code. */
let otofuke: SignedIn & { readonly registrationId: string };
let totsukawa: typeof otofuke;
let reviewer: Staff;
let colleague: Staff;
let admin: Staff;

interface Staff {
  readonly person: StaffPerson;
  readonly signedIn: SignedIn;
}

beforeAll(async () => {
  portal = await startPortalForBrowsers({ mode: 'demo' });
  browser = await startBrowser();
  tour = new Tour(PICTURES ? path.join(DOCS, 'images', 'tour') : null);
  const accounts = await portal.app.get(DemoSeed).fill();
  otofuke = await member(accounts, CODES.otofuke);
  totsukawa = await member(accounts, CODES.totsukawa);
  reviewer = await staff(['reviewer'], '中邨 彩葉', 'nakamura@council.example');
  colleague = await staff(['reviewer'], '檜垣 史織', 'higaki@council.example');
  admin = await staff(['admin'], '桐生 澄香', 'kiryu@council.example');
});
afterAll(async () => {
  tour.write(
    path.join(DOCS, 'tour.md'),
    '# A tour of the page\n\nEvery page and the states that matter, at 1280 and 375 px, with the demo’s invented data. `npm run tour` takes the pictures anew; the same walk is a test that looks for faults at each stop.',
  );
  await browser.close();
  await portal.close();
});

async function member(accounts: readonly DemoAccount[], code: string): Promise<typeof otofuke> {
  const account = accounts.find(({ municipalityCode }) => municipalityCode === code);
  const registrationId = account?.registrationId ?? '';
  const registration = { id: registrationId, mailbox: account?.email ?? '' };
  return { ...(await signInMember(portal, registration)), registrationId };
}

async function staff(roles: readonly StaffRole[], name: string, email: string): Promise<Staff> {
  const person = await createStaff(portal, roles, name, email);
  return { person, signedIn: await signInAs(portal, person, roles) };
}

async function as(who: SignedIn | null): Promise<{ page: Page; visitor: Visitor }> {
  const { page, context } = await openPage(browser, portal);
  if (who) await bringSession(context, portal, who.cookie);
  return { page, visitor: new Visitor(page) };
}

const read = async (client: Client, id: string): Promise<RegistrationResponse> =>
  (await client.get<RegistrationResponse>(`/registrations/${id}`)).body;

const proposalOf = ({
  mainPhone,
  primaryDepartmentId,
  departments,
  contacts,
}: RegistrationResponse): ProposedRegistrationDto =>
  structuredClone({ mainPhone, primaryDepartmentId, departments, contacts });

const look = async (...stop: Parameters<Tour['stop']>): Promise<void> => {
  expect([stop[1].name, await tour.stop(...stop)]).toEqual([stop[1].name, []]);
};

describe('for everybody', () => {
  const chapter = 'For everybody';

  it('sign-in', async () => {
    const { page, visitor } = await as(null);
    await page.goto('/');
    await visitor.see('ログイン');
    await look(page, { chapter, name: 'sign-in', caption: 'Signing in: the mailbox' });
    await visitor.press('コードを送る');
    await page.getByRole('alert').waitFor();
    await look(
      page,
      { chapter, name: 'sign-in-error', caption: 'What is missing, and the way there' },
      'state',
    );
    await visitor.type('メールアドレス', 'kikaku@town-otofuke.hokkaido.example');
    await visitor.press('コードを送る');
    await visitor.see('コードとお名前を入力してください');
    await look(
      page,
      { chapter, name: 'sign-in-code', caption: 'The mailed code, and who sits here' },
      'state',
    );
  });

  it.each([
    ['/staff/sign-in', '事務局の方のログイン', 'staff-sign-in', 'Staff: password and authenticator app'],
    ['/v', 'メールアドレスの確認', 'verify', 'A new mailbox proves itself, without sign-in'],
    ['/apply', '登録の申込み', 'apply', 'A municipality asks to join'],
    ['/recover', 'アドレスが使えなくなったとき', 'recover', 'Nobody can sign in any more'],
    ['/nowhere', 'ページが見つかりません', 'not-found', 'No such page'],
  ])('%s', async (address, heading, name, caption) => {
    const { page, visitor } = await as(null);
    await page.goto(address);
    await visitor.see(heading);
    await look(page, { chapter, name, caption });
  });

  it('applying, wrong and right', async () => {
    const { page, visitor } = await as(null);
    await page.goto('/apply');
    await visitor.press('申し込む');
    await page.getByRole('alert').waitFor();
    await look(page, { chapter, name: 'apply-error', caption: 'An application that lacks things' }, 'state');
    await visitor.type(/^団体コード/, '473502');
    await visitor.type(/^代表電話/, '098-000-0000');
    await visitor.type(/^部署名\s*必須/, '企画財政課');
    await visitor.type(/^所属アドレス/, 'kikaku@town-haebaru.okinawa.example');
    await visitor.type(/^氏名/, '檜垣 史織');
    await visitor.type(/^申し込む方のお名前/, '檜垣 史織');
    await visitor.press('申し込む');
    await visitor.see('申込みを受け付けました');
    await look(page, { chapter, name: 'applied', caption: 'What happens next' }, 'state');
    const mailbox = 'kikaku@town-haebaru.okinawa.example';
    const number = await newestNumber(mailbox);
    await page.goto('/v');
    await visitor.type('番号', number);
    await visitor.type('コード', await mailedCode(portal, 'membership.verify-address', mailbox));
    await visitor.press('アドレスを確認する');
    await visitor.see('アドレスを確認しました');
    await look(page, { chapter, name: 'verified', caption: 'The mailbox has answered' }, 'state');
  });
});

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

describe('for members', () => {
  const chapter = 'For members';

  it('home, and the answer', async () => {
    const { page, visitor } = await as(totsukawa);
    await page.goto('/');
    await visitor.see('登録の内容は、いまも正しいですか');
    await look(page, { chapter, name: 'home', caption: 'Is my registration right?' });
    await page.setViewportSize({ width: 375, height: 812 });
    await visitor.press('メニュー');
    await page.setViewportSize({ width: 375, height: 812 });
    await look(page, { chapter, name: 'menu', caption: 'The menu of a phone' }, 'state');
    await visitor.press('変更はありません');
    await visitor.see('「変更はありません」と記録しました');
    await look(page, { chapter, name: 'confirmed', caption: 'Nothing has changed' }, 'state');
  });

  it('registration, editing, the look before sending, and after', async () => {
    const { page, visitor } = await as(otofuke);
    await page.goto('/registration');
    await visitor.see('登録情報');
    await page.getByText(/^第1版　/).waitFor();
    await look(page, {
      chapter,
      name: 'registration',
      caption: 'The registration, with the age of each field',
    });
    await visitor.press('修正する', 'link');
    await visitor.see('登録を修正する');
    await look(page, { chapter, name: 'edit', caption: 'Editing: only what changes is unfolded' });
    await page
      .getByRole('button', { name: /^この部署を修正する/ })
      .first()
      .click();
    const name = page.locator('input[name="departments.0.name"]');
    const was = await name.inputValue();
    await name.fill('');
    await visitor.press('変更の内容を確かめる');
    await page.getByRole('alert').waitFor();
    await look(page, { chapter, name: 'edit-error', caption: 'What has to be mended' }, 'state');
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
    await look(
      page,
      { chapter, name: 'edit-more', caption: 'A postal code fills in; a person goes, and may come back' },
      'state',
    );
    await visitor.press('元に戻す');
    await visitor.press('変更の内容を確かめる');
    await visitor.see(/この内容で届け出ますか/);
    await look(page, { chapter, name: 'check', caption: 'The look before sending, in words' });
    await visitor.press('この内容で届け出る');
    await visitor.see(/新しいアドレスのコードを入力してください/);
    await look(page, { chapter, name: 'sent', caption: 'The code of a new mailbox' });
    await visitor.press('この変更届を取り下げる');
    await page.getByText('取り下げると、').waitFor();
    await look(page, { chapter, name: 'withdraw', caption: 'Taking back asks once more' }, 'state');
    await page.goto('/change-requests');
    await visitor.see('変更届の状況');
    await page.getByText('新しいアドレスの確認待ち').waitFor();
    await look(page, {
      chapter,
      name: 'change-requests',
      caption: 'What was sent, and whose turn it is',
    });
    await page.goto('/registration/edit');
    await visitor.see('先に出された変更届があります');
    await look(page, { chapter, name: 'edit-open', caption: 'One change request at a time' }, 'state');
  });

  it('handing over, and where one is signed in', async () => {
    const { page, visitor } = await as(totsukawa);
    await page.goto('/registration/handover');
    await visitor.see('引継ぎを届け出る');
    await look(page, { chapter, name: 'handover', caption: 'Handing over on a date' });
    await visitor.press('届け出る内容を確かめる');
    await page.getByRole('alert').waitFor();
    await look(page, { chapter, name: 'handover-error', caption: 'A name is missing' }, 'state');
    await visitor.type(/^氏名/, '檜垣 史織');
    await visitor.press('届け出る内容を確かめる');
    await visitor.see(/付けの引継ぎです。/);
    await look(page, { chapter, name: 'handover-check', caption: 'From that day on' }, 'state');
    await page.goto('/account');
    await visitor.see('ログインの状況');
    await page.getByText('この画面', { exact: true }).waitFor();
    await look(page, { chapter, name: 'sessions', caption: 'Where one is signed in' });
  });
});

describe('for the office', () => {
  const chapter = 'For the office';

  it('what waits, and the review', async () => {
    const { page, visitor } = await as(reviewer.signedIn);
    await page.goto('/staff');
    await visitor.see('今日の仕事');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await look(page, { chapter, name: 'today', caption: 'What waits today' });
    await page.goto('/staff/review');
    await visitor.see('内容確認');
    const first = page.locator('.queue a').first();
    await first.waitFor();
    await look(page, { chapter, name: 'queue', caption: 'Change requests, oldest first' });
    await first.click();
    await page.getByRole('button', { name: /反映する/ }).waitFor();
    await look(page, { chapter, name: 'review', caption: 'Old and new side by side' });
    await page.getByRole('checkbox').first().uncheck();
    await page
      .getByRole('button', { name: /反映する|差し戻す/ })
      .first()
      .click();
    await page.getByRole('alert').first().waitFor();
    await look(
      page,
      { chapter, name: 'review-error', caption: 'What isn’t taken over needs a reason' },
      'state',
    );
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: /反映する/ }).click();
    await page.locator('.notice.ok').waitFor();
    await look(page, { chapter, name: 'decided', caption: 'Decided; the next one is offered' }, 'state');
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
    await look(page, {
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
    await look(page, {
      chapter,
      name: 'registrations',
      caption: 'All registrations, searched as one types',
    });
    await page.getByLabel('さがす').fill('そんなまちはない');
    await page
      .getByText(/見つかりません|ありません/)
      .first()
      .waitFor();
    await look(page, { chapter, name: 'registrations-none', caption: 'Nothing found' }, 'state');
    await page.goto(`/staff/registrations/${otofuke.registrationId}`);
    await page.getByRole('heading', { level: 1, name: /音更町/ }).waitFor();
    await page.getByText('第1版').first().waitFor();
    await look(page, {
      chapter,
      name: 'staff-registration',
      caption: 'One registration, its history and mails',
    });
    await page.goto(`/staff/registrations/${totsukawa.registrationId}/edit`);
    await visitor.see('自治体に代わって変更を届け出る');
    await look(page, { chapter, name: 'staff-edit', caption: 'A change heard on the telephone' });
    await page.goto('/staff/registrations/new');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await look(page, { chapter, name: 'staff-new', caption: 'Registering a municipality' });
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
    await look(page, { chapter, name: 'applications', caption: 'Municipalities that ask to join' });
    await application.click();
    await page
      .getByRole('button', { name: /登録する|受け入れる|認める/ })
      .first()
      .waitFor();
    await look(page, { chapter, name: 'application', caption: 'One application' });
    await page.goto('/staff/recoveries');
    const recovery = page
      .locator('main')
      .getByRole('link', { name: /十津川村|R\d+-K/ })
      .first();
    await recovery.waitFor();
    await look(page, { chapter, name: 'recoveries', caption: 'Addresses that nobody reads any more' });
    await recovery.click();
    await page.getByText('桐生 澄香').first().waitFor();
    await look(page, { chapter, name: 'recovery', caption: 'Checked by telephone, agreed by two' });
  });

  it('people, the trail, mails and settings', async () => {
    const { page, visitor } = await as(admin.signedIn);
    await page.goto('/staff/users');
    await page.getByText(admin.person.email).first().waitFor();
    await look(page, { chapter, name: 'users', caption: 'The office’s own accounts' });
    await page.goto(`/staff/users/${colleague.person.accountId}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button').nth(3).waitFor();
    await look(page, { chapter, name: 'user', caption: 'One account, its roles and sessions' });
    await page.goto('/staff/audit');
    await visitor.see('監査ログ');
    await page.locator('main').getByRole('time').or(page.locator('main time')).first().waitFor();
    await look(page, { chapter, name: 'audit', caption: 'Who did what, sealed' });
    await page.goto('/staff/mail');
    await visitor.see('送信メール');
    const mail = page
      .locator('main')
      .getByRole('link', { name: /変更届/ })
      .first();
    await mail.waitFor();
    await look(page, { chapter, name: 'mails', caption: 'What was sent to whom' });
    await mail.click();
    await page.getByRole('heading', { name: '本文' }).waitFor();
    await look(page, { chapter, name: 'mail', caption: 'One mail, as it went out' });
    await page.goto('/staff/settings');
    await visitor.see('設定');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await look(page, {
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
    await look(page, { chapter, name: 'credentials', caption: 'One’s own password and app' });
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
    await look(page, { chapter, name: 'step-up', caption: 'Weighty things ask for a code again' }, 'state');
    await code.fill(await totpOf(portal, admin.person));
    await page.getByRole('button', { name: '確認する' }).click();
    await page.getByText('に案内をお送りしました。').first().waitFor();

    const { page: own, visitor } = await as(null);
    await own.goto('/i');
    await visitor.see(/.+/);
    await look(own, {
      chapter,
      name: 'invitation',
      caption: 'An invited person: number and code of the mail',
    });
    await visitor.type('番号', await invitationNumber(email));
    await visitor.type('コード', await mailedCode(portal, 'staff.staff-invitation', email));
    await own.getByRole('button', { name: '次へ進む' }).click();
    await own.getByRole('img').waitFor();
    await look(own, { chapter, name: 'invitation-set-up', caption: 'App and password' }, 'state');
    const secret = (await own.locator('code').first().innerText()).replace(/\s/g, '');
    await own.getByLabel('新しいパスワード').fill(PASSWORD);
    await own.getByLabel('確認アプリに表示された6桁のコード').fill(new TOTP({ secret }).generate());
    await own.getByRole('button', { name: '設定する' }).click();
    await visitor.see('設定が終わりました');
    await look(own, { chapter, name: 'invitation-done', caption: 'Recovery codes, shown once' }, 'state');
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

/** As ten minutes after signing in. */
const forgetStepUps = (): Promise<unknown> =>
  withConnection(portal.database.adminUrl, (root) => root.query('UPDATE session SET stepped_up_at = NULL'));

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
