/** A browser with WebGPU on a machine where it finds no adapter. */
import { openApp, snapshot, transport } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = (launchOptions.args ?? []).filter((flag) => !flag.startsWith('--use-webgpu-adapter'));
    await use({ ...launchOptions, args: [...args, '--disable-gpu', '--disable-software-rasterizer'] });
  },
});

test('without an adapter it says so and names browsers that work', async ({ page }) => {
  await openApp(page);
  const banner = page.getByRole('alert');
  await expect(banner).toContainText('no graphics adapter');
  for (const browser of ['Chrome', 'Edge', 'Safari', 'Firefox']) await expect(banner).toContainText(browser);
  await expect(transport(page, 'Train')).toBeDisabled();
  expect((await snapshot(page)).device).toMatchObject({ phase: 'failed', error: { code: 'no-webgpu' } });
});
