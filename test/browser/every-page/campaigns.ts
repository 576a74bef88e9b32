import type { Page } from 'playwright-core';
import type { CampaignPage } from '../../../src/campaigns/campaign.dto.js';
import type { TargetPage } from '../../../src/campaigns/target.dto.js';
import { DevCampaign } from '../../../src/demo/dev-campaign.service.js';
import { withConnection } from '../../../src/platform/database/database-roles.js';
import type { RegistrationResponse } from '../../../src/registry/registration.dto.js';
import { create, LADDER } from '../../factories/campaigns.js';
import { type SignedIn, signInAs, signInMember } from '../../factories/people.js';
import type { Client } from '../../setup/client.js';
import { admin, as, colleague, expectNoFaults, portal } from './stage.js';

const TITLE = '令和9年度 登録情報の年度確認';

/** Few enough that lists are looked through in seconds: 奈良県 and 山梨県. */
const AUDIENCE = { kind: 'chosen', prefectures: ['290009', '190004'] };

const showing = async (page: Page, address: string, heading: string | RegExp): Promise<void> => {
  await page.goto(address);
  await page.getByRole('heading', { name: heading }).first().waitFor();
};

/** @returns a clerk of a town hall that hasn't answered, and has nothing else on its way either */
async function somebodyAsked(client: Client, id: string): Promise<SignedIn> {
  const { items } = (await client.get<TargetPage>(`/campaigns/${id}/targets?status=open`)).body;
  const registrationId = items.at(-1)?.registrationId ?? '';
  const { body } = await client.get<RegistrationResponse>(`/registrations/${registrationId}`);
  return signInMember(portal, { id: registrationId, mailbox: body.departments[0]?.email ?? '' });
}

/** No mail leaves this portal: they are noted as if they had. */
const allSent = (): Promise<unknown> =>
  withConnection(portal.database.adminUrl, (root) =>
    root.query('UPDATE outbox_message SET sent_at = now() WHERE sent_at IS NULL'),
  );

