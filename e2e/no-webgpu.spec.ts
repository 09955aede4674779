/** A browser without WebGPU: it trains on the processor. */
import { openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
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

test('without WebGPU it trains on the processor, says why, and names browsers that work', async ({
  page,
}) => {
  await openApp(page);
  const reason = page.getByTestId('device-reason');
  await expect(reason).toContainText('no WebGPU');
  for (const browser of ['Chrome', 'Edge', 'Safari', 'Firefox']) await expect(reason).toContainText(browser);
  await setConfig(page, { side: 32, epochs: 1, evaluateEvery: 1 });
  await transport(page, 'Train').click();
  const { device, evaluations } = await waitForPhase(page, 'finished');
  expect(device).toMatchObject({ phase: 'ready', report: { backend: 'wasm' } });
  expect(evaluations).toHaveLength(1);
});

test('without WebGPU a choice of WebGPU is refused, and the processor stays', async ({ page }) => {
  await openApp(page);
  await page.getByLabel('Train on').selectOption('webgpu');
  await expect(page.getByRole('alert')).toContainText('no WebGPU');
  const { device } = await snapshot(page);
  expect(device).toMatchObject({ phase: 'ready', report: { backend: 'wasm' } });
  await expect(page.getByLabel('Train on')).toHaveValue('auto');
});
