/** The speed of the page itself: its first load, its main thread during training, the delay of the crosshair. */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import {
  chooseDevice,
  openApp,
  setConfig,
  snapshot,
  transport,
  waitForPhase,
  waitForStep,
} from './helpers/app.ts';
import { startTrace, stopTrace } from './helpers/main-thread-trace.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

/** Kilobytes, gzipped, that the page may load before the training worker's code. */
const firstLoadKb = 300;

/** A longer task of the main thread is noticeable. */
const feltMs = 50;

const isWorker = (url: string): boolean => /worker/.test(new URL(url).pathname);

test('the first load is small, and the page can be used while the worker loads', async ({
  page,
  request,
}) => {
  let letThrough = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route(
    (url) => isWorker(url.href),
    async (route) => {
      await asked;
      await route.continue();
    },
  );
  // Requests after the page is ready do not count as its first load, however late this test looks.
  await page.addInitScript(() => {
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('button')) return;
      performance.mark('usable');
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/');
  await page.getByRole('button', { name: 'Method', exact: true }).waitFor();
  const urls = await page.evaluate(() => {
    const [usable] = performance.getEntriesByName('usable');
    const before = performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime <= usable!.startTime);
    return [location.href, ...before.map(({ name }) => name)];
  });
  const sizes = await Promise.all(
    [...new Set(urls)]
      .filter((url) => !isWorker(url) && url.startsWith('http'))
      .map(async (url) => {
        const body = await (await request.get(url)).body();
        return { name: new URL(url).pathname, kb: gzipSync(body).length / 1000 };
      }),
  );
  const kb = sizes.reduce((sum, size) => sum + size.kb, 0);
  report(`first load before the training worker: ${kb.toFixed(0)} kB gzipped in ${sizes.length} files`);
  expect(kb, JSON.stringify(sizes)).toBeLessThan(firstLoadKb);

  // Without a worker, settings and pages still respond.
  const seed = page.getByLabel('Seed', { exact: true });
  await seed.fill('41');
  await seed.press('Enter');
  expect((await snapshot(page)).config.seed).toBe(41);
  await page.getByRole('button', { name: 'Results panel' }).click();
  await expect(page.getByRole('complementary', { name: 'Results' })).not.toBeInViewport();
  letThrough();
  await page.evaluate(() => window.residua.ready);
  await expect(transport(page, 'Train')).toBeEnabled();
});

/** Milliseconds from each pointer event to the frame that shows its crosshair. */
const crosshairDelays = async (page: Page, moves: number): Promise<readonly number[]> => {
  const picture = page.getByTestId('panel-input').locator('.picture');
  const box = await picture.boundingBox();
  if (!box) throw new Error('the input panel is not on the page');
  await page.evaluate(() => {
    const delays: number[] = [];
    Object.assign(window, { crosshairDelays: delays });
    document.addEventListener(
      'pointermove',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          // After the style and layout of this frame.
          const channel = new MessageChannel();
          channel.port1.onmessage = () => delays.push(performance.now() - timeStamp);
          channel.port2.postMessage(undefined);
        }),
      { capture: true },
    );
  });
  for (let move = 0; move < moves; move++) {
    await page.mouse.move(box.x + 10 + move, box.y + 10 + (move % 30));
    await page.waitForTimeout(25);
  }
  const delays: unknown = await page.evaluate(() => Reflect.get(window, 'crosshairDelays'));
  if (!Array.isArray(delays)) throw new Error('no delays were recorded');
  return delays.map(Number).sort((a, b) => a - b);
};

/** Starts counting how often the loss curve is drawn; the returned function gives drawings per second. */
const countLossDrawings = async (page: Page): Promise<() => Promise<number>> => {
  const loss = page.getByRole('region', { name: 'Loss', exact: true });
  await loss.locator('.recharts-line-curve').first().waitFor();
  await loss.evaluate((region) => {
    const count = { drawings: 0, startMs: performance.now() };
    let last = '';
    new MutationObserver(() => {
      const curve = region.querySelector('.recharts-line-curve')?.getAttribute('d') ?? '';
      if (curve !== last) count.drawings += 1;
      last = curve;
    }).observe(region, { subtree: true, childList: true, attributes: true });
    Object.assign(window, { lossDrawings: count });
  });
  return () =>
    page.evaluate(() => {
      const { drawings, startMs } = Reflect.get(window, 'lossDrawings');
      return (drawings / (performance.now() - startMs)) * 1000;
    });
};

test('while training at side 64 the main thread is free, and crosshair and charts follow', async ({
  page,
}) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { side: 64, width: 0.25, batch: 4, epochs: 100, evaluateEvery: 4 });
  await transport(page, 'Train').click();
  await waitForStep(page, 2);
  const drawingsPerSecond = await countLossDrawings(page);
  await startTrace(page);
  const delays = await crosshairDelays(page, 80);
  const drawings = await drawingsPerSecond();
  const tasks = await stopTrace(page);
  await transport(page, 'Stop').click();
  const { steps } = await waitForPhase(page, 'finished');
  const at = (share: number): string => (delays[Math.floor(share * (delays.length - 1))] ?? 0).toFixed(0);
  report(
    `pointer to crosshair while training (${steps.length} steps): median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`,
  );
  report(`loss chart while training: ${drawings.toFixed(1)} drawings a second`);
  const byClock = tasks.map(({ wallMs }) => wallMs).sort((a, b) => b - a);
  report(
    `main thread while training: ${tasks.length} tasks, longest ${tasks[0]?.processorMs.toFixed(0)} ms of processor time, ` +
      `${byClock[0]?.toFixed(0)} ms by the clock; ${byClock.filter((ms) => ms > feltMs).length} above ${feltMs} ms by the clock`,
  );
  expect(drawings).toBeGreaterThan(0);
  expect(delays.length).toBeGreaterThan(40);
  const crosshair = await page.getByTestId('readout').textContent();
  expect(crosshair).toContain('calibrated');
});
