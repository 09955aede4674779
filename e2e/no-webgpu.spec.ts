/** A browser without WebGPU: the page says so, and still shows images. */
import { openApp, snapshot, transport } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

test.describe('where the browser has no WebGPU', () => {
  test.beforeEach(async ({ page, context }) => {
    // Workers do not run init scripts: their navigator is changed in the worker's own first lines.
    await context.route('**/*.js', async (route) => {
      const response = await route.fetch();
      const body = await response.text();
      const inWorker =
        "if (typeof document === 'undefined') Object.defineProperty(navigator, 'gpu', { value: undefined });\n";
      await route.fulfill({ response, body: inWorker + body });
    });
    await page.addInitScript(() => Object.defineProperty(navigator, 'gpu', { value: undefined }));
  });

  test('it says so, names browsers that work, and shows the sample category all the same', async ({
    page,
  }) => {
    await openApp(page);
    const banner = page.getByRole('alert');
    await expect(banner).toContainText('WebGPU');
    await expect(banner).toContainText('Chrome');
    await expect(banner).toContainText('Firefox');
    await expect(transport(page, 'Train')).toBeDisabled();
    const { device, samples } = await snapshot(page);
    expect(device).toMatchObject({ phase: 'failed', error: { code: 'no-webgpu' } });
    expect(samples.length).toBeGreaterThan(100);
  });
});

test.describe('where WebGPU finds no adapter', () => {
  test.use({
    launchOptions: async ({ launchOptions }, use) => {
      const args = (launchOptions.args ?? []).filter((flag) => !/webgpu/.test(flag));
      await use({ ...launchOptions, args: [...args, '--disable-gpu', '--disable-software-rasterizer'] });
    },
  });

  test('it says so and names browsers that work', async ({ page }) => {
    await openApp(page);
    await expect(page.getByRole('alert')).toContainText('Chrome');
    await expect(transport(page, 'Train')).toBeDisabled();
  });
});
