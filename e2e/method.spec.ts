/** The Method page explains the training recipe with pictures that it computes from the sample category. */
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, snapshot } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

test('the recipe is set and pictured on the Method page', async ({ page }) => {
  await openApp(page);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Method' }).click();
  const figure = page.getByTestId('gradient-figure');
  await expect(figure, 'nothing is computed before the figure is near').toHaveAttribute(
    'data-phase',
    'computing',
  );
  await page
    .getByRole('navigation', { name: 'Contents' })
    .getByRole('button', { name: 'The training recipe' })
    .click();
  await expect(figure).toHaveAttribute('data-phase', 'ready');

  await test.step('pictures and curves have their numbers in text', async () => {
    await expect(figure.getByRole('img')).toHaveCount(10);
    // The sum of w^2 over radii below 8, divided by that over all except the zero frequency: 0.2 % at this side.
    const final = figure.getByRole('region', { name: 'Mean color, final weight' });
    await expect(
      final.getByRole('img', { name: /radii below 8: 0.2 % of the squared length/ }),
    ).toBeVisible();
    await figure.getByRole('button', { name: 'Chart menu: Phase coherence of the gradient' }).click();
    await page.getByRole('menuitem', { name: 'Show as table' }).click();
    await expect(figure.getByRole('columnheader')).toHaveText([
      'radius (cycles per image)',
      'coherence against the mean of other good images',
      'coherence against the mean color',
    ]);
    await expect(figure.getByRole('row')).toHaveCount(46);
  });

  await test.step('its controls are those of the bench', async () => {
    const recipe = page.getByRole('region', { name: 'The training recipe' });
    await recipe.getByLabel('Initial weights').selectOption('he-normal');
    await recipe.getByLabel('Schedule').selectOption('constant');
    await recipe.getByLabel('Curriculum').fill('0.25');
    await recipe.getByLabel('Curriculum').press('Enter');
    const { config } = await snapshot(page);
    expect([config.initialisation, config.schedule, config.curriculum]).toEqual([
      'he-normal',
      'constant',
      0.25,
    ]);
  });

  await expectAccessible(page, 'Method with its pictures', 'main');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, 'Method with its pictures at 390 pixels', 'main');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
