import type { Page } from 'playwright-core';
import type { AnnouncementPage, AnnouncementResponse } from '../../../src/announcements/announcement.dto.js';
import { correctionOf, draft, publish } from '../../factories/announcements.js';
import { as, editor, expectNoFaults, otofuke } from './stage.js';

const chapter = 'For editors';

/** A text with what Markdown can do. */
const BODY = [
  '## 日時と場所',
  '',
  '- 8月28日（水）14時から16時まで',
  '- 東京区政会館（千代田区飯田橋3-5-1）、**オンラインでも**ご覧になれます',
  '',
  '## 申込み',
  '',
  '8月21日までに、[申込みのページ](https://www.tokyo23city.or.jp/)からお申し込みください。',
  '',
  '| 内容 | 時間 |',
  '| --- | --- |',
  '| 講演 | 60分 |',
  '| 意見交換 | 45分 |',
].join('\n');

const showing = async (page: Page, address: string, text: string | RegExp): Promise<void> => {
  await page.goto(address);
  await page.getByText(text).first().waitFor();
};

/** What those have who write announcements. */
export function walkForEditors(): void {
  describe('for editors', () => {
    it('writing one', async () => {
      const { client } = editor.signedIn;
      await draft(editor.signedIn, { title: '全国連携展示の出展のお願い', audience: { kind: 'chosen' } });
      const { page, visitor } = await as(editor.signedIn);
      await page.goto('/staff/announcements/new');
      await visitor.see('新しいお知らせ');
      await expectNoFaults(page, { chapter, name: 'announcement-new', caption: 'A new announcement' });
      await visitor.press('下書きを保存する');
      await page.getByRole('alert').first().waitFor();
      await expectNoFaults(
        page,
        { chapter, name: 'announcement-error', caption: 'What is missing is said, with the way to it' },
        'state',
      );
      const { id } = await draft(editor.signedIn, {
        body: BODY,
        audience: { kind: 'chosen', prefectures: ['010006'], types: ['town'], municipalities: ['294497'] },
        expiresAt: '2031-08-28T15:00:00Z',
      });
      await showing(page, `/staff/announcements/${id}/edit`, /いま当てはまるのは/);
      await page.getByRole('heading', { name: '日時と場所' }).waitFor();
      await page.getByText('奈良県十津川村', { exact: true }).waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-edit',
        caption: 'A draft, its preview, and how many it is for',
      });
      await page.getByLabel('ファイルを加える').setInputFiles([
        { name: '開催要項.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') },
        { name: '案内.pdf', mimeType: 'application/pdf', buffer: Buffer.from('PDFではない') },
      ]);
      await page.getByText('ファイルの中身が、名前の拡張子（.pdf）と合っていません。').first().waitFor();
      await page.getByRole('button', { name: /^外す.*（開催要項\.pdf）/ }).waitFor();
      await visitor.type('自治体をさがす', 'おとふけ');
      await page.getByRole('button', { name: /音更町.*を加える/ }).waitFor();
      await expectNoFaults(
        page,
        {
          chapter,
          name: 'announcement-files',
          caption: 'Files with the reason why one isn’t taken, and municipalities chosen by name',
        },
        'state',
      );
      await showing(page, `/staff/announcements/${id}`, /いま当てはまるのは/);
      await page.getByText('件名').waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-check',
        caption: 'Before it goes out: as readers see it, its mail, and whom it is for',
      });
      const { body } = await client.get<AnnouncementResponse>(`/announcements/${id}`);
      await client.post(`/announcements/${id}/schedule`, {
        ifMatch: body.version,
        body: { publishAt: '2031-04-01T00:00:00Z' },
      });
      await showing(page, `/staff/announcements/${id}`, '公開の予定を取り消す');
      await expectNoFaults(
        page,
        { chapter, name: 'announcement-scheduled', caption: 'It goes out by itself' },
        'state',
      );
    });

    it('what became of it', async () => {
      const { client } = editor.signedIn;
      const out = await publish(editor.signedIn, { title: '防災力向上のための研修のご案内', body: BODY });
      await otofuke.client.post(`/announcements/${out.id}/acknowledgements`, { body: { revision: 1 } });
      const { body: corrected } = await client.post<AnnouncementResponse>(
        `/announcements/${out.id}/corrections`,
        {
          ifMatch: out.version,
          body: correctionOf(out, {
            body: BODY.replace('14時から16時', '15時から17時'),
            title: `${out.title}（再）`,
          }),
        },
      );
      expect(corrected.revision).toBe(2);
      const { page, visitor } = await as(editor.signedIn);
      await showing(page, '/staff/announcements', corrected.title);
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-list',
        caption: 'All announcements, drafts and scheduled ones as well',
      });
      await showing(page, '/staff/announcements?q=そんなお知らせはない', '当てはまるお知らせはありません');
      await expectNoFaults(
        page,
        { chapter, name: 'announcement-list-none', caption: 'Nothing found' },
        'state',
      );
      await showing(page, `/staff/announcements/${out.id}`, '掲載を終える');
      await visitor.press('掲載を終える');
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-out',
        caption: 'One that is out, and how far it has got',
      });
      await showing(page, `/staff/announcements/${out.id}/correct`, /いま当てはまるのは/);
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-correct',
        caption: 'A correction, in the open',
      });
      await visitor.type(/^要約/, `${corrected.summary}会場が変わりました。`);
      await visitor.type(/^訂正の内容/, '会場を改めました。');
      await visitor.press('訂正の確認へ進む');
      await page.getByRole('heading', { name: '知らせる先' }).waitFor();
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-correct-check',
        caption: 'Before a correction goes out: what changes, and who is told',
      });
      await showing(page, `/staff/announcements/${out.id}/history`, '第2版（訂正）');
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-history',
        caption: 'What it said before, with marks on what changed',
      });
      // One of the demo's, which has been read for a while.
      const { body: found } = await client.get<AnnouncementPage>(
        `/announcements?q=${encodeURIComponent('10年のあゆみ')}`,
      );
      await showing(page, `/staff/announcements/${found.items[0]?.id}/reach`, '自治体ごとの状況');
      await visitor.press('未確認の自治体にもう一度お願いする');
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-reach',
        caption: 'Who has acknowledged it, and asking the others once more',
      });
      await showing(page, '/staff/announcements/settings', '1日1回のまとめ');
      await expectNoFaults(page, {
        chapter,
        name: 'announcement-settings',
        caption: 'Categories, files and the hour of the daily mail',
      });
      await showing(page, '/staff', corrected.title);
      await expectNoFaults(page, { chapter, name: 'today-editor', caption: 'An editor’s day' }, 'state');
    });
  });
}
