/** The built app in the stock Firefox: a dropped folder trains until its loss has halved. */
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '#store/automation.ts';
import { firefoxExecutable, firefoxPreferences } from '../../src/cli/browsers.ts';
import { ensureBuilt, type ServedApp, serveApp, withoutPair } from '../../src/cli/built-app.ts';
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
  await page.goto(withoutPair(server.url));
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

/** More than the 100 entries that a reader returns at once. */
const trainCount = 104;
const testCount = 6;

const category = (): NamedBytes[] => [
  ...Array.from({ length: trainCount }, (_, index) => named(`widget/train/good/${index}.png`, index, false)),
  ...Array.from({ length: testCount }, (_, index) =>
    named(`widget/test/good/${index}.png`, 100 + index, false),
  ),
  ...Array.from({ length: testCount }, (_, index) =>
    named(`widget/test/spot/${index}.png`, 200 + index, true),
  ),
];

/**
 * Drops a folder through the page's own handlers, with real bytes in its files. WebDriver cannot drag from the disk, and a
 * script cannot create a folder entry. So the entries are stand-ins with the methods of the File and Directory Entries API,
 * which return at most 100 entries at a time, as in browsers.
 */
const dropFolder = (name: string, files: readonly NamedBytes[]): Promise<void> =>
  page.evaluate(
    (folder, dropped) => {
      const fileEntry = ({ path, base64 }: NamedBytes) => ({
        isFile: true,
        isDirectory: false,
        fullPath: `/${path}`,
        file: (take: (file: File) => void) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          take(new File([bytes], path.split('/').at(-1) ?? path, { type: 'image/png' }));
        },
      });
      const folderEntry = (path: string): object => ({
        isFile: false,
        isDirectory: true,
        fullPath: `/${path}`,
        createReader: () => {
          const below = dropped.filter((file) => file.path.startsWith(`${path}/`));
          const names = new Set(below.map((file) => file.path.slice(path.length + 1).split('/')[0]));
          const left = [...names].map((entry) => {
            const file = below.find((candidate) => candidate.path === `${path}/${entry}`);
            return file ? fileEntry(file) : folderEntry(`${path}/${entry}`);
          });
          return { readEntries: (take: (entries: object[]) => void) => take(left.splice(0, 100)) };
        },
      });
      const item = {
        kind: 'file',
        type: '',
        webkitGetAsEntry: () => folderEntry(folder),
        getAsFile: () => null,
      };
      const dataTransfer = { types: ['Files'], items: [item], files: [], dropEffect: 'copy' };
      const target = document.querySelector('main, [role=main]') ?? document.body;
      for (const type of ['dragenter', 'dragover', 'drop']) {
        const event = new Event(type, { bubbles: true, cancelable: true });
        Object.defineProperty(event, 'dataTransfer', { value: dataTransfer });
        target.dispatchEvent(event);
      }
    },
    name,
    files,
  );

const snapshot = (): Promise<Snapshot> => page.evaluate(() => window.residua.snapshot());

/** Number of different colors in a panel's picture; 1 if it is blank. */
const colorsOf = (panel: string): Promise<number> =>
  page.$eval(`[data-testid="panel-${panel}"] canvas`, (canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size;
  });

const definedAuroc = (run: Snapshot): number => {
  const auroc = run.evaluations.at(-1)?.imageAuroc;
  if (!auroc?.defined) throw new Error('AUROC is undefined on a split with both classes');
  return auroc.value;
};

describe('the built app in Firefox', () => {
  it('loads a dropped folder', async () => {
    await page.evaluate(() => window.residua.chooseDevice('webgpu'));
    expect((await snapshot()).device).toMatchObject({ phase: 'ready', report: { backend: 'webgpu' } });
    await dropFolder('widget', category());
    // The content security policy forbids puppeteer's own way to wait, which makes code from text.
    await vi.waitFor(async () => expect((await snapshot()).categoryName).toBe('widget'), 60_000);
    const { samples } = await snapshot();
    expect(samples.filter(({ split }) => split === 'train')).toHaveLength(trainCount);
    expect(samples.filter(({ anomalous }) => anomalous)).toHaveLength(testCount);
  });

  it('trains until the loss has halved, shows its AUROC, residual and spectra', async () => {
    await page.evaluate(() =>
      // L2 halves within these few steps; WFDL takes some 400.
      window.residua.setConfig({
        loss: 'l2',
        side: 32,
        width: 0.25,
        batch: 8,
        epochs: 4,
        evaluateEvery: 4,
        learningRate: 0.01,
        seed: 1,
      }),
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

    expect(definedAuroc(run)).toBeCloseTo(aurocOfSnapshot(run), 12);
    const shown = (): Promise<string | null> =>
      page.$eval('[data-testid="auroc"]', ({ textContent }) => textContent);
    await vi.waitFor(async () => expect(await shown()).toBe(definedAuroc(run).toFixed(3)), 20_000);
    for (const panel of ['reconstruction', 'residual', 'spectrum-input', 'spectrum-reconstruction']) {
      expect(await colorsOf(panel), panel).toBeGreaterThan(16);
    }
  });

  it('imports its own export with identical scores', async () => {
    const before = await snapshot();
    await page.evaluate(async () => window.residua.importRun(await window.residua.exportRun()));
    const after = await snapshot();
    expect(after.evaluations.at(-1)?.scores).toEqual(before.evaluations.at(-1)?.scores);
    expect(after.steps).toEqual(before.steps);
    expect(pageErrors).toEqual([]);
  });
});
