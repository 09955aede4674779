/**
 * The race "What L2 misses" as a film: its dialog, after 5, 15, 30 and 60 s, at its end, in the table of runs, reopened, and on
 * the page Spectrum with the bundled pair.
 */
import { openApp } from '../helpers/app.ts';
import { test } from '../helpers/test.ts';
import { shoot } from './shoot.ts';

const moments = [5, 15, 30, 60] as const;

test('a race', async ({ page }) => {
  await openApp(page);
  await page.getByRole('button', { name: 'Race against…' }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(1500);
  await shoot(page, 'race-dialog');
  await page.getByRole('button', { name: 'What L2 misses' }).click();
  const pausedUrl = (paused: boolean) =>
    page.evaluate((wanted) => {
      const { run } = window.residua.store.actions;
      return wanted ? run.pause() : run.start();
    }, paused);
  let passed = 0;
  for (const seconds of moments) {
    await page.waitForTimeout(1000 * (seconds - passed));
    passed = seconds;
    // The pictures take longer than the moments are apart.
    await pausedUrl(true);
    await page.waitForTimeout(1500);
    await shoot(page, `race-${seconds}-s`);
    await pausedUrl(false);
  }
  await page.getByTestId('race-verdict').waitFor({ timeout: 300_000 });
  await page.waitForTimeout(1500);
  await shoot(page, 'race-verdict');
  await page.getByRole('button', { name: 'Spectrum', exact: true }).click();
  await page.waitForTimeout(1500);
  await shoot(page, 'race-spectrum');
  await page.getByRole('button', { name: 'Bench', exact: true }).click();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await shoot(page, 'race-runs-table');
  await page.keyboard.press('Escape');
  await page.reload();
  await page.evaluate(() => window.residua.ready);
  await page
    .getByRole('button', { name: /^Open race/ })
    .first()
    .click();
  await page.waitForTimeout(5000);
  await shoot(page, 'race-reopened');
});
