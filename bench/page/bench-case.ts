/** A single bench: it measures and returns rows, and knows nothing about tables and files. */
import type { BenchRow, DevicePeaks } from '../bench-row.ts';
import type { MeasureOptions } from '../measure.ts';

/** The options of the command line. Plain JSON. */
export interface BenchSettings {
  /** Whether stock tfjs is also measured, which takes most of the time. */
  readonly stock: boolean;
  /** Fewer samples and smaller sizes: figures to work with, not to quote. */
  readonly quick: boolean;
  /** Side of the images, in pixels, for the layers in the geometric mean. */
  readonly layerSide: number;
}

/** The environment of a measurement. */
export interface BenchContext {
  readonly settings: BenchSettings;
  readonly peaks: DevicePeaks;
  readonly timing: Required<MeasureOptions>;
}

export interface BenchCase {
  /** The rows that it promises; if it fails, they are reported as failed. It may return more. */
  readonly ids: readonly string[];
  /** Omitted from a quick bench. */
  readonly slow?: boolean;
  readonly run: (context: BenchContext) => Promise<readonly BenchRow[]>;
}

/** The name of a baseline, with the number of samples if they are few. */
export const baselineName = (name: string, samples: number): string =>
  samples >= 5 ? name : `${name}, median of ${samples}`;
