/** Light and dark themes, by the system and by choice; a narrow window. */
import { openApp } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

/** Lightness of the page's background, 0 (black) to 255. */
const groundLightness = `(() => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (red + green + blue) / 3;
})()`;

test('the theme follows the system until the user chooses one, and the choice is saved; a page of 390 pixels needs no horizontal scrolling', async ({
  page,
}) => {
  const lightness = (): Promise<number> => page.evaluate<number>(groundLightness);
  await page.emulateMedia({ colorScheme: 'dark' });
  await openApp(page);
  expect(await lightness()).toBeLessThan(80);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(lightness).toBeGreaterThan(200);

  const theme = page.getByRole('button', { name: /^Theme/ });
  await theme.click();
  await theme.click();
  await expect(theme).toHaveAccessibleName('Theme: dark');
  await expect.poll(lightness).toBeLessThan(80);
  await page.reload();
  await expect.poll(lightness).toBeLessThan(80);
  await theme.click();
  await expect.poll(lightness).toBeGreaterThan(200);

  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  for (const name of ['Train', 'Import', 'Open folder']) {
    if (name === 'Open folder') await page.getByRole('tab', { name: 'Settings' }).click();
    const button = page.getByRole('button', { name, exact: true });
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390, name).toBe(true);
  }
});
