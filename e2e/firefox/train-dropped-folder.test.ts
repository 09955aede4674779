/** The built app in the stock Firefox: a dropped folder trains until its loss has halved. */
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '#store/automation.ts';
import { firefoxExecutable, firefoxPreferences } from '../../src/cli/browsers.ts';
import { ensureBuilt, type ServedApp, serveApp } from '../../src/cli/built-app.ts';
import { aurocOfSnapshot } from '../helpers/auroc-by-pairs.ts';
import { pngImage } from '../helpers/category-folder.ts';
import { report } from '../helpers/report.ts';

let server: ServedApp;
let browser: Browser;
let page: Page;
const pageErrors: string[] = [];

beforeAll(async () => {
  await ensureBuilt();
  server = await serveApp();
  browser = await launch({
    browser: 'firefox',
    executablePath: firefoxExecutable(),
    headless: true,
    extraPrefsFirefox: firefoxPreferences,
    protocolTimeout: 600_000,
  });
  page = await browser.newPage();
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(server.url);
  await page.evaluate(() => window.residua.ready);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface NamedBytes {
  readonly path: string;
  readonly base64: string;
}

const named = (path: string, seed: number, defect: boolean): NamedBytes => ({
  path,
  base64: Buffer.from(pngImage(seed, defect)).toString('base64'),
});

const category = (): NamedBytes[] => [
  ...Array.from({ length: 32 }, (_, index) => named(`widget/train/good/${index}.png`, index, false)),
  ...Array.from({ length: 6 }, (_, index) => named(`widget/test/good/${index}.png`, 100 + index, false)),
  ...Array.from({ length: 6 }, (_, index) => named(`widget/test/spot/${index}.png`, 200 + index, true)),
];

/**
 * Drops files through the page's own handlers. WebDriver cannot drag from the disk, and a script cannot make a folder
 * entry, so each file carries its path the way a picked folder's files do.
 */
const drop = (files: readonly NamedBytes[]): Promise<void> =>
  page.evaluate((dropped) => {
    const transfer = new DataTransfer();
    for (const { path, base64 } of dropped) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const file = new File([bytes], path.split('/').at(-1) ?? path, { type: 'image/png' });
      Object.defineProperty(file, 'webkitRelativePath', { value: path });
      transfer.items.add(file);
    }
    const target = document.querySelector('main') ?? document.body;
    for (const type of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }
  }, files);

const snapshot = (): Promise<Snapshot> => page.evaluate(() => window.residua.snapshot());

describe('the built app in Firefox', () => {
  it('trains on a dropped folder until the loss has halved, and shows its AUROC', async () => {
    expect((await snapshot()).device).toMatchObject({ phase: 'ready' });
    await drop(category());
    await page.waitForFunction(() => window.residua.snapshot().categoryName === 'widget', {
      timeout: 60_000,
    });
    expect((await snapshot()).samples).toHaveLength(44);

    await page.evaluate(() =>
      window.residua.setConfig({ side: 64, width: 0.25, batch: 8, epochs: 12, evaluateEvery: 12, seed: 1 }),
    );
    const startMs = performance.now();
    await page.evaluate(() => window.residua.train());
    const run = await snapshot();
    const losses = run.steps.map(({ loss }) => loss);
    report(
      `Firefox: ${losses.length} steps in ${Math.round(performance.now() - startMs)} ms, ` +
        `loss ${losses[0]?.toPrecision(4)} -> ${losses.at(-1)?.toPrecision(4)}`,
    );
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(Math.min(...losses)).toBeLessThan((losses[0] ?? 0) / 2);

    const auroc = run.evaluations.at(-1)?.imageAuroc;
    if (!auroc?.defined) throw new Error('AUROC is undefined on a split with both classes');
    expect(auroc.value).toBeCloseTo(aurocOfSnapshot(run), 12);
    const shown = await page.$eval('[data-testid="auroc"]', (element) => element.textContent);
    expect(shown).toBe(auroc.value.toFixed(3));
    expect(pageErrors).toEqual([]);
  });
});
