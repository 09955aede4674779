/** Starts the device in a page and waits for `bench/run.ts` to ask for benches. */
import { openDevice } from '#gpu/device.ts';
import { benchFmaPeak } from '../conv.ts';
import { type BenchCase, type BenchRow, type BenchSettings, benchCases } from './rows.ts';

/** What the page does when asked. */
export interface BenchPage {
  /** Starts the device; returns its name and its peak in GFLOP/s. */
  start(settings: BenchSettings): Promise<{ readonly device: string; readonly peakGflops: number }>;
  /** Names of all benches. */
  names(): readonly string[];
  run(name: string): Promise<readonly BenchRow[]>;
}

declare global {
  interface Window {
    residuaBench: BenchPage;
  }
}

let cases: readonly BenchCase[] = [];

window.residuaBench = {
  start: async (settings) => {
    const { name } = await openDevice();
    cases = benchCases(settings);
    return { device: name, peakGflops: await benchFmaPeak() };
  },
  names: () => cases.map(({ name }) => name),
  run: async (wanted) => {
    const found = cases.find(({ name }) => name === wanted);
    if (!found) throw new Error(`There is no bench ${wanted}.`);
    return found.run();
  },
};
