import type { Browser, Page } from 'playwright-core';
import { startBrowser, startPortalForBrowsers } from '../setup/browser.js';
import { type Clerk, newClerk, signInOnPage } from '../setup/clerk.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import type { TestPortal } from '../setup/test-portal.js';
import { type Hands, keyboard, mouse } from '../setup/visitor.js';

let portal: TestPortal;
let browser: Browser;

beforeAll(async () => {
  portal = await startPortalForBrowsers();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await portal.close();
});

const rowOf = (sql: string, id: string): Promise<unknown> =>
  withConnection(portal.database.adminUrl, async (admin) => (await admin.query(sql, [id])).rows[0]);

const HANDS: [name: string, hands: (page: Page) => Hands][] = [
  ['mouse', mouse],
  ['keyboard alone', keyboard],
];

async function arrive(hands: (page: Page) => Hands): Promise<Clerk> {
  const clerk = await newClerk(browser, portal, hands);
  await clerk.page.goto('/');
  return clerk;
}

describe.each(HANDS)('with the %s', (_name, hands) => {
  it('a clerk confirms that nothing has changed, in 4 screens and 3 typed things', async () => {
    const clerk = await arrive(hands);
    const { visitor, registration } = clerk;
    await signInOnPage(portal, clerk);
    await visitor.see('登録の内容は、いまも正しいですか');
    await visitor.press('変更はありません');
    await visitor.see('「変更はありません」と記録しました');

    expect(visitor.screens.length).toBeLessThanOrEqual(4);
    expect(visitor.typed.length).toBeLessThanOrEqual(3);
    const confirmed = await rowOf(
      `SELECT last_confirmed_at IS NOT NULL AS confirmed FROM registration WHERE id = $1`,
      registration.id,
    );
    expect(confirmed).toEqual({ confirmed: true });
  });

  it('a clerk hands over to a new person from April, in 6 screens', async () => {
    const clerk = await arrive(hands);
    const { visitor, registration } = clerk;
    await signInOnPage(portal, clerk);
    await visitor.see('登録の内容は、いまも正しいですか');
    await visitor.press('引継ぎの届出', 'link');
    await visitor.see('引継ぎを届け出る');
    await visitor.type(/^氏名/, '檜垣 史織');
    await visitor.type('ふりがな', 'ひがき しおり');
    await visitor.press('届け出る内容を確かめる');
    await visitor.see(/付けの引継ぎです。.*この内容で届け出ますか/s);
    await visitor.press('この内容で届け出る');
    await visitor.see('届出を受け付けました');

    expect(visitor.screens.length).toBeLessThanOrEqual(6);
    const request = await rowOf(
      `SELECT kind, status, to_char(effective_on, 'MM-DD') AS day FROM change_request WHERE registration_id = $1`,
      registration.id,
    );
    expect(request).toEqual({ kind: 'handover', status: 'under_review', day: '04-01' });
  });
});
