import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Settings } from '../../src/config/env.js';
import { somewhere } from './client.js';
import { freePort } from './child.js';
import { startTestPortal, type TestPortal } from './test-portal.js';

const PLACES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** No sandbox: tests may run as root in a container. Nothing of the browser's own calls out. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=ja',
];

/** @throws Error when there is no Chromium, saying how to get one */
export async function startBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) {
    throw new Error('Chromium is not installed: `apt-get install chromium`, or set CHROMIUM_PATH.');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A portal that a browser reaches under its own public address. */
export async function startPortalForBrowsers(overrides: Partial<Settings> = {}): Promise<TestPortal> {
  const port = await freePort();
  return startTestPortal({ ...overrides, port, publicUrl: `http://127.0.0.1:${port}` });
}

/** A limit for what never comes, not a measure. */
const TIMEOUT_MS = 15_000;

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 375, height: 812 };

/** What a page complained of since it was opened, such as something that the policy forbids. */
const complaints = new WeakMap<Page, string[]>();

/** Somebody at a computer of their own. */
export async function openPage(
  browser: Browser,
  portal: TestPortal,
  viewport = WIDE,
): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const context = await browser.newContext({
    baseURL: portal.settings.publicUrl,
    viewport,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    extraHTTPHeaders: { 'x-forwarded-for': somewhere() },
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const heard: string[] = [];
  complaints.set(page, heard);
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('console', (message) => {
    // An answer that says no is no fault of the page; it is shown there.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      heard.push(message.text());
    }
  });
  return { page, context };
}

export const complaintsOf = (page: Page): readonly string[] => complaints.get(page) ?? [];

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** @returns what axe finds wrong, a line each: the rule and where */
async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** @returns whether one would have to scroll sideways */
const overflowsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

/** @returns what axe finds at this width, and whether one would have to scroll sideways */
export async function faultsAt(page: Page, viewport: typeof WIDE): Promise<string[]> {
  await page.setViewportSize(viewport);
  const faults = await axeFindings(page);
  if (await overflowsSideways(page)) faults.push('scrolls sideways');
  return faults.map((fault) => `${viewport.width} px: ${fault}`);
}

/** The same at a phone's and a desktop's width. */
export const faultsAtBothWidths = async (page: Page): Promise<string[]> => [
  ...(await faultsAt(page, NARROW)),
  ...(await faultsAt(page, WIDE)),
];
