/** A browser without WebGPU: the page says so, and still shows images. */
import { openApp, snapshot, transport } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

const withoutGpu = "Object.defineProperty(navigator, 'gpu', { value: undefined });\n";

test.beforeEach(async ({ page, context }) => {
  await page.addInitScript(withoutGpu);
  // Workers do not run init scripts: theirs is the first line of their own file.
  await context.route('**/*worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: withoutGpu + (await response.text()) });
  });
});

test('without WebGPU it says so, names browsers that work, and shows the sample category all the same', async ({
  page,
}) => {
  await openApp(page);
  const banner = page.getByRole('alert');
  await expect(banner).toContainText('This browser has no WebGPU');
  for (const browser of ['Chrome', 'Edge', 'Safari', 'Firefox']) await expect(banner).toContainText(browser);
  await expect(transport(page, 'Train')).toBeDisabled();
  const { device, samples } = await snapshot(page);
  expect(device).toMatchObject({ phase: 'failed', error: { code: 'no-webgpu' } });
  expect(samples.length).toBeGreaterThan(100);
});
