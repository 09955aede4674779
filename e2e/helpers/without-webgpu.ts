/** What holds wherever a browser gives no WebGPU: it trains on the processor. */
import { openApp, setConfig, snapshot, transport, waitForPhase } from './app.ts';
import { expect, test } from './test.ts';

/**
 * Defines the test of one such browser.
 * @param what is missing, as the title of the test says it
 * @param reason what the page says of it
 */
export const testWithoutWebGpu = (what: string, reason: string): void => {
  test(`without ${what} WebGPU is refused, and it trains on the processor, says why, and names browsers that work`, async ({
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
