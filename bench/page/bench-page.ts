/** Opens the device in a page and waits for requests of `bench/run.ts`. */
import { openDevice } from '#engine/device.ts';
import { releaseFreeBuffers } from '#engine/webgpu/submission.ts';
import { watchDevice } from '#engine/webgpu/watch-device.ts';
import type { BenchRow, DevicePeaks } from '../bench-row.ts';
import { benchFmaPeak } from '../conv.ts';
import { benchCopyPeak } from '../copy-peak.ts';
import { activateBackend, type MeasureOptions } from '../measure.ts';
import { submitAsStock } from '../submission.ts';
import type { BenchCase, BenchSettings } from './bench-case.ts';
import { benchCases } from './cases.ts';
import { makeReadbacksPrompt } from './prompt-readbacks.ts';

/** The device with its measured limits. */
export interface BenchDevice {
  readonly name: string;
  readonly peaks: DevicePeaks;
  /** Time of a readback with nothing to wait for, in milliseconds. */
  readonly readbackMs: number;
  readonly timing: Required<MeasureOptions>;
}

/** The page's functions. Plain JSON in and out. */
export interface BenchPage {
  open(settings: BenchSettings): Promise<BenchDevice>;
  /** The ids that each case promises, in the order in which they run. */
  cases(): readonly (readonly string[])[];
  /** Runs the case at this index in `cases`. */
  run(index: number): Promise<readonly BenchRow[]>;
}

declare global {
  interface Window {
    residuaBench: BenchPage;
  }
}

/** Number of readback times per sample: waiting for one then adds at most a tenth. */
const readbacksPerSample = 10;

const measureFmaPeak = ({ samples, leastSampleMs }: Required<MeasureOptions>): Promise<number> =>
  benchFmaPeak({ runs: samples, leastRunMs: leastSampleMs });

let settings: BenchSettings | undefined;
let device: BenchDevice | undefined;
let cases: readonly BenchCase[] = [];
let deviceError: Error | undefined;

window.residuaBench = {
  open: async (wanted) => {
    const { name } = await openDevice('webgpu');
    submitAsStock();
    watchDevice((error) => {
      deviceError ??= error;
    });
    const readbackMs = await makeReadbacksPrompt();
    const timing = wanted.quick
      ? { samples: 3, leastSampleMs: Math.max(100, readbackMs * 3) }
      : { samples: 5, leastSampleMs: Math.max(300, readbackMs * readbacksPerSample) };
    const peaks = { gflops: await measureFmaPeak(timing), gbs: await benchCopyPeak(timing) };
    settings = wanted;
    cases = benchCases(wanted);
    device = { name, peaks, readbackMs, timing };
    return device;
  },
  cases: () => cases.map(({ ids }) => ids),
  run: async (index) => {
    const found = cases[index];
    if (!found || !device || !settings) throw new Error(`Bench ${index} does not exist in an open page.`);
    const { peaks, timing } = device;
    await activateBackend('webgpu');
    releaseFreeBuffers();
    // Measured again each time, and the best counts: a peak reduced by other load would inflate all later shares.
    const gflops = Math.max(peaks.gflops, await measureFmaPeak(timing));
    device = { ...device, peaks: { ...peaks, gflops } };
    const rows = await found.run({ settings, peaks: device.peaks, timing });
    // A rejected command leaves zeros, and finishes quickly.
    if (deviceError) throw deviceError;
    return rows;
  },
};
