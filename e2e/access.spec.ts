/** axe reports no violation in any state of the page, light and dark. */
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

const dialog = '[role=dialog]';

test('axe reports no violation: before and after training, in tour and dialogs, on every page, at 390 pixels', async ({
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

  await page.evaluate(() => {
    const { store } = window.residua;
    store.setState(({ dataset, run }) => ({
      dataset: { ...dataset, loading: { name: 'bottle', side: 64, done: 80, total: 292 } },
      run: {
        ...run,
        status: { ...run.status, activity: 'evaluating', progress: { share: 0.4, remainingMs: 5000 } },
      },
    }));
  });
  await expect(page.getByRole('progressbar', { name: 'Decoding bottle' })).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('evaluating 40 %');
  await expectAccessible(page, 'decoding and evaluating');
  await page.evaluate(() => {
    const { store } = window.residua;
    store.setState(({ dataset, run }) => ({
      dataset: { ...dataset, loading: undefined },
      run: { ...run, status: { ...run.status, activity: undefined, progress: undefined } },
    }));
  });

  await page.evaluate(() => window.residua.store.setState(({ run }) => ({ run: { ...run, savedStep: 0 } })));
  await transport(page, 'Reset').click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page, 'question', '[role=alertdialog]');
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page, 'shortcuts', dialog);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'View weight', exact: true }).click();
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
    const category = loaded?.category ?? { name: '', samples: [], skippedFiles: [], notices: [] };
    const categories = [category, { ...category, name: 'another' }];
    store.setState((state) => ({ dataset: { ...state.dataset, pending: { categories, skippedFiles: [] } } }));
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
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Method' }).click();
  await expect(page.getByRole('region', { name: 'Losses', exact: true })).toBeVisible();
  await expectAccessible(page, 'Method at 390 pixels');
});
