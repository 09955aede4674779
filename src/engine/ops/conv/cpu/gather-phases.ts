/** The pixels and taps of a gathering convolution: the forward direction or the input gradient, at any stride. */
import type { ConvolutionGeometry } from '../geometry.ts';

export type GatherDirection = 'forward' | 'input-gradient';

/** The pixels of the result along one axis that use the same taps: `offset`, `offset` + step, ... */
export interface AxisPhase {
  readonly offset: number;
  /** Number of these pixels. */
  readonly pixels: number;
  /** Position in the source of the first pixel's first tap; may be negative. */
  readonly first: number;
  /** The filter's taps for the neighboring source pixels from `first` on, in the order of these pixels. */
  readonly taps: readonly number[];
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const forwardAxis = (pixels: number, kernel: number, pad: number): AxisPhase[] => [
  { offset: 0, pixels, first: -pad, taps: range(kernel) },
];

/**
 * x[i] contributes to y[o] through tap i + pad - o stride. So the pixels i = offset + stride q use every
 * stride-th tap. The lowest of these taps belongs to o = q + (offset + pad) / stride, rounded down, and each
 * next tap to the next lower o.
 */
const gradientAxis = (size: number, kernel: number, pad: number, stride: number): AxisPhase[] =>
  range(Math.min(stride, size)).map((offset) => {
    const lowest = (offset + pad) % stride;
    const count = Math.max(0, Math.ceil((kernel - lowest) / stride));
    return {
      offset,
      pixels: Math.ceil((size - offset) / stride),
      first: Math.floor((offset + pad) / stride) - (count - 1),
      taps: range(count)
        .reverse()
        .map((index) => lowest + stride * index),
    };
  });

/** Phases of rows and of columns; every pair of a row phase and a column phase is a phase of pixels. */
export const gatherPhases = (
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
): { rows: readonly AxisPhase[]; columns: readonly AxisPhase[] } => {
  const { kernelRows, kernelColumns, padRows, padColumns, stride } = geometry;
  if (direction === 'forward') {
    return {
      rows: forwardAxis(geometry.outputRows, kernelRows, padRows),
      columns: forwardAxis(geometry.outputColumns, kernelColumns, padColumns),
    };
  }
  return {
    rows: gradientAxis(geometry.rows, kernelRows, padRows, stride),
    columns: gradientAxis(geometry.columns, kernelColumns, padColumns, stride),
  };
};
