/** Runs all benches in one browser, each separately. If a bench fails, hangs or crashes the page, only its rows are lost. */
import { type BrowserPage, openPage } from '#cli/browser-page.ts';
import type { BrowserName } from '#cli/train-command.ts';
import { type BenchRow, failedRow } from './bench-row.ts';
import type { BenchSettings } from './page/bench-case.ts';
import type { BenchDevice } from './page/bench-page.ts';
import { PyTorchTimes } from './pytorch-rows.ts';
import { tableHead, tableLine } from './table.ts';

/** A row of results.json. */
export interface ResultRow extends BenchRow {
  readonly browser: BrowserName;
  readonly browserVersion: string;
  readonly device: string;
}

/** Longer than any bench needs on the slowest device; beyond it, a bench is assumed to hang. */
const longestCaseMs = 15 * 60 * 1000;

interface OpenBench {
  readonly page: BrowserPage;
  readonly device: BenchDevice;
}

const open = async (browser: BrowserName, url: string, settings: BenchSettings): Promise<OpenBench> => {
  const page = await openPage(browser, url);
  try {
    return { page, device: await page.run((wanted) => window.residuaBench.open(wanted), settings) };
  } catch (error) {
    await page.close();
    throw error;
  }
};

const withinTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('It took longer than 15 minutes.')), longestCaseMs);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
};

const announce = ({ page, device }: OpenBench): void => {
  const { name, peaks, readbackMs, timing } = device;
  console.log(
    `\n${page.browser}, ${name}: ${peaks.gflops.toPrecision(3)} GFLOP/s of multiply-adds, ` +
      `${peaks.gbs.toPrecision(3)} GB/s of copying\n` +
      `medians of ${timing.samples} samples of at least ${timing.leastSampleMs.toFixed(0)} ms; ` +
      `a readback takes ${readbackMs.toFixed(1)} ms`,
  );
  console.log(tableHead());
};

/**
 * Runs the benches with an id that contains `only`, prints each row when it is ready, and passes it to `onRow`.
 * @param url of the bench page
 * @throws Error if the browser does not open, or has no device
 */
export const benchInBrowser = async (
  browser: BrowserName,
  url: string,
  { only, ...settings }: BenchSettings & { readonly only: string },
  onRow: (row: ResultRow) => void,
): Promise<void> => {
  let bench = await open(browser, url, settings);
  const pyTorch = new PyTorchTimes();
  try {
    announce(bench);
    const cases = await bench.page.run(() => window.residuaBench.cases(), undefined);
    for (const [index, ids] of cases.entries()) {
      if (!ids.some((id) => id.includes(only))) continue;
      let rows: readonly BenchRow[];
      let failed = false;
      pyTorch.take(ids);
      try {
        rows = await withinTime(bench.page.run((place) => window.residuaBench.run(place), index));
      } catch (error) {
        failed = true;
        const reason = error instanceof Error ? error.message : String(error);
        rows = ids.map((id) => failedRow(id, reason));
      }
      for (const row of rows.map((given) => pyTorch.complete(given))) {
        console.log(tableLine(row));
        onRow({ ...row, browser, browserVersion: bench.page.browser, device: bench.device.name });
      }
      if (failed) {
        // A new page discards everything that a bench left behind, including a lost device.
        await bench.page.close();
        bench = await open(browser, url, settings);
      }
    }
  } finally {
    await bench.page.close();
  }
};
