import type { Browser, Page } from 'playwright-core';
import type { AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import { type SignedIn, signInStaff } from '../factories/people.js';
import { openPage, startBrowser, startPortalForBrowsers } from './browser.js';
import { bringSession } from './clerk.js';
import type { TestPortal } from './test-portal.js';
import { type Hands, mouse, Visitor } from './visitor.js';

/** A portal with two editors, who work at the same announcements. */
export interface EditorsDesk {
  readonly portal: TestPortal;
  readonly editor: SignedIn;
  readonly colleague: SignedIn;
  /** A window of the editor's own, with this page. */
  readonly at: (
    address: string,
    hands?: (page: Page) => Hands,
  ) => Promise<{ readonly page: Page; readonly visitor: Visitor }>;
  readonly read: (id: string) => Promise<AnnouncementResponse>;
  readonly close: () => Promise<void>;
}

export async function openEditorsDesk(): Promise<EditorsDesk> {
  const portal = await startPortalForBrowsers();
  const browser: Browser = await startBrowser();
  const editor = await signInStaff(portal, ['editor'], '堀越 直央');
  const colleague = await signInStaff(portal, ['editor'], '藤澤 理久');
  return {
    portal,
    editor,
    colleague,
    at: async (address, hands = mouse) => {
      const { page, context } = await openPage(browser, portal);
      await bringSession(context, portal, editor.cookie);
      await page.goto(address);
      return { page, visitor: new Visitor(page, hands(page)) };
    },
    read: async (id) => (await colleague.client.get<AnnouncementResponse>(`/announcements/${id}`)).body,
    close: async () => {
      await browser.close();
      await portal.close();
    },
  };
}
