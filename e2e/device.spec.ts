/** The device: which one and why, how to choose another, and the estimate of a run on it. */
import { openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

const quick = { side: 32, width: 0.25, batch: 8, epochs: 1, evaluateEvery: 1 } as const;

test('software WebGPU yields to the processor, with the reason; the user may still choose it, and the estimate of its run holds', async ({
  page,
}) => {
  await openApp(page);
  const backend = async () => {
    const { device } = await snapshot(page);
    return device.phase === 'ready' ? device.report.backend : device.phase;
  };
  expect(await backend()).toBe('wasm');
  await expect(page.getByTestId('device-reason')).toContainText('WebAssembly is several times faster');
  await expect(page.getByTestId('device')).toContainText('CPU, WebAssembly');

  await page.getByLabel('Train on').selectOption('webgpu');
  await expect.poll(backend).toBe('webgpu');
  await expect(page.getByTestId('device-reason')).toHaveText('You chose it.');
  await setConfig(page, quick);
  const estimate = page.getByTestId('estimate');
  await expect(estimate).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  await expect(estimate).toContainText(/Memory\s*about \d+ MB/, { timeout: 60_000 });
  await expect(estimate).toContainText(/Time\s*about \d+ s/, { timeout: 60_000 });
  const planned = await page.evaluate(() => {
    const { estimate } = window.residua.store.getState().run;
    return estimate.phase === 'ready' ? estimate.estimate.memoryBytes : 0;
  });
  await transport(page, 'Train').click();
  const onWebGpu = await waitForPhase(page, 'finished');
  const held = onWebGpu.status.deviceBytes;
  report(`memory planned ${(planned / 1e6).toFixed(1)} MB, held ${(held / 1e6).toFixed(1)} MB`);
  expect(Math.abs(planned / held - 1)).toBeLessThan(0.15);
  await expect(page.getByRole('textbox', { name: 'Name of WFDL 1' })).toBeVisible();

  await page.getByLabel('Train on').selectOption('wasm');
  await expect.poll(backend).toBe('wasm');
  expect((await snapshot(page)).status.step).toBe(0);
  await transport(page, 'Train').click();
  const onWasm = await waitForPhase(page, 'finished');
  // The same weights and images: the first losses differ only by rounding, 2^-24 per sum of some hundred terms in each layer.
  const [first, again] = [onWebGpu.steps[0]?.loss ?? 0, onWasm.steps[0]?.loss ?? 1];
  expect(Math.abs(first / again - 1)).toBeLessThan(1e-4);
});

test('a memory budget splits batches into micro-batches and reports it; a budget that is too small is rejected', async ({
  page,
}) => {
  await openApp(page);
  await setConfig(page, { ...quick, side: 64, width: 0.5, batch: 32, memoryBudgetMB: 100 });
  await expect(page.getByTestId('micro-batch-note')).toContainText('Each batch of 32 is trained in parts of');
  await setConfig(page, { width: 1, side: 128, memoryBudgetMB: 64 });
  await expect(page.getByTestId('estimate-refused')).toContainText('the memory budget is 64 MB');
  await transport(page, 'Train').click();
  await expect(page.getByRole('alert')).toContainText('Raise the budget', { timeout: 60_000 });
  expect((await snapshot(page)).status.step).toBe(0);
});
