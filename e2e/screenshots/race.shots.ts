/** The race "What L2 misses" as a film: after 5, 15, 30 and 60 s, at its end, and its dialog. */
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
});
