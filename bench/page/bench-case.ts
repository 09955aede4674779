/** A bench that is run by itself: it measures and gives rows; it knows nothing of tables and files. */
import type { BenchRow, DevicePeaks } from '../bench-row.ts';
import type { MeasureOptions } from '../measure.ts';

/** What was asked for on the command line. Plain JSON. */
export interface BenchSettings {
  /** Whether stock tfjs is measured too: it takes most of the time. */
  readonly stock: boolean;
  /** Fewer samples and smaller sizes: figures to work by, not to quote. */
  readonly quick: boolean;
  /** Side of the model's images whose layers make the geometric mean, in pixels. */
  readonly layerSide: number;
}

/** What a case measures with. */
export interface BenchContext {
  readonly settings: BenchSettings;
  readonly peaks: DevicePeaks;
  readonly timing: Required<MeasureOptions>;
}

export interface BenchCase {
  /** The rows that it promises; where it fails they are reported as failed. It may give more. */
  readonly ids: readonly string[];
  /** Left out of a quick bench. */
  readonly slow?: boolean;
  readonly run: (context: BenchContext) => Promise<readonly BenchRow[]>;
}

/** Says what a baseline is, and by how many samples where they are few. */
export const baselineName = (name: string, samples: number): string =>
  samples >= 5 ? name : `${name}, median of ${samples}`;
