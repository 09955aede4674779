/** A browser with WebGPU on a machine where it finds no adapter. */
import { openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = (launchOptions.args ?? []).filter((flag) => !flag.startsWith('--use-webgpu-adapter'));
    await use({ ...launchOptions, args: [...args, '--disable-gpu', '--disable-software-rasterizer'] });
  },
});

test('without an adapter it trains on the processor, says why, and names browsers that work', async ({
  page,
}) => {
  await openApp(page);
  const reason = page.getByTestId('device-reason');
  await expect(reason).toContainText('no graphics adapter');
  for (const browser of ['Chrome', 'Edge', 'Safari', 'Firefox']) await expect(reason).toContainText(browser);
  await setConfig(page, { side: 32, epochs: 1, evaluateEvery: 1 });
  await transport(page, 'Train').click();
  const { device, evaluations } = await waitForPhase(page, 'finished');
  expect(device).toMatchObject({ phase: 'ready', report: { backend: 'wasm' } });
  expect(evaluations).toHaveLength(1);
});

test('without an adapter a choice of WebGPU is refused, and the processor stays', async ({ page }) => {
  await openApp(page);
  await page.getByLabel('Train on').selectOption('webgpu');
  await expect(page.getByRole('alert')).toContainText('no graphics adapter');
  const { device } = await snapshot(page);
  expect(device).toMatchObject({ phase: 'ready', report: { backend: 'wasm' } });
  await expect(page.getByLabel('Train on')).toHaveValue('auto');
});
