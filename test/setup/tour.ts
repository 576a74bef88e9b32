import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { complaintsOf, faultsAt, NARROW, WIDE } from './browser.js';

interface Stop {
  readonly name: string;
  readonly chapter: string;
  readonly caption: string;
}

/** Tall pages are cut: the picture is to be looked at, not read. CSS pixels. */
const TALLEST = { [WIDE.width]: 1000, [NARROW.width]: 1000 };

/**
 * Goes from page to page and looks at each at both widths: nothing for axe to find, one heading, a title that no other
 * page has, nothing to scroll sideways for, no complaint of the browser. With a folder, it takes pictures, too.
 */
export class Tour {
  private readonly stops: Stop[] = [];
  private readonly titles = new Map<string, string>();

  /** @param folder of the pictures; null: none are taken */
  constructor(private readonly folder: string | null) {
    if (folder === null) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /**
   * @param state of a page that was looked at before, such as with errors: its title is the same
   * @returns what is wrong, a line each
   */
  async stop(page: Page, stop: Stop, state: 'page' | 'state' = 'page'): Promise<string[]> {
    const faults: string[] = [];
    for (const viewport of [WIDE, NARROW]) {
      faults.push(...(await faultsAt(page, viewport)));
      if (this.folder !== null) await this.picture(page, stop.name, viewport.width);
    }
    await page.setViewportSize(WIDE);
    if ((await page.locator('h1:visible').count()) !== 1) faults.push('not one heading of the first level');
    if (state === 'page') faults.push(...this.faultsOfTitle(stop.name, await page.title()));
    this.stops.push(stop);
    return [...faults, ...complaintsOf(page)];
  }

  private faultsOfTitle(name: string, title: string): string[] {
    const other = this.titles.get(title);
    this.titles.set(title, name);
    if (!/^.+ \| 特別区全国連携プロジェクト 会員用ホームページ$/.test(title)) return [`called ${title}`];
    return other === undefined ? [] : [`called like ${other}`];
  }

  private async picture(page: Page, name: string, width: number): Promise<void> {
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.screenshot({
      path: path.join(this.folder as string, `${name}-${width}.png`),
      fullPage: true,
      clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST[width] ?? height) },
      caret: 'hide',
    });
  }

  /** A page of Markdown that shows every stop, in order, with its chapter. */
  write(file: string, introduction: string): void {
    if (this.folder === null) return;
    const pictures = path.relative(path.dirname(file), this.folder);
    const chapters = [...new Set(this.stops.map(({ chapter }) => chapter))];
    const text = chapters.map((chapter) =>
      [
        `## ${chapter}`,
        ...this.stops
          .filter((stop) => stop.chapter === chapter)
          .map(
            ({ name, caption }) =>
              `### ${caption}\n\n<img src="${pictures}/${name}-1280.png" width="640" alt="${caption}, at 1280 px"> <img src="${pictures}/${name}-375.png" width="190" alt="${caption}, at 375 px">`,
          ),
      ].join('\n\n'),
    );
    writeFileSync(file, `${introduction}\n\n${text.join('\n\n')}\n`);
  }
}
