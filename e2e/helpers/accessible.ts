/** Checks that axe reports nothing on the page, light and dark, and that every control has a hint. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectHints } from './hints.ts';
import { expect } from './test.ts';

interface Finding {
  readonly rule: string;
  readonly help: string;
  readonly elements: readonly string[];
}

/** The violations that axe reports in a part of the page, by all of its default rules. */
const findings = async (page: Page, part: string): Promise<readonly Finding[]> => {
  // Do not describe elements without a violation: that would take most of the time.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .include(part)
    .analyze();
  return violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    elements: nodes.slice(0, 4).map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  }));
};

const setTheme = async (page: Page, theme: 'light' | 'dark'): Promise<void> => {
  await page.evaluate((wanted) => window.residua.store.actions.view.set({ theme: wanted }), theme);
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
};

/**
 * Checks all rules in light and dark. Leaves the page dark.
 * @param part selector of the part to check, such as a modal dialog over a page that was already checked
 */
export const expectAccessible = async (page: Page, state: string, part = 'html'): Promise<void> => {
  // While colors change from one theme to the other, their contrast belongs to neither.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await setTheme(page, 'light');
  expect.soft(await findings(page, part), `${state}, light`).toEqual([]);
  await expectHints(page, state);
  await setTheme(page, 'dark');
  expect.soft(await findings(page, part), `${state}, dark`).toEqual([]);
};
