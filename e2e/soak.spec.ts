/** Long use leaks nothing: steps, cycles of a run, and swaps of the images. RESIDUA_SOAK=1 runs all of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseDevice, openApp, setConfig, waitForStep } from './helpers/app.ts';
import { writeCategory } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { type MemoryUse, medianSlope, openMemory } from './helpers/memory.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

const full = process.env['RESIDUA_SOAK'] === '1';
const cycles = full ? 50 : 8;
const swaps = full ? 20 : 8;
const steps = 2000;
/** Measurements of the steps. */
const measurements = 10;

const category = { train: 40, good: 10, defects: { spot: 10 } } as const;
const side = 32;
/** Larger, so that a left image set is more than the noise of a heap. */
const swappedSide = 64;

/**
 * The most bytes that each step, cycle or swap may leave. A heap also grows by compiled code, by 5 MB at the most, and its
 * measurements differ by 1 to 2 MB: these count less in the long form.
 */
const bounds = {
  /** An image of a batch. */
  stepInPage: 3 * 4 * side ** 2,
  /** Several times the losses of a step, which stay in the history. */
  stepInWorker: 512,
  /** Shares of the weights, in the page and in the worker. */
  cycle: full ? [1 / 4, 1 / 16] : [1, 1],
  /** All decoded images; in the long form, in the worker, a seventh of them. */
  swap: [60 * 3 * swappedSide ** 2, full ? 100_000 : 60 * 3 * swappedSide ** 2],
} as const;

/** Measures after each round; the first `warmUp` rounds fill caches and do not count. */
const measureRounds = async (
  measure: () => Promise<MemoryUse>,
  rounds: number,
  warmUp: number,
  round: (index: number) => Promise<void>,
): Promise<readonly MemoryUse[]> => {
  const uses: MemoryUse[] = [];
  for (let index = 0; index < rounds; index++) {
    await round(index);
    if (index >= warmUp) uses.push(await measure());
  }
  return uses;
};

/**
 * Growth of the memory in use, per round: between the least measurements of both halves, because a collection may leave
 * something, but never takes too much.
 */
const growth = (values: readonly number[]): number => {
  const half = Math.floor(values.length / 2);
  return (Math.min(...values.slice(-half)) - Math.min(...values.slice(0, half))) / (values.length - half);
};

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);

/**
 * Checks that tensors and device memory are constant, and that the heaps grow by less than a bound.
 * @param perRound steps, cycles or swaps of a round
 * @param most bytes for each of them, in the page and in the worker
 */
const expectFlat = (
  name: string,
  uses: readonly MemoryUse[],
  perRound: number,
  most: readonly [page: number, worker: number],
): void => {
  const { tensors, deviceBytes } = uses[0]!;
  for (const use of uses) expect(use, name).toMatchObject({ tensors, deviceBytes });
  report(`${name}: always ${tensors} tensors, ${deviceBytes} B on the device`);
  for (const [index, key] of (['pageBytes', 'workerBytes'] as const).entries()) {
    const bytes = uses.map((use) => use[key]);
    const slope = medianSlope(bytes) / perRound;
    report(`${name}: ${key} grow by ${slope.toFixed(0)} B each: ${bytes.map(megabytes).join(' ')} MB`);
    expect(growth(bytes) / perRound, `${name}: ${key}`).toBeLessThan(most[index]!);
  }
};

/** Starts a run, stops it after two steps, removes it from the retained runs, and resets. */
const cycle = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { store } = window.residua;
    const until = (holds: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds()) return;
          leave();
          resolve();
        };
        const leave = store.subscribe(look);
        look();
      });
    const { run, runs } = store.actions;
    await run.startNew();
    await until(() => store.getState().run.status.step >= 2);
    await run.stop();
    await until(
      () =>
        store.getState().run.status.phase === 'finished' &&
        store.getState().run.task === undefined &&
        store.getState().runs.retained.length > 0,
    );
    for (const { id } of store.getState().runs.retained) await runs.remove(id);
    await runs.forgetRemoved();
    await run.reset();
  });

test('steps, cycles of a run and swaps of the images leave no tensor, device memory or object behind', async ({
  page,
}) => {
  // The garbage collections take most of it.
  if (full) test.setTimeout(1_500_000);
  const folder = mkdtempSync(join(tmpdir(), 'residua-soak-'));
  const names = ['bolt', 'nut'] as const;
  for (const name of names) writeCategory(join(folder, name), category);
  const open = async (name: string): Promise<void> => {
    await dropFiles(page, [join(folder, name)]);
    await page.waitForFunction(
      (wanted) => {
        const { loaded, loading } = window.residua.store.getState().dataset;
        return loaded?.category.name === wanted && loading === undefined;
      },
      name,
      { polling: 20 },
    );
  };
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { side, width: 0.25, batch: 4, epochs: 100_000, evaluateEvery: 100_000 });
  await open('bolt');
  const measure = await openMemory(page);

  let startMs = performance.now();
  const lap = (what: string): void => {
    report(`${what}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
    startMs = performance.now();
  };
  await page.evaluate(() => void window.residua.store.actions.run.start());
  const each = steps / measurements;
  const ofSteps = await measureRounds(measure, measurements + 1, 1, (index) =>
    waitForStep(page, each * (index + 1)),
  );
  lap(`${steps} steps`);
  expectFlat('steps', ofSteps, each, [bounds.stepInPage, bounds.stepInWorker]);
  await page.evaluate(() => window.residua.store.actions.run.pause());

  const ofCycles = await measureRounds(measure, cycles, 3, () => cycle(page));
  lap(`${cycles} cycles`);
  const parameters = await page.evaluate(
    () => window.residua.store.getState().run.summary?.parameterCount ?? 0,
  );
  const [inPage, inWorker] = bounds.cycle;
  expectFlat('cycles', ofCycles, 1, [4 * parameters * inPage, 4 * parameters * inWorker]);

  await setConfig(page, { side: swappedSide });
  const ofSwaps = await measureRounds(measure, swaps / 2, 1, async () => {
    await open('nut');
    await open('bolt');
  });
  lap(`${swaps} swaps`);
  expectFlat('swaps', ofSwaps, 2, bounds.swap);
  rmSync(folder, { recursive: true });
});
