/** Batch normalization in float64 by its definition, as a reference for the kernels. */

export interface BatchNormCase {
  readonly rows: number;
  readonly channels: number;
  /** [rows, channels] */
  readonly x: ArrayLike<number>;
  /** [2, channels]: weight, then bias. */
  readonly affine: ArrayLike<number>;
  readonly epsilon: number;
  readonly relu: boolean;
}

/** Mean and biased variance of each channel, [2, channels]. */
export const referenceMoments = ({ rows, channels, x }: BatchNormCase): Float64Array => {
  const moments = new Float64Array(2 * channels);
  for (let channel = 0; channel < channels; channel++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += x[row * channels + channel]! / rows;
    let variance = 0;
    for (let row = 0; row < rows; row++) variance += (x[row * channels + channel]! - mean) ** 2 / rows;
    moments[channel] = mean;
    moments[channels + channel] = variance;
  }
  return moments;
};

/** y with the given moments, [rows, channels]. */
export const referenceApply = (
  { rows, channels, x, affine, epsilon, relu }: BatchNormCase,
  moments: ArrayLike<number>,
): Float64Array => {
  const y = new Float64Array(rows * channels);
  for (let index = 0; index < y.length; index++) {
    const channel = index % channels;
    const normal = (x[index]! - moments[channel]!) / Math.sqrt(moments[channels + channel]! + epsilon);
    const value = normal * affine[channel]! + affine[channels + channel]!;
    y[index] = relu ? Math.max(value, 0) : value;
  }
  return y;
};

/** Gradients of sum(dy * y) with respect to x and affine, by the chain rule through mean and variance. */
export const referenceGradient = (
  given: BatchNormCase,
  dy: ArrayLike<number>,
): { dx: Float64Array; daffine: Float64Array } => {
  const { rows, channels, x, affine, epsilon, relu } = given;
  const moments = referenceMoments(given);
  const y = referenceApply(given, moments);
  const dx = new Float64Array(rows * channels);
  const daffine = new Float64Array(2 * channels);
  for (let channel = 0; channel < channels; channel++) {
    const mean = moments[channel]!;
    const deviation = Math.sqrt(moments[channels + channel]! + epsilon);
    const slope = (row: number): number => {
      const index = row * channels + channel;
      return relu && y[index]! <= 0 ? 0 : dy[index]!;
    };
    let toVariance = 0;
    let toMean = 0;
    for (let row = 0; row < rows; row++) {
      const centered = x[row * channels + channel]! - mean;
      const toNormal = slope(row) * affine[channel]!;
      daffine[channel]! += (slope(row) * centered) / deviation;
      daffine[channels + channel]! += slope(row);
      toVariance -= (0.5 * toNormal * centered) / deviation ** 3;
      toMean -= toNormal / deviation;
    }
    for (let row = 0; row < rows; row++) {
      const index = row * channels + channel;
      dx[index] =
        (slope(row) * affine[channel]!) / deviation +
        (toVariance * 2 * (x[index]! - mean)) / rows +
        toMean / rows;
    }
  }
  return { dx, daffine };
};

/** The end of a residual block: y = relu(norm(x) + shortcut). */
export interface BlockEndCase {
  /** Without ReLU. */
  readonly branch: BatchNormCase;
  /** Values [rows, channels], or the input of a batch norm without ReLU. */
  readonly shortcut: ArrayLike<number> | BatchNormCase;
  /**
   * Width in pixels of the shortcut's images if they are enlarged by 2 (nearest neighbor). The shortcut then has a
   * quarter of the branch's rows, one per pixel, and every image is complete.
   */
  readonly columns?: number | undefined;
}

/** The row of the shortcut that is added to a row of the branch. */
const shortcutRow = (row: number, columns: number | undefined): number => {
  if (columns === undefined) return row;
  const line = Math.floor(row / (2 * columns));
  const column = row - line * 2 * columns;
  return Math.floor(line / 2) * columns + Math.floor(column / 2);
};

const shortcutValues = (shortcut: BlockEndCase['shortcut']): ArrayLike<number> =>
  'affine' in shortcut ? referenceApply(shortcut, referenceMoments(shortcut)) : shortcut;

/** y, [rows, channels]. */
export const referenceBlockEnd = ({ branch, shortcut, columns }: BlockEndCase): Float64Array => {
  const { channels } = branch;
  const added = shortcutValues(shortcut);
  return referenceApply(branch, referenceMoments(branch)).map((value, index) => {
    const row = shortcutRow(Math.floor(index / channels), columns);
    return Math.max(value + added[row * channels + (index % channels)]!, 0);
  });
};

/** Gradients of sum(dy * y) with respect to x and affine, of both the branch and the shortcut. */
export const referenceBlockEndGradient = (
  given: BlockEndCase,
  dy: ArrayLike<number>,
): {
  readonly branch: { dx: Float64Array; daffine: Float64Array };
  readonly shortcut: { dx: Float64Array; daffine?: Float64Array };
} => {
  const { branch, shortcut, columns } = given;
  const { channels } = branch;
  const slope = referenceBlockEnd(given).map((value, index) => (value > 0 ? dy[index]! : 0));
  const added = new Float64Array('affine' in shortcut ? shortcut.x.length : shortcut.length);
  for (const [index, value] of slope.entries()) {
    added[shortcutRow(Math.floor(index / channels), columns) * channels + (index % channels)]! += value;
  }
  return {
    branch: referenceGradient(branch, slope),
    shortcut: 'affine' in shortcut ? referenceGradient(shortcut, added) : { dx: added },
  };
};
