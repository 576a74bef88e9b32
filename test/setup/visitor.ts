import type { Locator, Page } from 'playwright-core';

/** How somebody works: with the mouse, or with the keyboard alone. */
export interface Hands {
  press(target: Locator): Promise<void>;
  fill(target: Locator, text: string): Promise<void>;
}

export const mouse = (): Hands => ({
  press: (target) => target.click(),
  fill: (target, text) => target.fill(text),
});

/** More stops than any page has. */
const MOST_STOPS = 150;

/** Tab, letters, space and Enter: nothing is clicked, and focus is never put anywhere. */
export function keyboard(page: Page): Hands {
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor();
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      if ((await target.and(page.locator(':focus')).count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab doesn't lead to ${String(target)}`);
  };
  /** Tab leads to a group of radio buttons, the arrows lead from one to the next. */
  const choose = async (target: Locator): Promise<void> => {
    const group = page.locator(`input[type=radio][name="${await target.getAttribute('name')}"]`);
    const checked = group.and(page.locator(':checked'));
    await reach((await checked.count()) > 0 ? checked : group.first());
    await page.keyboard.press('Space');
    for (let stops = 0; stops < (await group.count()) && !(await target.isChecked()); stops += 1) {
      await page.keyboard.press('ArrowDown');
    }
  };
  return {
    press: async (target) => {
      if (await isOfType(target, 'radio')) return choose(target);
      await reach(target);
      await page.keyboard.press((await isOfType(target, 'checkbox')) ? 'Space' : 'Enter');
    },
    fill: async (target, text) => {
      await reach(target);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
  };
}

const isOfType = async (target: Locator, type: string): Promise<boolean> =>
  (await target.getAttribute('type')) === type;

/** Counts what a path takes: screens by their headings, and what has to be typed. */
export class Visitor {
  readonly screens: string[] = [];
  readonly typed: string[] = [];

  constructor(
    readonly page: Page,
    private readonly hands: Hands = mouse(),
  ) {}

  /** Waits for a screen with this heading. */
  async see(heading: string | RegExp): Promise<void> {
    const h1 = this.page.getByRole('heading', { level: 1, name: heading });
    await h1.waitFor();
    this.screens.push(await h1.innerText());
  }

  async type(label: string | RegExp, text: string): Promise<void> {
    await this.hands.fill(this.field(label), text);
    this.typed.push(String(label));
  }

  press(name: string | RegExp, role: 'button' | 'link' | 'radio' | 'checkbox' = 'button'): Promise<void> {
    return this.hands.press(this.page.getByRole(role, { name, exact: typeof name === 'string' }));
  }

  field(label: string | RegExp): Locator {
    return this.page.getByRole('textbox', { name: label });
  }
}
