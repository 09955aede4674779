/** Guidance for a user: undo, hints, tour, help, and the signs of a run in progress and at its end. */
import { openApp, setConfig, transport, waitForPhase, waitForStep } from './helpers/app.ts';
import { expectHints } from './helpers/hints.ts';
import { expect, test } from './helpers/test.ts';

test.use({ hasTouch: true, contextOptions: { reducedMotion: 'reduce' } });

test('a first visit: first steps, tour, hints, undo by keys, help, and the end of training announced once', async ({
  page,
}) => {
  await openApp(page);
  const firstSteps = page.getByRole('region', { name: 'First steps' });
  await expect(firstSteps).toContainText('sample-part is loaded: press Train');

  await expectHints(page, 'first visit', 'walk');

  // The tour visits all its stops by keyboard, ends on Escape, and restores scroll and focus.
  const column = page.getByRole('complementary', { name: 'Results' });
  await column.evaluate((element) => element.scrollTo({ top: 260, behavior: 'instant' }));
  const tourButton = firstSteps.getByRole('button', { name: 'Take the tour' });
  await tourButton.click();
  const stop = page.locator('.driver-popover');
  await expect(stop).toContainText('1 of 11');
  for (let count = 2; count <= 11; count++) {
    // A stop accepts keys once it is drawn, and its button then has the focus.
    await expect(stop.getByRole('button', { name: 'Next' })).toBeFocused();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.keyboard.press('ArrowRight');
    await expect(stop).toContainText(`${count} of 11`);
    if (count === 8) await expect(page.getByRole('main', { name: 'Spectrum' })).toBeVisible();
  }
  await expect(stop).toContainText('Export saves weights');
  await page.keyboard.press('Escape');
  await expect(stop).toHaveCount(0);
  await expect(tourButton).toBeFocused();
  await expect.poll(() => column.evaluate((element) => element.scrollTop)).toBe(260);

  // Each field of a setting shows its hint on keyboard focus.
  const settings = page.getByRole('complementary', { name: 'Data and settings' });
  const hint = page.locator('.hint');
  await settings.getByLabel('Weight shape', { exact: true }).focus();
  const focused = (selector: string): Promise<boolean> =>
    page.evaluate((within) => document.activeElement?.closest(within) !== null, selector);
  let explained = 0;
  while (await focused('.settings')) {
    if (await focused('.setting')) {
      await expect(hint).toHaveCount(1);
      explained++;
    }
    await page.keyboard.press('Tab');
  }
  expect(explained).toBeGreaterThan(14);
  const rate = page.getByLabel('Learning rate');
  await rate.focus();
  await expect(hint.locator('math').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(hint).toHaveCount(0);
  await settings.getByText('Weight decay', { exact: true }).tap();
  await expect(hint).toContainText('adds the parameters to the gradient');
  await expect(page.getByLabel('Weight decay')).not.toBeFocused();
  // A blocked control says why. It counts as disabled, so the tap must not wait for it.
  await transport(page, 'Stop').tap({ force: true });
  await expect(hint).toContainText('Nothing is trained yet.');

  // Undo and redo by keys from a control; text fields have their own undo.
  const batch = page.getByLabel('Batch', { exact: true });
  await batch.fill('16');
  await batch.press('Enter');
  await expect(page.getByRole('button', { name: 'Undo: batch 8 → 16' })).toBeVisible();
  await page.getByRole('radio', { name: 'WFDL' }).focus();
  await page.keyboard.press('Control+z');
  await expect(batch).toHaveValue('8');
  await expect(page).not.toHaveURL(/batch/);
  await page.keyboard.press('Control+Shift+Z');
  await expect(batch).toHaveValue('16');
  await expect(page).toHaveURL(/batch=16/);

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toContainText('undo a change of settings');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);

  // The icon fills during training and is restored once the end was seen; undo is locked until then.
  const icon = page.locator('link[rel="icon"]');
  await setConfig(page, { side: 32, epochs: 500, evaluateEvery: 500 });
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.keyboard.press('Space');
  await waitForStep(page, 3);
  await expect(icon).toHaveAttribute('href', /^data:image\/svg\+xml,/);
  await expect(page.getByRole('button', { name: /^Undo: / })).toHaveAttribute('aria-disabled', 'true');
  await expect(firstSteps).toHaveCount(0);
  await transport(page, 'Stop').click();
  await waitForPhase(page, 'finished');
  const notice = page.getByTestId('done-notice');
  await expect(notice).toContainText(
    /Training was stopped image AUROC 0\.\d{3}, [−+]0\.\d{3} to the variation model \([^)]+\), stopped at epoch \d+ of \d+, \d+ s/,
  );
  await expect(icon).toHaveAttribute('href', '/icon.svg');
  await notice.getByRole('button', { name: 'Close the notice' }).click();
  await expect(notice).toHaveCount(0);
  await expectHints(page, 'trained', 'walk');

  await page.reload();
  await page.evaluate(() => window.residua.ready);
  await expect(page.getByRole('button', { name: 'Help' })).toBeVisible();
  await expect(firstSteps).toHaveCount(0);
});
