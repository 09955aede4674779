/** The layout of tensors in one array. Pure; the same on every device. */

/** In values: each tensor starts at a multiple of this, where every device lets a binding start. */
export const flatAlignment = 64;

/** Places in one array. */
export interface FlatLayout {
  /** The first value of each tensor. */
  readonly offsets: readonly number[];
  /** Values of the whole array, gaps between tensors included. */
  readonly size: number;
}

/** For each run of `flatAlignment` values in the layout of these sizes: how many values come before the gap. */
export const filledRuns = (sizes: readonly number[]): Float32Array =>
  Float32Array.from(
    sizes.flatMap((count) =>
      Array.from({ length: Math.ceil(count / flatAlignment) }, (_, run) =>
        Math.min(flatAlignment, count - run * flatAlignment),
      ),
    ),
  );

/** The layout of tensors of these sizes, in their order. */
export const flatLayout = (sizes: readonly number[]): FlatLayout => {
  let size = 0;
  const offsets = sizes.map((count) => {
    const offset = size;
    size += Math.ceil(count / flatAlignment) * flatAlignment;
    return offset;
  });
  return { offsets, size };
};
