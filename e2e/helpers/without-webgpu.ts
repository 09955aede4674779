/** A browser without WebGPU trains on the processor. */
import { openApp, setConfig, snapshot, transport, waitForPhase } from './app.ts';
import { expect, test } from './test.ts';

/**
 * Defines the test for one such browser.
 * @param what the missing part, for the title of the test
 * @param reason the page's reason
 */
export const testWithoutWebGpu = (what: string, reason: string): void => {
  test(`without ${what} the page rejects WebGPU, trains on the processor, says why, and names working browsers`, async ({
    page,
  }) => {
    await openApp(page);
    const onProcessor = { phase: 'ready', report: { backend: 'wasm' } };
    const told = page.getByTestId('device-reason');
    await expect(told).toContainText(reason);
    for (const browser of ['Chrome', 'Edge', 'Safari', 'Firefox']) await expect(told).toContainText(browser);

    await page.getByLabel('Train on').selectOption('webgpu');
    await expect(page.getByRole('alert')).toContainText(reason);
    expect((await snapshot(page)).device).toMatchObject(onProcessor);
    await expect(page.getByLabel('Train on')).toHaveValue('auto');

    await setConfig(page, { side: 32, epochs: 1, evaluateEvery: 1 });
    await transport(page, 'Train').click();
    const { device, evaluations } = await waitForPhase(page, 'finished');
    expect(device).toMatchObject(onProcessor);
    expect(evaluations).toHaveLength(1);
  });
};
