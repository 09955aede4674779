/** Spreads the four filter passes of SSIM over threads. Pure: shapes in, numbers out. */
import type { DeviceClass } from '#core/device.ts';

/** Sizes of images in memory, float32 [batch, rows, columns, channels]. */
export interface SsimShape {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

/**
 * A filter along one axis of [outer, length, inner]: each thread makes `perThread` neighbors along it. Their windows overlap,
 * so most values are loaded once for several of them.
 */
export interface FilterPass {
  readonly outer: number;
  readonly inner: number;
  readonly inputLength: number;
  readonly outputLength: number;
  readonly perThread: number;
  /** Threads along the axis. */
  readonly blocks: number;
  readonly groups: number;
}

/** All passes over images of one shape. */
export interface SsimPlan {
  /** Threads of a workgroup. */
  readonly invocations: number;
  /** Windows in the images: outputs of the forward passes. */
  readonly windows: number;
  readonly rows: FilterPass;
  readonly columns: FilterPass;
  readonly adjointRows: FilterPass;
  readonly adjointColumns: FilterPass;
}

/**
 * GPUs: along rows a thread makes one value, so that neighbors in a workgroup read neighbors in memory. Along columns they
 * always do. On CPU devices all loads cost the same, and a small workgroup is enough.
 */
const spreadOn = {
  gpu: { invocations: 128, alongRows: 1, alongColumns: 4 },
  cpu: { invocations: 16, alongRows: 8, alongColumns: 8 },
} as const satisfies Record<DeviceClass, unknown>;

/** Numbers of windows along each axis and in all images; a side below 1 means that the window does not fit. */
export const windowCounts = (
  { batch, rows, columns, channels }: SsimShape,
  window: number,
): { rows: number; columns: number; all: number } => {
  const counts = { rows: rows - window + 1, columns: columns - window + 1 };
  return { ...counts, all: batch * counts.rows * counts.columns * channels };
};

/**
 * Plans SSIM with its gradient.
 * @param window side of the square window in pixels, at most each side of the images
 */
export const planSsim = (shape: SsimShape, window: number, device: DeviceClass): SsimPlan => {
  const { invocations, alongRows, alongColumns } = spreadOn[device];
  const { batch, rows, columns, channels } = shape;
  const counts = windowCounts(shape, window);
  const pass = (
    outer: number,
    [inputLength, outputLength]: readonly [number, number],
    inner: number,
    perThread: number,
  ): FilterPass => {
    const blocks = Math.ceil(outputLength / perThread);
    const groups = Math.ceil((outer * blocks * inner) / invocations);
    return { outer, inner, inputLength, outputLength, perThread, blocks, groups };
  };
  return {
    invocations,
    windows: counts.all,
    rows: pass(batch * rows, [columns, counts.columns], channels, alongRows),
    columns: pass(batch, [rows, counts.rows], counts.columns * channels, alongColumns),
    adjointRows: pass(batch * counts.rows, [counts.columns, columns], channels, alongRows),
    adjointColumns: pass(batch, [counts.rows, rows], columns * channels, alongColumns),
  };
};
