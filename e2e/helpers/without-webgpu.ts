/** What holds wherever a browser gives no WebGPU: it trains on the processor. */
import { openApp, setConfig, snapshot, transport, waitForPhase } from './app.ts';
import { expect, test } from './test.ts';

/**
 * Defines the tests of one such browser.
 * @param what is missing, as the titles of the tests say it
 * @param reason what the page says of it
 */
export const testsWithoutWebGpu = (what: string, reason: string): void => {
  test(`without ${what} it trains on the processor, says why, and names browsers that work`, async ({
    page,
  }) => {
    await openApp(page);
    const told = page.getByTestId('device-reason');
    await expect(told).toContainText(reason);
    for (const browser of ['Chrome', 'Edge', 'Safari', 'Firefox']) await expect(told).toContainText(browser);
    await setConfig(page, { side: 32, epochs: 1, evaluateEvery: 1 });
    await transport(page, 'Train').click();
    const { device, evaluations } = await waitForPhase(page, 'finished');
    expect(device).toMatchObject({ phase: 'ready', report: { backend: 'wasm' } });
    expect(evaluations).toHaveLength(1);
  });

  test(`without ${what} a choice of WebGPU is refused, and the processor stays`, async ({ page }) => {
    await openApp(page);
    await page.getByLabel('Train on').selectOption('webgpu');
    await expect(page.getByRole('alert')).toContainText(reason);
    const { device } = await snapshot(page);
    expect(device).toMatchObject({ phase: 'ready', report: { backend: 'wasm' } });
    await expect(page.getByLabel('Train on')).toHaveValue('auto');
  });
};
