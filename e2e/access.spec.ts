/** axe finds nothing wrong with any state of the page, light and dark. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

// Colours that are on their way from one theme to the other have a contrast of their own.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

interface Finding {
  readonly rule: string;
  readonly help: string;
  readonly elements: readonly string[];
}

/** What axe finds in a part of the page, by all of its default rules or by some. */
const findings = async (page: Page, part: string, rules?: readonly string[]): Promise<readonly Finding[]> => {
  // Elements without a finding are not described, which would take most of the time.
  const builder = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .include(part);
  const { violations } = await (rules ? builder.withRules([...rules]) : builder).analyze();
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
 * All rules in the light; in the dark the one that sees colours, since nothing else of the page changes with them.
 * @param part selector of what is looked at: of a modal dialog, behind which the page was looked at before
 */
const expectAccessible = async (page: Page, state: string, part = 'html'): Promise<void> => {
  await setTheme(page, 'light');
  expect.soft(await findings(page, part), `${state}, light`).toEqual([]);
  await setTheme(page, 'dark');
  expect.soft(await findings(page, part, ['color-contrast']), `${state}, dark`).toEqual([]);
};

const dialog = '[role=dialog]';

test('axe finds no violation: before and after training, in tour and dialogs, on every page, at 390 pixels', async ({
  page,
}) => {
  await openApp(page);
  await expectAccessible(page, 'first visit');

  await page.getByRole('button', { name: 'Take the tour' }).click();
  await expect(page.getByRole('dialog', { name: 'Data' })).toBeVisible();
  await expectAccessible(page, 'tour', '.driver-popover');
  await page.keyboard.press('Escape');

  await setConfig(page, { side: 32, width: 0.25, batch: 8, epochs: 2, evaluateEvery: 1 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  await expect(page.getByTestId('done-notice')).toBeVisible();
  await page.evaluate(() => window.residua.store.actions.run.openLink('#preset=none'));
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page, 'trained, with its notice and an alert');

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page, 'shortcuts', dialog);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Weight', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'weight', dialog);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'runs', dialog);
  await page.keyboard.press('Escape');

  await page.evaluate(() => {
    const { store } = window.residua;
    const { loaded } = store.getState().dataset;
    const category = loaded?.category ?? { name: '', samples: [], setAside: [], notices: [] };
    const categories = [category, { ...category, name: 'another' }];
    store.setState((state) => ({ dataset: { ...state.dataset, pending: { categories, setAside: [] } } }));
  });
  await expect(page.getByRole('dialog', { name: 'Which category?' })).toBeVisible();
  await expectAccessible(page, 'chooser', dialog);
  await page.keyboard.press('Escape');

  for (const [name, ready] of [
    ['Figures', 'radiogroup'],
    ['Table II', 'heading'],
    ['Method', 'heading'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
    await expect(page.getByRole('main', { name }).getByRole(ready).first()).toBeVisible();
    await expectAccessible(page, name);
  }

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Bench' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, '390 pixels');
});