/** What the office has to ask whether all of it is still right, from the plan to the telephone. */
export function walkForCampaigns(): void {
  describe('for campaigns', () => {
    const chapter = 'For campaigns';

    it('planning one, wrong and right', async () => {
      // Whoever starts one has shown a second factor a moment ago.
      const { page, visitor } = await as(await signInAs(portal, colleague.person, ['reviewer']));
      await showing(page, '/staff/campaigns', '年度確認');
      await page.getByRole('link', { name: /登録情報の年度確認/ }).waitFor();
      await page.getByText('使っていません').waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'campaigns',
        caption: 'All campaigns, and whether the portal asks by itself',
      });
      await visitor.press('年度確認を作る', 'link');
      await visitor.see('新しい年度確認');
      await expectNoFaults(page, {
        chapter,
        name: 'campaign-new',
        caption: 'A plan begins from one that is ready',
      });
      await page.getByLabel('条件や名前で選ぶ').check();
      await page.getByText(/^最後の確認（/).click();
      await page
        .getByText(/^メールの書き出しの文/)
        .nth(1)
        .click();
      await page.getByLabel(/^期限/).fill('');
      await visitor.press(/^下書きを保存/);
      await page.getByRole('alert').first().waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'campaign-new-error', caption: 'What is missing, with the way to it' },
        'state',
      );
      await page.getByLabel(/^期限/).fill('2027-04-10');
      await visitor.press(/^下書きを保存/);
      await page.getByRole('heading', { name: /始める前に直すところ/ }).waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'campaign-preview',
        caption: 'Before it starts: what has to be mended first',
      });
      await visitor.press('この下書きを消す');
      await expectNoFaults(
        page,
        { chapter, name: 'campaign-discard', caption: 'A draft is thrown away after a question' },
        'state',
      );
    });

    /** Of the one that is started here. */
    let id = '';

    it('starting one, and watching it', async () => {
      const signedIn = await signInAs(portal, colleague.person, ['reviewer']);
      ({ id } = await create(signedIn.client, { title: `${TITLE}（本番）`, audience: AUDIENCE }));
      const { page, visitor } = await as(signedIn);
      await showing(page, `/staff/campaigns/${id}`, '届くメール');
      await page.getByText('件名').first().waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'campaign-ready', caption: 'Who, when, how many, and real mails' },
        'state',
      );
      await visitor.press(/件の自治体で始める$/);
      await page.getByRole('heading', { name: '都道府県ごとの確認' }).waitFor();
      for (let steps = 0; steps < LADDER.length; steps += 1) await portal.app.get(DevCampaign).toNextStep(id);
      await allSent();
      await showing(page, `/staff/campaigns/${id}`, '回答の推移');
      await page.getByRole('img', { name: /確認済みの割合の推移/ }).waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'campaign',
        caption: 'How it stands, and what to do today',
      });
      await page.getByText('数字を表で見る').click();
      await page.getByText(/^ほかの\d+都道府県を見る/).click();
      await visitor.press('年度確認を終える');
      await expectNoFaults(
        page,
        { chapter, name: 'campaign-more', caption: 'The same in numbers; ending it asks once' },
        'state',
      );
      await visitor.press('一時停止する');
      await page
        .getByText(/^一時停止しました/)
        .first()
        .waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'campaign-paused', caption: 'Nothing goes for the time being' },
        'state',
      );
      await visitor.press('再開する');
      await page
        .getByText(/^再開しました/)
        .first()
        .waitFor();
    });

    it('what is to come, and whom it asks', async () => {
      const { page } = await as(await signInAs(portal, colleague.person, ['reviewer']));
      await showing(page, `/staff/campaigns/${id}/mails`, '届くメール');
      await page.getByText('これから送るメールはありません。').waitFor();
      await expectNoFaults(page, { chapter, name: 'campaign-mails', caption: 'What is still to go' });
      await showing(page, `/staff/campaigns/${id}/edit`, 'お願いの段階');
      await expectNoFaults(page, {
        chapter,
        name: 'campaign-change',
        caption: 'What is still to come can be changed',
      });
      await showing(page, `/staff/campaigns/${id}/targets?status=open&prefecture=290009`, '対象の自治体');
      await page
        .getByText(/^\d+件/)
        .first()
        .waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'campaign-targets',
        caption: 'Whom it asks, and what became of it',
      });
    });

    it('calling, and writing letters', async () => {
      const { page, visitor } = await as(await signInAs(portal, colleague.person, ['reviewer']));
      await showing(page, `/staff/campaigns/${id}/calls`, '電話リスト');
      await page
        .getByRole('button', { name: /^結果を書く/ })
        .first()
        .click();
      await page.getByText('いまの登録', { exact: true }).waitFor();
      await page.getByLabel(/^一部だけ正しい/).check();
      await page
        .getByText(/^メール\d+通/)
        .first()
        .click();
      await visitor.press('結果を記録する');
      await page.getByRole('alert').first().waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'campaign-calls',
        caption: 'Whom to call, with what is registered to be read out',
      });
      await page.getByLabel(/^すべて正しい/).check();
      await visitor.press('結果を記録する');
      await page
        .getByText(/すべて確認済みにしました/)
        .first()
        .waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'campaign-called', caption: 'What is done with keeps its place in the list' },
        'state',
      );
      await showing(page, `/staff/campaigns/${id}/calls?way=letter`, '郵送リスト');
      await page.getByText(/^宛名\d+件を印刷する/).waitFor();
      await expectNoFaults(page, { chapter, name: 'campaign-letters', caption: 'Whom to write to' });
    });

    it('what a member is asked, last year’s, and the switch', async () => {
      const office = await signInAs(portal, admin.person, ['admin']);
      const { page: home, visitor } = await as(await somebodyAsked(office.client, id));
      await home.goto('/');
      await visitor.see('登録の内容は、いまも正しいですか');
      await home.getByText(`${TITLE}（本番）`).waitFor();
      await expectNoFaults(
        home,
        { chapter, name: 'home-asked', caption: 'Home while the office asks' },
        'state',
      );
      await visitor.press('変更はありません');
      await visitor.see('「変更はありません」と記録しました');
      await home.getByText(/お答えいただき、ありがとうございました/).waitFor();
      const { items } = (await office.client.get<CampaignPage>('/campaigns')).body;
      const ended = items.find(({ state }) => state === 'closed');
      const { page } = await as(office);
      await showing(page, `/staff/campaigns/${ended?.id}`, '回答の推移');
      await page.getByRole('img', { name: /確認済みの割合の推移/ }).waitFor();
      await expectNoFaults(page, { chapter, name: 'campaign-ended', caption: 'What remains of last year’s' });
      await page.goto('/staff/campaigns');
      await page.getByRole('button', { name: '自動のお願いを使う' }).click();
      await page.getByText('自動のお願いを使うことにしました。').waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'campaigns-standing', caption: 'The portal asks by itself' },
        'state',
      );
    });
  });
}
